/** Enumerations, each in the order it is documented. Readers of the API treat a value they do not know as OTHER. */
import {
  GoalDistance,
  HrvType,
  KeyEnvironment,
  MeasurementKind,
  RemovalReason,
  Sex,
  Sport,
  TemplateLevel,
  TemplateStatus,
  Units,
  Visibility,
  WorkoutCategory,
} from '../prisma/generated/client/enums.ts';
import { type sourceStatuses, staleDays } from '../src/domain/health-connections.ts';
import { dailyMetricNames } from '../src/domain/runner-context/facts.ts';
import { sourceKinds } from '../src/domain/runner-data/sources.ts';
import { sessionKinds } from '../src/domain/training-plan-document.ts';
import { stepKinds, targetTypes } from '../src/domain/workout-document.ts';
import { builder } from './builder.ts';

export const WorkoutCategoryEnum = builder.enumType(WorkoutCategory, {
  name: 'WorkoutCategory',
  description: 'What a workout is for. More values may be added: treat an unknown one as OTHER.',
});
export const TemplateLevelEnum = builder.enumType(TemplateLevel, { name: 'TemplateLevel', description: 'Whom a template suits.' });
export const GoalDistanceEnum = builder.enumType(GoalDistance, {
  name: 'GoalDistance',
  description: 'The race a plan prepares for. More values may be added.',
});
export const RemovalReasonEnum = builder.enumType(RemovalReason, {
  name: 'RemovalReason',
  description: 'Why partners no longer see a template. More values may be added; all of them mean: remove your copy.',
});
export const VisibilityEnum = builder.enumType(Visibility, {
  name: 'Visibility',
  description: 'Whether partners may see a template that is ACTIVE.',
});
export const TemplateStatusEnum = builder.enumType(TemplateStatus, {
  name: 'TemplateStatus',
  description: 'Where a template is in its life.',
});
export const KeyEnvironmentEnum = builder.enumType(KeyEnvironment, {
  name: 'KeyEnvironment',
  description: 'LIVE keys begin with sr_live_, TEST keys with sr_test_.',
});
export const StepKindEnum = builder.enumType('WorkoutStepKind', {
  values: stepKinds,
  description: 'What a step is. More values may be added.',
});
export const TargetTypeEnum = builder.enumType('WorkoutTargetType', {
  values: targetTypes,
  description: 'What a target is measured by. ZONE is the five-zone model. More values may be added.',
});
export const SessionKindEnum = builder.enumType('PlanSessionKind', {
  values: sessionKinds,
  description: 'What a session of a plan is. More values may be added: treat an unknown one as OTHER.',
});
export const UnitsEnum = builder.enumType(Units, {
  name: 'Units',
  description: 'In which units a runner reads; what is stored is always metric.',
});
export const SexEnum = builder.enumType(Sex, { name: 'Sex', description: 'As the runner states it.' });
export const SportEnum = builder.enumType(Sport, { name: 'Sport', description: 'What kind of run it was. More values may be added.' });
export const HrvTypeEnum = builder.enumType(HrvType, { name: 'HrvType', description: 'What a heart rate variability was computed as.' });
export const MeasurementKindEnum = builder.enumType(MeasurementKind, {
  name: 'MeasurementKind',
  description: 'What was measured of a runner: kg for WEIGHT, bpm for the others.',
});
/** `restingHeartRate` becomes RESTING_HEART_RATE. */
const upperSnake = (name: string) => name.replaceAll(/([A-Z])/g, '_$1').toUpperCase();

export const HealthMetricEnum = builder.enumType('HealthMetric', {
  values: Object.fromEntries(dailyMetricNames.map((name) => [upperSnake(name), { value: name }])) as Record<
    string,
    { value: (typeof dailyMetricNames)[number] }
  >,
  description: 'A value that sources read once a day. More values may be added.',
});
export const HealthSourceKindEnum = builder.enumType('HealthSourceKind', {
  values: [...sourceKinds, 'OTHER'] as const,
  description: 'What sort of system a source is. More values may be added: treat an unknown one as OTHER.',
});
export const HealthSourceStatusEnum = builder.enumType('HealthSourceStatus', {
  values: {
    DISCONNECTED: { description: 'It was disconnected (disconnectedAt); what it brought is still there.' },
    EXCLUDED: { description: 'Its owner excludes it from what is shared.' },
    LINKED: { description: 'It is known, and has not brought anything yet.' },
    STALE: { description: `It has not brought anything new for more than ${staleDays} days.` },
    ACTIVE: { description: `It brought something new in the last ${staleDays} days.` },
  } satisfies Record<(typeof sourceStatuses)[number], { description: string }>,
  description: 'How a source stands: the first of these that is true.',
});
export const BestKindEnum = builder.enumType('PersonalBestKind', {
  values: { RACE: { value: 'race' }, RUN: { value: 'run' }, STATED: { value: 'manual' } } as const,
  description: 'What shows a best time: a race result, a recorded run, or the runner’s word.',
});
