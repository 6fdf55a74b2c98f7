import { describe, expect, it } from 'vitest';
import { zonesFromThreshold } from '../../src/domain/heart-rate-zones.ts';
import { renderDocument } from '../../src/domain/runner-context/document.ts';
import type {
  DailyMetricsFacts,
  HealthFacts,
  LabMarkerFacts,
  PersonalBestFacts,
  ProfileFacts,
  RunFacts,
  RunnerContextFacts,
} from '../../src/domain/runner-context/facts.ts';
import { contextJson } from '../../src/domain/runner-context/json.ts';
import { emptyRunner } from '../support/runner-facts.ts';

// The empty runner's today is Saturday 2026-06-13, in UTC.
const withProfile = (profile: Partial<ProfileFacts>): RunnerContextFacts => ({
  ...emptyRunner,
  profile: { gear: [], personalBests: [], ...profile },
});
const withRuns = (runs: RunFacts[], training: Partial<RunnerContextFacts['training']> = {}): RunnerContextFacts => ({
  ...emptyRunner,
  training: { runs, runCount: runs.length, goals: [], raceResults: [], ...training },
});
const withDays = (days: DailyMetricsFacts[], health: Partial<HealthFacts> = {}): RunnerContextFacts => ({
  ...emptyRunner,
  health: { days, dayCount: days.length, ...health },
});
const withMarkers = (...markers: LabMarkerFacts[]): RunnerContextFacts => ({
  ...emptyRunner,
  labs: { tests: [{ date: '2026-06-01', name: 'Panel', markers }] },
});

const race = (distanceMeters: number, timeSeconds: number, date: string): PersonalBestFacts => ({
  distanceMeters,
  timeSeconds,
  date,
  kind: 'race',
});

describe('VDOT in the document', () => {
  const [older, newer] = [race(10_000, 2_400, '2025-09-01'), race(5_000, 1_200, '2026-05-01')];

  it('is the highest of the last 365 days, with its race and day', () => {
    const document = renderDocument(withProfile({ personalBests: [older, newer], recentBests: [older, newer] }));
    expect(document).toContain('VDOT 51.9, derived by Daniels & Gilbert (1979) from 10 km in 40:00 (race, Mon 2025-09-01, 285 days ago).');
    expect(document).toContain('It is the highest of the last 365 days.');
  });

  it('is, without a recent effort, the highest of the year that ends with the newest best, and says that it is old', () => {
    const bests = [race(5_000, 1_100, '2019-05-01'), race(10_000, 2_400, '2023-09-01'), race(5_000, 1_260, '2024-05-01')];
    const document = renderDocument(withProfile({ personalBests: bests, recentBests: [] }));
    expect(document).toContain('from 10 km in 40:00 (race, Fri 2023-09-01, 1016 days ago). No effort of the last 365 days is held');
  });

  it('is not taken from an effort shorter than 3 km when there is a longer one', () => {
    const bests = [race(1_609.344, 290, '2026-05-01'), newer];
    expect(renderDocument(withProfile({ personalBests: bests, recentBests: bests }))).toContain('from 5 km in 20:00');
  });

  it('is absent, with paces and equivalent times, when all efforts are too long or too short for the formula', () => {
    const bests = [race(42_195, 15_000, '2026-05-01'), race(1_000, 170, '2026-05-01')];
    const document = renderDocument(withProfile({ personalBests: bests, recentBests: bests }));
    expect(document).toContain('| marathon | 4:10:00 | 5:55 | Fri 2026-05-01 | race |');
    expect(document).not.toMatch(/VDOT|Threshold/);
  });
});

describe('heart-rate zones', () => {
  it('are those that were set, with their source, in the document and in the JSON', () => {
    const lthr = { value: 170, on: '2026-01-01', source: 'manual' };
    const facts = withProfile({ lthr, hrZones: { maxima: [130, 145, 160, 175], on: '2026-02-01', source: 'Watch' } });
    expect(renderDocument(facts)).toContain(
      'Z1 up to 130 · Z2 131–145 · Z3 146–160 · Z4 161–175 · Z5 from 176. As set by `Watch` on Sun 2026-02-01.',
    );
    expect(contextJson(facts).runner.hr_zones).toEqual({ zone1_max: 130, zone2_max: 145, zone3_max: 160, zone4_max: 175 });
  });

  it('follow from the lactate threshold when none were set, and say so', () => {
    const facts = withProfile({ lthr: { value: 170, on: '2026-01-01', source: 'manual' } });
    expect(renderDocument(facts)).toContain('Derived from LTHR 170 bpm (Friel');
    expect(Object.values(contextJson(facts).runner.hr_zones ?? {})).toEqual(zonesFromThreshold(170));
    // 85 % of 170 is 144.5, 90 % is 153 itself: a zone begins where the percentage is reached.
    expect(zonesFromThreshold(170)).toEqual([144, 152, 161, 169]);
    expect(zonesFromThreshold(170, 190)).toEqual([144, 152, 161, 169, 190]);
  });

  it('are absent when nothing tells them', () => {
    const facts = withProfile({ heightCm: 170 });
    expect(renderDocument(facts)).not.toContain('zones');
    expect(contextJson(facts).runner).not.toHaveProperty('hr_zones');
  });
});

