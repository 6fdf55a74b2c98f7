/**
 * The bounds of what answers hold, as JSON Schema keywords: those of the templates are read off the rules that
 * writers of templates meet, so that the document cannot promise what the domain does not keep.
 */
import { z } from 'zod';
import { scopes } from '../../domain/scopes.ts';
import { pageSizeMax } from '../../domain/template-list.ts';
import { trainingPlanDocument } from '../../domain/training-plan-document.ts';
import { durationSecondsMax, targetBounds, targetReferences, workoutDocument } from '../../domain/workout-document.ts';

import { contextBounds } from './context-bounds.ts';
import type { JsonSchema } from './json-schema.ts';

/** The keywords that hold for answers as they hold for what writers give. */
const keywords = ['minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'exclusiveMinimum', 'minItems', 'maxItems', 'items'];

const int32Max = 2_147_483_647;
const count = { minimum: 0, maximum: int32Max };
const positive = { minimum: 1, maximum: int32Max };
const id = { format: 'uuid', maxLength: 36 };
/** Instants are given in UTC with milliseconds: 2026-06-13T19:00:00.000Z. */
const instant = { maxLength: 24 };

const workout = propertiesOf(workoutDocument);
const block = itemsOf(workout.blocks);
const step = itemsOf(block.steps);
const plan = propertiesOf(trainingPlanDocument);
const week = itemsOf(plan.weeks);
const day = itemsOf(week.days);
const session = itemsOf(day.sessions);

const ranges = Object.values(targetBounds);
const bound = { minimum: Math.min(...ranges.map(({ min }) => min)), maximum: Math.max(...ranges.map(({ max }) => max)) };
const units = [...new Set(ranges.flatMap(({ unit }) => unit ?? []))];

/** What neither kind of template is told by its writer. */
const bookkeeping = { id, version: positive, createdAt: instant, updatedAt: instant };
const page = {
  data: { maxItems: pageSizeMax },
  removed: { maxItems: pageSizeMax },
  page: positive,
  per_page: { minimum: 1, maximum: pageSizeMax },
  total: count,
  total_pages: count,
  next: { format: 'uri', maxLength: 4_000 },
};

/** By type and field of the public schema. */
export const bounds: Record<string, Record<string, JsonSchema>> = {
  WorkoutTemplate: {
    ...workout,
    ...bookkeeping,
    estimatedDurationSeconds: { minimum: 1, maximum: durationSecondsMax },
    estimatedDistanceMeters: { exclusiveMinimum: 0 },
  },
  WorkoutBlock: block,
  WorkoutStep: step,
  WorkoutTarget: { min: bound, max: bound, unit: { enum: units }, reference: { enum: Object.values(targetReferences).flat() } },
  WorkoutTemplatePage: page,
  TrainingPlanTemplate: {
    ...plan,
    ...bookkeeping,
    weeklyDistanceMetersMin: { exclusiveMinimum: 0 },
    weeklyDistanceMetersMax: { exclusiveMinimum: 0 },
  },
  PlanWeek: week,
  PlanDay: day,
  PlanSession: { ...session, workoutTemplateId: id },
  TrainingPlanTemplatePage: page,
  RemovedTemplate: { id, version: positive, updatedAt: instant },
  ApiKey: {
    id,
    lookup: { pattern: '^[0-9A-Za-z]{12}$', maxLength: 12 },
    label: { minLength: 1, maxLength: 120 },
    scopes: { minItems: 1, maxItems: scopes.length, uniqueItems: true, items: { type: 'string', enum: scopes } },
    requestsPerMinute: positive,
    requestsPerDay: positive,
    expiresAt: instant,
    sunsetAt: instant,
    createdAt: instant,
  },
  ...contextBounds,
};

function propertiesOf(rules: z.ZodType): Record<string, JsonSchema> {
  return boundsIn(z.toJSONSchema(rules, { io: 'input' }));
}

/** The bounds of the properties of a list's items. */
function itemsOf(list: JsonSchema | undefined): Record<string, JsonSchema> {
  return boundsIn((list?.items ?? {}) as JsonSchema);
}

function boundsIn(object: JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries((object.properties ?? {}) as Record<string, JsonSchema>).map(([name, rule]) => [name, kept(rule)]),
  );
}

/** A rule without what answers never hold: null, and the empty text that clears a field. */
function kept(rule: JsonSchema): JsonSchema {
  const choices = rule.anyOf as JsonSchema[] | undefined;
  const meant = choices?.find((choice) => choice.type !== 'null' && choice.const !== '');
  if (meant) return kept(meant);
  return Object.fromEntries(keywords.filter((kind) => kind in rule).map((kind) => [kind, rule[kind]]));
}
