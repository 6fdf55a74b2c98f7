import { describe, expect, it } from 'vitest';
import { localDate } from '../../src/domain/local-dates.ts';
import { raceDistances } from '../../src/domain/race-distances.ts';
import { renderDocument } from '../../src/domain/runner-context/document.ts';
import { type DailyMetricsFacts, dailyMetricNames, type RunnerContextFacts } from '../../src/domain/runner-context/facts.ts';
import { contextJson } from '../../src/domain/runner-context/json.ts';
import { trainingPaces } from '../../src/domain/training-paces.ts';
import { equivalentSeconds, vdotOf } from '../../src/domain/vdot.ts';
import { fullRunner, imperialRunner, sparseRunner } from '../support/runner-facts.ts';

/**
 * Finds every number, time and date of a document in its JSON, in the facts, or behind one of the formulas below, which
 * are written here again on purpose. What is left has come from nowhere.
 */
function unexplained(document: string, facts: RunnerContextFacts): string[] {
  const known = explanations(facts);
  return numbersIn(document, facts).filter((number) => !known.has(number));
}

function numbersIn(document: string, facts: RunnerContextFacts): string[] {
  const text = document
    // Its own length is measured by a test of its own.
    .replace(/length: \d+ characters, about \d+ tokens \(characters \/ 4\)/, '')
    // Runner-written text is quoted whole; its own test says that it comes out as it went in.
    .replaceAll(/`[^`\n]+`/g, '')
    .replaceAll(/^> .*$/gm, '')
    .replaceAll(facts.contextUrl, '')
    .replaceAll(facts.now.toISOString(), '');
  return text.match(/\d{4}-\d{2}(?:-\d{2})?|\d{3,}-\d\b|\d+(?::\d{2})+|\d+(?:\.\d+)?/g) ?? [];
}

/** Words of the document that hold a number: names of methods, distances and options. */
const vocabulary = [
  'Daniels & Gilbert (1979), of the last 365 days, beyond the formula’s 4 hours',
  '73.5 to 63 % of VDOT, 88 % of VDOT, 97.5 % of VDOT, I minus 15 s/km, I minus 20 s/km',
  'Friel: zones 2 to 5 begin at 85, 90, 95 and 100 % of it; Z1 Z2 Z3 Z4 Z5',
  'VO2max, 7-day mean, 28-day mean, 7.5 is 7 h 30 min, such as “3 days ago”',
  'up to 2.5 % long, ?limit=1 to 366, default 90, the 4 whole weeks before',
  raceDistances.map(({ name }) => name).join(),
];

function explanations(facts: RunnerContextFacts): Set<string> {
  const known = new Set(vocabulary.flatMap((words) => words.match(/\d+(?:\.\d+)?/g) ?? []));
  const say = (...numbers: (string | number)[]) => {
    for (const number of numbers) known.add(String(number));
  };
  walk(contextJson(facts), say);
  walk(facts, say);
  sayDates(facts, say);
  sayProfile(facts, say);
  sayTraining(facts, say);
  sayHealth(facts, say);
  for (const test of facts.labs?.tests ?? []) say(test.markers.length);
  return known;
}

type Say = (...numbers: (string | number)[]) => void;

/** Every number as it is, also with the zeros that a column of decimals shows, and every date, month and LOINC code. */
function walk(value: unknown, say: Say): void {
  if (typeof value === 'number') say(value, ...[1, 2].map((decimals) => value.toFixed(decimals)).filter((text) => Number(text) === value));
  else if (typeof value === 'string' && /^(\d{4}-\d{2}(-\d{2})?|\d+-\d)$/.test(value)) say(value);
  else if (Array.isArray(value)) for (const item of value) walk(item, say);
  else if (value && typeof value === 'object' && !(value instanceof Date)) walk(Object.values(value), say);
}

const dayMs = 86_400_000;
const plusDays = (date: string, days: number) => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
const mondayOf = (date: string) => plusDays(date, -((new Date(date).getUTCDay() + 6) % 7));

const todayOf = ({ now, runner }: RunnerContextFacts) => localDate(now, runner.timezone);

const runsOf = ({ training, runner }: RunnerContextFacts) =>
  (training?.runs ?? [])
    .filter((run) => !run.isDuplicate)
    .map((run) => ({ ...run, date: run.startedOn ?? localDate(run.startedAt!, runner.timezone) }))
    .sort((a, b) => (a.date < b.date ? 1 : -1));

/** Local days of instants, Mondays and Sundays, window edges, and the days between two dates. */
function sayDates(facts: RunnerContextFacts, say: Say): void {
  const today = todayOf(facts);
  const imports = facts.sources.flatMap(({ lastImportAt }) => (lastImportAt ? [localDate(lastImportAt, facts.runner.timezone)] : []));
  const runDates = runsOf(facts).map(({ date }) => date);
  const dates = [today, mondayOf(today), plusDays(mondayOf(today), 6), ...imports, ...runDates, ...runDates.map(mondayOf)];
  say(...dates);
  const allDates = [...dates, ...(JSON.stringify(facts).match(/\d{4}-\d{2}-\d{2}(?=")/g) ?? [])];
  for (const date of allDates) say(Math.abs(Date.parse(today) - Date.parse(date)) / dayMs);
  runDates.forEach((date, index) => {
    const later = runDates[index - 1];
    if (later) say((Date.parse(later) - Date.parse(date)) / dayMs);
  });
}

const metric = (facts: RunnerContextFacts) => facts.runner.units === 'METRIC';
const perUnit = (facts: RunnerContextFacts) => (metric(facts) ? 1_000 : 1_609.344);

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const tail = `${String(Math.floor(whole / 60) % 60).padStart(whole >= 3_600 ? 2 : 1, '0')}:${String(whole % 60).padStart(2, '0')}`;
  return whole >= 3_600 ? `${Math.floor(whole / 3_600)}:${tail}` : tail;
}

/** Distance over its unit; time; time over distance. */
function sayEffort(facts: RunnerContextFacts, say: Say, meters: number | null | undefined, seconds: number | null | undefined): void {
  if (meters) say((meters / perUnit(facts)).toFixed(2), (meters / perUnit(facts)).toFixed(0));
  if (seconds) say(clock(seconds));
  if (meters && seconds) say(clock(seconds / (meters / perUnit(facts))));
}

function sayProfile(facts: RunnerContextFacts, say: Say): void {
  const { profile } = facts;
  if (!profile) return;
  const weights = profile.weightKg ? [profile.weightKg.value] : [];
  for (const kg of weights) say((metric(facts) ? kg : kg / 0.45359237).toFixed(1));
  if (profile.heightCm) {
    const inches = Math.round(profile.heightCm / 2.54);
    say(Math.floor(inches / 12), inches % 12);
  }
  const maxima = profile.hrZones?.maxima ?? [85, 90, 95, 100].map((percent) => Math.ceil(((profile.lthr?.value ?? 0) * percent) / 100) - 1);
  for (const max of maxima) say(max, max + 1);
  for (const item of profile.gear) sayEffort(facts, say, item.distanceMeters, null);
  for (const { distanceMeters, timeSeconds } of profile.personalBests) {
    sayEffort(facts, say, distanceMeters, timeSeconds);
    say(vdotOf(distanceMeters, timeSeconds).toFixed(1));
  }
  const vdot = Math.max(
    ...(profile.recentBests ?? [])
      .filter((best) => best.timeSeconds <= 14_400)
      .map((best) => vdotOf(best.distanceMeters, best.timeSeconds)),
  );
  if (!Number.isFinite(vdot)) return;
  const { easy, marathon, threshold, interval, repetition } = trainingPaces(vdot);
  for (const pace of [easy.slowest, easy.fastest, marathon ?? 0, threshold, interval, repetition])
    say(clock((pace * perUnit(facts)) / 1_000));
  for (const { meters } of raceDistances) say(clock(equivalentSeconds(vdot, meters)));
}

function sayTraining(facts: RunnerContextFacts, say: Say): void {
  const runs = runsOf(facts);
  const climb = (meters: number | null | undefined) => {
    if (meters != null) say((metric(facts) ? meters : meters / 0.3048).toFixed(0));
  };
  for (const run of runs) {
    sayEffort(facts, say, run.distanceMeters, run.movingSeconds);
    climb(run.elevationGainMeters);
  }
  for (const race of facts.training?.raceResults ?? []) {
    sayEffort(facts, say, race.distanceMeters, race.timeSeconds);
    climb(race.elevationGainMeters);
  }
  for (const goal of facts.training?.goals ?? []) sayEffort(facts, say, goal.distanceMeters, goal.targetSeconds);
  const mondays = [...new Set(runs.map(({ date }) => mondayOf(date)))];
  const weeks = mondays.map((monday) => runs.filter(({ date }) => mondayOf(date) === monday));
  say(runs.length, Math.min(20, runs.length), Math.min(12, weeks.length), (facts.training?.runs.length ?? 0) - runs.length);
  for (const week of weeks) {
    const [meters, seconds] = [
      week.reduce((sum, run) => sum + (run.distanceMeters ?? 0), 0),
      week.reduce((sum, run) => sum + (run.movingSeconds ?? 0), 0),
    ];
    say(week.length, (meters / perUnit(facts)).toFixed(2), clock(seconds));
  }
  const thisMonday = mondayOf(todayOf(facts));
  const before = runs.filter(({ date }) => date < thisMonday && date >= plusDays(thisMonday, -28));
  say((before.reduce((sum, run) => sum + (run.distanceMeters ?? 0), 0) / 4 / perUnit(facts)).toFixed(2));
}

function sayHealth(facts: RunnerContextFacts, say: Say): void {
  const days = facts.health?.days ?? [];
  const through = days
    .map(({ date }) => date)
    .sort()
    .at(-1);
  if (!through) return;
  say(plusDays(through, -6), plusDays(through, -27));
  const held = (from: number): DailyMetricsFacts[] => days.filter(({ date }) => date > plusDays(through, -from));
  for (const name of dailyMetricNames) {
    for (const length of [7, 28]) {
      const values = held(length).flatMap((day) => (day[name] == null ? [] : [day[name]]));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      say(values.length, ...[0, 1, 2].map((decimals) => mean.toFixed(decimals)));
    }
  }
  // Days without any reading, as a count and as the edges of ranges.
  const dates = new Set(days.map(({ date }) => date));
  const missing = Array.from({ length: 28 }, (_, index) => plusDays(through, -index)).filter((date) => !dates.has(date));
  say(missing.length, ...missing);
}

describe('every number of the document', () => {
  it.each([fullRunner, sparseRunner, imperialRunner])(
    'is in the JSON, in the facts or behind a named formula: $runner.username',
    (facts) => {
      const document = renderDocument(facts);
      expect(numbersIn(document, facts).length).toBeGreaterThan(60);
      expect(unexplained(document, facts)).toEqual([]);
    },
  );

  it('would be found out otherwise', () => {
    expect(unexplained('You ran 41.37 km in 3:59:58 on 2026-06-30.', fullRunner)).toEqual(['41.37', '3:59:58', '2026-06-30']);
  });

  it('in a code span is the runner’s own, or the name of a field', () => {
    const written = JSON.stringify(fullRunner).toLowerCase();
    for (const [, span = ''] of renderDocument(fullRunner).matchAll(/`([^`\n]+)`/g)) {
      const isField = /^(page\.next|page\.has_more|code marks)$/.test(span);
      expect(isField || written.includes(`"${span.toLowerCase()}"`), span).toBe(true);
    }
  });
});