describe('training', () => {
  it('neither lists nor adds up a near-duplicate, and says how many there are', () => {
    const run = { startedOn: '2026-06-12', distanceMeters: 10_000, movingSeconds: 3_000 };
    const facts = withRuns([run, { ...run, distanceMeters: 10_020, isDuplicate: true }], { runCount: 1 });
    expect(contextJson(facts).training).toEqual({
      weekly_volume: [{ week_start: '2026-06-08', distance_km: 10, runs: 1 }],
      recent_runs: [{ date: '2026-06-12', distance_km: 10, avg_pace: '5:00' }],
    });
    expect(renderDocument(facts)).toContain('1 near-duplicate recording of the same runs');
  });

  it('shows what a run lacks as absent, never as 0', () => {
    const facts = withRuns([{ startedOn: '2026-06-12' }]);
    expect(contextJson(facts).training).toEqual({
      weekly_volume: [{ week_start: '2026-06-08', runs: 1 }],
      recent_runs: [{ date: '2026-06-12' }],
    });
    expect(renderDocument(facts)).toContain('so far: 1 run.');
    expect(renderDocument(facts)).not.toMatch(/\b0(\.0+)? km|NaN/);
  });

  it('that ended long ago is called old, and long breaks are named', () => {
    const document = renderDocument(withRuns([{ startedOn: '2026-05-30' }, { startedOn: '2026-05-16' }, { startedOn: '2026-05-03' }]));
    expect(document).toContain('Training is old: the newest run was Sat 2026-05-30, 14 days ago.');
    expect(document).toContain('No run is recorded between Sat 2026-05-16 and Sat 2026-05-30 (14 days).');
    expect(renderDocument(withRuns([{ startedOn: '2026-05-31' }]))).not.toContain('is old');
  });

  it('puts goals to come before goals without a day, and those before goals gone by', () => {
    const goals = ['2026-06-12', '2026-09-01', null, '2026-06-13', '2025-01-01'].map((date) => ({ name: date ?? 'some day', date }));
    const document = renderDocument(withRuns([], { goals }));
    const section = document.split('### Goals')[1]?.split('###')[0] ?? '';
    expect(section.match(/`[^`]+`/g)).toEqual(['`2026-06-13`', '`2026-09-01`', '`some day`', '`2026-06-12`', '`2025-01-01`']);
    expect(document.match(/Goal ahead/g)).toHaveLength(2);
  });
});

describe('health', () => {
  it('takes its means over the days that end with the newest reading, not with today', () => {
    const days = [
      { date: '2026-01-10', restingHeartRate: 40 },
      { date: '2026-01-04', restingHeartRate: 50 },
      { date: '2026-01-03', restingHeartRate: 60 },
      { date: '2025-12-13', restingHeartRate: 99 },
    ];
    const document = renderDocument(withDays(days));
    expect(document).toContain('| Resting HR bpm | 40 | 45.0 (2 days) | 50.0 (3 days) |');
    expect(document).toContain('Health is old: the newest daily reading is of Sat 2026-01-10, 154 days ago.');
  });

  it('does not average different kinds of HRV', () => {
    const days = [
      { date: '2026-06-12', hrv: 60, hrvType: 'RMSSD' },
      { date: '2026-06-11', hrv: 120, hrvType: 'SDNN' },
      { date: '2026-06-10', hrv: 64, hrvType: 'RMSSD' },
    ];
    const document = renderDocument(withDays(days));
    expect(document).toContain('| HRV ms | 60 | 62.0 (2 days) | 62.0 (2 days) |');
    expect(document).toContain('HRV is `RMSSD`; readings of another kind are left out of the means');
    expect(contextJson(withDays(days)).health?.recent.map(({ hrv }) => hrv)).toEqual([60, 120, 64]);
  });

  it('keeps weight, recovery and the kind of HRV out of the JSON', () => {
    const facts = withDays([{ date: '2026-06-12', restingHeartRate: 48, weightKg: 66, recoveryScore: 71, hrvType: 'RMSSD' }]);
    expect(contextJson(facts).health?.recent).toEqual([{ date: '2026-06-12', resting_heart_rate: 48 }]);
    expect(renderDocument(facts)).toContain('| Fri 2026-06-12 | 48 | 66.0 | 71 |');
  });

  it('shows the fourteen newest days that exist, and the newest estimates however old', () => {
    const days = Array.from({ length: 20 }, (_, index) => ({ date: `2026-05-${String(30 - index)}`, restingHeartRate: 50 }));
    const facts = withDays(days, { dayCount: 3_000, latestVo2Max: { value: 55.5, on: '2024-02-29', source: 'Watch' } });
    expect(contextJson(facts).health).toMatchObject({ latest_vo2_max: 55.5, recent: { length: 14 } });
    const document = renderDocument(facts);
    expect(document).toContain('The 14 newest of 3000 days held; the newest is Sat 2026-05-30, 14 days ago.');
    expect(document).toContain('VO2max (device estimate) 55.5 ml/kg/min (Thu 2024-02-29, 835 days ago, `Watch`)');
  });

  it('names the ranges of days without any reading', () => {
    const days = ['2026-06-13', '2026-06-12', '2026-06-08', '2026-06-06'].map((date) => ({ date, restingHeartRate: 50 }));
    expect(renderDocument(withDays(days))).toContain(
      'no reading at all on 24 of the 28 days through Sat 2026-06-13: Tue 2026-06-09 to Thu 2026-06-11, Sun 2026-06-07, Sun 2026-05-17 to Fri 2026-06-05.',
    );
  });
});

describe('labs', () => {
  it.each<[LabMarkerFacts, string]>([
    [
      { name: 'A', value: 18, unit: 'ng/mL', referenceLow: 30, referenceHigh: 400 },
      '| `A` | `ng/mL` | 30–400 | Mon 2026-06-01: 18 (below) |',
    ],
    [{ name: 'A', value: 18, referenceLow: 30, flag: 'L' }, '| `A` | ≥ 30 | Mon 2026-06-01: 18 (L) |'],
    [{ name: 'A', value: 6, referenceHigh: 5 }, '| `A` | ≤ 5 | Mon 2026-06-01: 6 (above) |'],
    [{ name: 'A', value: 5, comparator: '<', referenceLow: 10 }, '| `A` | ≥ 10 | Mon 2026-06-01: <5 |'],
    [{ name: 'A', valueText: 'trace | ok', referenceText: 'none' }, '| `A` | `none` | Mon 2026-06-01: `trace ¦ ok` |'],
    [{ name: 'A', value: 0, code: '2276-4' }, '| `A` | 2276-4 | Mon 2026-06-01: 0 |'],
  ])('show %o', (marker, row) => {
    expect(renderDocument(withMarkers(marker))).toContain(row);
  });

  it('keep results apart that differ in unit or range, and put one marker’s results into one row', () => {
    const test = (date: string, unit: string) => ({ date, name: 'Panel', markers: [{ name: 'Ferritin', value: 40, unit }] });
    const tests = [test('2025-01-01', 'ng/mL'), test('2026-01-01', 'ng/mL'), test('2024-01-01', 'pmol/L')];
    const document = renderDocument({ ...emptyRunner, labs: { tests } });
    expect(document).toContain('| `Ferritin` | `ng/mL` | Thu 2026-01-01: 40; Wed 2025-01-01: 40 |');
    expect(document).toContain('| `Ferritin` | `pmol/L` | Mon 2024-01-01: 40 |');
  });

  it('are summed up by what is flagged at its newest test', () => {
    const notable = Array.from({ length: 8 }, (_, index) => ({ name: `M${index}`, value: 1, referenceLow: 2 }));
    const document = renderDocument(withMarkers({ name: 'Fine', value: 3, referenceLow: 2, flag: 'N' }, ...notable));
    const summary = document.split('## Summary')[1]?.split('\n## ')[0] ?? '';
    expect(summary).toContain('`M5` 1 (below), Mon 2026-06-01; and 2 more.');
    expect(summary).not.toContain('Fine');
  });
});
