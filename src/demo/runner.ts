/**
 * The demo's runner: nobody's data, made by formula. What happens on a day depends on that day alone, so that the half
 * year before any demo agrees with what an earlier demo has left in the same folder.
 */
import { demoLabTests, demoPerson } from './runner-person.ts';

const dayMs = 86_400_000;
const daysKept = 182;
const daysPerWeek = 7;
/** Every thirteen weeks of training end with a race. */
const weeksPerCycle = 13;
/** Monday 5 January 1970. */
const firstMonday = 4;

interface Session {
  name: string;
  distanceMeters: number;
  paceSecondsPerKm: number;
  heartRate: number;
}

/** Monday to Sunday; a day without one is a day of rest. */
const week: (Session | null)[] = [
  null,
  { name: '6 × 800 m', distanceMeters: 10_400, paceSecondsPerKm: 301, heartRate: 156 },
  { name: 'Easy run', distanceMeters: 8_200, paceSecondsPerKm: 343, heartRate: 137 },
  { name: 'Tempo 5 km', distanceMeters: 11_600, paceSecondsPerKm: 297, heartRate: 160 },
  null,
  { name: 'Easy run with strides', distanceMeters: 7_400, paceSecondsPerKm: 338, heartRate: 139 },
  { name: 'Long run', distanceMeters: 19_500, paceSecondsPerKm: 348, heartRate: 144 },
];

const races = [
  { name: 'Spring 10 km', distanceMeters: 10_000, timeSeconds: 2_612, elevationGainMeters: 24, place: 41 },
  { name: 'Lakeside half marathon', distanceMeters: 21_097.5, timeSeconds: 5_788, elevationGainMeters: 86, place: 67 },
  { name: 'Evening 5 km', distanceMeters: 5_000, timeSeconds: 1_256, elevationGainMeters: 9, place: 12 },
];

/** The runner's file: the half year up to the day before `now`, and the goal that comes next. */
export function demoRunner(now: Date): Record<string, unknown> {
  const today = Math.floor(now.getTime() / dayMs);
  const days = Array.from({ length: daysKept }, (_all, index) => today - daysKept + index);
  const next = (raceNumber(today) + 1) * weeksPerCycle * daysPerWeek + firstMonday - 1;
  return {
    ...demoPerson(dateOf(today - daysKept)),
    goals: [
      { name: 'Half marathon under 1:35', date: dateOf(next), distanceMeters: 21_097.5, targetSeconds: 5_699, priority: 'A' },
      { name: 'Run five days a week', notes: 'Rest on Mondays and Fridays.' },
    ],
    raceResults: days.filter(isRaceDay).map((day) => ({ ...raceOn(day), date: dateOf(day) })),
    dailyMetrics: days.flatMap(readingsOn),
    runs: days.flatMap(runsOn),
    labTests: demoLabTests(dateOf(today - (today % daysKept) - 1)),
  };
}

const dateOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);
const weekOf = (day: number) => Math.floor((day - firstMonday) / daysPerWeek);
const weekdayOf = (day: number) => (((day - firstMonday) % daysPerWeek) + daysPerWeek) % daysPerWeek;
const raceNumber = (day: number) => Math.floor(weekOf(day) / weeksPerCycle);
const isRaceDay = (day: number) => weekdayOf(day) === 6 && weekOf(day) % weeksPerCycle === weeksPerCycle - 1;
const raceOn = (day: number) => races[raceNumber(day) % races.length] ?? races[0];

/** A number from −1 to 1 that belongs to the day and the thing, so that no two days are alike. */
function chance(day: number, thing: number): number {
  const far = Math.sin(day * 12.9898 + thing * 78.233) * 43_758.5453;
  return (far - Math.floor(far)) * 2 - 1;
}

/** How a week compares with others: three rise, the fourth is easier, the week of a race is the shortest. */
const risingLoad = [0, 0.06, 0.12, -0.2];

function loadOf(day: number): number {
  const place = weekOf(day) % weeksPerCycle;
  if (place === weeksPerCycle - 1) return 0.55;
  return 0.85 + 0.02 * place + (risingLoad[place % risingLoad.length] ?? 0);
}

/** What is run on the day, with its length and time. */
function sessionOn(day: number) {
  const race = isRaceDay(day) ? raceOn(day) : undefined;
  if (race) return { ...race, movingSeconds: race.timeSeconds, averageHeartRate: 172, hour: 8 };
  const session = week[weekdayOf(day)];
  // Now and then life gets in the way.
  if (!session || chance(day, 1) > 0.86) return null;
  const distanceMeters = Math.round(session.distanceMeters * loadOf(day) * (1 + 0.04 * chance(day, 2)));
  const km = distanceMeters / 1_000;
  return {
    name: session.name,
    distanceMeters,
    movingSeconds: Math.round(km * session.paceSecondsPerKm * (1 + 0.02 * chance(day, 3))),
    averageHeartRate: Math.round(session.heartRate + 4 * chance(day, 4)),
    elevationGainMeters: Math.round(km * (6 + 3 * chance(day, 7))),
    hour: 5,
  };
}

function runsOn(day: number): object[] {
  const session = sessionOn(day);
  if (!session) return [];
  const { name, distanceMeters, movingSeconds, averageHeartRate, elevationGainMeters, hour } = session;
  const minute = Math.round(20 + 15 * chance(day, 5));
  return [
    {
      source: 'watch',
      externalId: `demo-${day}`,
      startedAt: new Date(day * dayMs + (hour * 60 + minute) * 60_000).toISOString(),
      name,
      distanceMeters,
      movingSeconds,
      averageHeartRate,
      maxHeartRate: averageHeartRate + Math.round(14 + 3 * chance(day, 6)),
      elevationGainMeters,
      vo2Max: tenths(51.5 + chance(day, 8)),
    },
  ];
}

function readingsOn(day: number): object[] {
  // A night without the watch.
  if (chance(day, 9) > 0.9) return [];
  const tired = loadOf(day - 1) - 0.9;
  const asleep = 7.3 + 0.9 * chance(day, 10);
  const deep = asleep * (0.2 + 0.03 * chance(day, 11));
  const rem = asleep * (0.23 + 0.03 * chance(day, 12));
  return [
    {
      date: dateOf(day),
      source: 'watch',
      restingHeartRate: Math.round(48 + 6 * tired + 2 * chance(day, 13)),
      hrv: Math.round(68 - 18 * tired + 8 * chance(day, 14)),
      hrvType: 'RMSSD',
      sleepScore: Math.round(78 + 10 * chance(day, 10)),
      sleepDurationHours: hundredths(asleep),
      deepSleepHours: hundredths(deep),
      lightSleepHours: hundredths(asleep - deep - rem),
      remSleepHours: hundredths(rem),
      awakeDurationHours: hundredths(0.4 + 0.3 * chance(day, 15)),
      respirationRate: tenths(13.8 + 0.7 * chance(day, 16)),
      recoveryScore: Math.round(66 - 25 * tired + 14 * chance(day, 14)),
      ...(weekdayOf(day) === 6 && {
        weightKg: tenths(62.4 + 0.5 * chance(day, 17)),
        vo2Max: tenths(51.5 + chance(day, 8)),
        fitnessAge: 27,
      }),
    },
  ];
}

const tenths = (value: number) => Math.round(value * 10) / 10;
const hundredths = (value: number) => Math.round(value * 100) / 100;
