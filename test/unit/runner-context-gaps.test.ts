import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentLengthMax } from '../../src/domain/runner-context/document-options.ts';
import { dailyMetricNames, type RunnerContextFacts } from '../../src/domain/runner-context/facts.ts';
import { contextJson } from '../../src/domain/runner-context/json.ts';
import { fullRunner } from '../support/runner-facts.ts';

/** What an item of each list cannot be without; everything else may be missing. */
const required: Record<string, string[]> = {
  runs: ['startedAt'],
  goals: ['name'],
  raceResults: ['name', 'date', 'distanceMeters', 'timeSeconds'],
  days: ['date'],
  gear: ['name'],
  personalBests: ['distanceMeters', 'timeSeconds', 'kind'],
  recentBests: ['distanceMeters', 'timeSeconds', 'kind'],
  tests: ['date', 'name', 'markers'],
  markers: ['name'],
  sources: ['name', 'kind', 'priority'],
  profile: ['gear', 'personalBests'],
  training: ['runs', 'runCount', 'goals', 'raceResults'],
  health: ['days', 'dayCount'],
  labs: ['tests'],
  runner: ['username', 'units', 'timezone'],
};

/** The same facts with members and list items missing as the dice say; what is under an unknown name stays as it is. */
function thinned(value: unknown, place: string, isKept: () => boolean): unknown {
  if (Array.isArray(value)) return value.filter(isKept).map((item) => thinned(item, place, isKept));
  const needs = required[place];
  if (needs === undefined || value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([key]) => needs.includes(key) || isKept());
  return Object.fromEntries(members.map(([key, member]) => [key, thinned(member, key, isKept)]));
}

const thinnedFacts = fc
  .tuple(fc.infiniteStream(fc.integer({ min: 0, max: 99 })), fc.integer({ min: 0, max: 100 }), fc.constantFrom('METRIC', 'IMPERIAL'))
  .map(([dice, share, units]): RunnerContextFacts => {
    const isKept = () => (dice.next().value ?? 0) < share;
    const sections = ['profile', 'training', 'health', 'labs', 'sources'] as const;
    const thin = Object.fromEntries(sections.map((section) => [section, thinned(fullRunner[section], section, isKept)]));
    return { ...fullRunner, ...thin, runner: { ...fullRunner.runner, units: units as 'METRIC' | 'IMPERIAL' } } as RunnerContextFacts;
  });

describe('whatever is missing', () => {
  it('is absent from the document and the JSON, and everything else is still said', () => {
    fc.assert(
      fc.property(thinnedFacts, (facts) => {
        const json = contextJson(facts);
        const { context_markdown: document } = json;
        expect(document).not.toMatch(/\b(null|undefined|NaN|Infinity)\b|\(\)|: \.|\b0:00\b|\| {3}\|$/);
        expect(JSON.stringify(json)).not.toMatch(/:null|NaN/);
        expect(document.length).toBeLessThanOrEqual(documentLengthMax.standard);
        const sections = document.split('\n').filter((line) => line.startsWith('## '));
        expect(sections.filter((heading) => heading !== '## Data notes')).toEqual([
          '## How to read this',
          '## Links',
          '## Summary',
          '## Runner Profile',
          '## Training',
          '## Recent Health',
          '## Labs',
        ]);
        expect(document.split('## Recent Health')[1]?.split('\n## ')[0]).toContain(facts.historyUrl);
        for (const { name } of [...facts.training!.goals, ...facts.training!.raceResults, ...facts.labs!.tests]) {
          expect(document).toContain(`\`${name}\``);
        }
        expect(json.training?.recent_runs).toHaveLength(Math.min(20, facts.training!.runs.filter((run) => !run.isDuplicate).length));
        expect(json.health?.recent).toHaveLength(
          Math.min(14, facts.health!.days.filter((day) => dailyMetricNames.some((metric) => day[metric] != null)).length),
        );
      }),
      { numRuns: 150 },
    );
  });
});
