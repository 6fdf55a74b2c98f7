/** The section of the scope `profile`: body, zones, what the runner is able to run, and with what. */
import { equivalentTimes } from '../equivalent-times.ts';
import { recentDays } from '../personal-bests.ts';
import { distanceName, marathonMeters } from '../race-distances.ts';
import { repetitionGain, trainingPaces } from '../training-paces.ts';
import {
  formatDistance,
  formatDuration,
  formatHeight,
  formatPace,
  formatWeight,
  paceSecondsPerKm,
  type Units,
  unitNames,
} from '../units.ts';
import { equivalentSeconds, isVdotEffort, vdotOf } from '../vdot.ts';
import type { GearFacts, PersonalBestFacts, PersonalBestKind } from './facts.ts';
import type { Fitness } from './fitness.ts';
import { joined, list, quoted, table } from './markdown.ts';
import type { SharedContext, SharedProfile } from './shared-context.ts';
import { day, dayAndAge, provenance } from './wording.ts';

/** The blocks of the section; it is there whenever the scope is on. */
export function renderProfile(profile: SharedProfile, { runner: { units }, today }: SharedContext): string[] {
  const said = [
    ...renderBody(profile, units),
    ...renderZones(profile),
    ...(profile.fitness ? renderFitness(profile.fitness, units, today) : []),
    ...renderBests(profile.personalBests, units),
    ...renderGear(profile.gear, units),
  ];
  return ['## Runner Profile', ...(said.length > 0 ? said : ['Nothing is recorded in the profile.'])];
}

export function renderBody(profile: SharedProfile, units: Units): string[] {
  const { weightKg, restingHr, maxHr, lthr } = profile;
  const said = list([
    joined([
      profile.age === null ? null : `Age ${profile.age}`,
      profile.sex?.toLowerCase() ?? null,
      profile.heightCm ? `height ${formatHeight(profile.heightCm, units)}` : null,
    ]),
    weightKg ? `Weight ${formatWeight(weightKg.value, units)} ${unitNames[units].weight} ${provenance(weightKg)}` : null,
    restingHr ? `Resting heart rate ${restingHr.value} bpm ${provenance(restingHr)}` : null,
    maxHr ? `Maximum heart rate ${maxHr.value} bpm ${provenance(maxHr)}` : null,
    lthr ? `Lactate-threshold heart rate (LTHR) ${lthr.value} bpm ${provenance(lthr)}` : null,
    joined([
      profile.runningSince ? `Running since ${monthSaid(profile.runningSince)}` : null,
      profile.weeklyFrequency ? `runs per week, in the runner’s words: ${quoted(profile.weeklyFrequency)}` : null,
    ]),
  ]);
  return said ? [said] : [];
}

const monthSaid = (month: string): string => (/^\d{4}-\d{2}$/.test(month) ? month : quoted(month));

export function renderZones({ zones, hrZones }: SharedProfile): string[] {
  if (!zones) return [];
  const source = hrZones
    ? `As set by ${quoted(hrZones.source)}${hrZones.on ? ` on ${day(hrZones.on)}` : ''}.`
    : `Derived from LTHR ${zones.derivedFromLthr} bpm (Friel: zones 2 to 5 begin at 85, 90, 95 and 100 % of it).`;
  const bounds = zones.maxima.slice(0, 5);
  const said = bounds.map(
    (max, index) => `Z${index + 1} ${index === 0 ? 'up to' : `${(bounds[index - 1] ?? 0) + 1}–`}${index === 0 ? ' ' : ''}${max}`,
  );
  const open = bounds.length === 4 ? [`Z5 from ${(bounds[3] ?? 0) + 1}`] : [];
  return ['### Heart-rate zones (bpm)', `${[...said, ...open].join(' · ')}. ${source}`];
}

/** How each sort of performance is named where something is derived from it. */
const kindSaid: Record<PersonalBestKind, string> = {
  race: 'race',
  run: 'recorded run, possibly not an all-out effort',
  manual: 'stated by the runner',
};

/** `10 km in 40:00 (race, Sun 2026-05-10, 35 days ago)`. */
export function performanceSaid({ distanceMeters, timeSeconds, kind, date }: PersonalBestFacts, units: Units, today: string): string {
  const origin = [kindSaid[kind], date ? dayAndAge(date, today) : 'day unknown'].join(', ');
  return `${distanceName(distanceMeters, units)} in ${formatDuration(timeSeconds)} (${origin})`;
}

function renderFitness({ vdot, from, isRecent }: Fitness, units: Units, today: string): string[] {
  const paces = trainingPaces(vdot);
  const pace = (secondsPerKm: number) => formatPace(secondsPerKm, units);
  const rows: [string, string, string][] = [
    ['Easy (E)', `${pace(paces.easy.fastest)}–${pace(paces.easy.slowest)}`, '73.5 to 63 % of VDOT'],
    ...(paces.marathon === null
      ? []
      : [['Marathon (M)', pace(paces.marathon), 'equivalent marathon time'] satisfies [string, string, string]]),
    ['Threshold (T)', pace(paces.threshold), '88 % of VDOT'],
    ['Interval (I)', pace(paces.interval), '97.5 % of VDOT'],
    ['Repetition (R)', pace(paces.repetition), `I minus ${repetitionGain(vdot)} s/km`],
  ];
  const times = equivalentTimes(vdot).map(({ name, timeSeconds }) => `${name} ${formatDuration(timeSeconds)}`);
  const beyond = isVdotEffort(equivalentSeconds(vdot, marathonMeters))
    ? ''
    : ' No marathon is given: it would take longer than the 4 hours that the formula speaks for.';
  return [
    '### VDOT and training paces (derived)',
    `VDOT ${vdot.toFixed(1)}, derived by Daniels & Gilbert (1979) from ${performanceSaid(from, units, today)}. ${isRecent ? `It is the highest of the last ${recentDays} days.` : `No effort of the last ${recentDays} days is held, so it may not describe today.`}`,
    table(
      [
        ['Training pace', ([name]) => name],
        [unitNames[units].pace, ([, said]) => said],
        ['Derived from', ([, , basis]) => basis],
      ],
      rows,
    ),
    `Equivalent race times at VDOT ${vdot.toFixed(1)}, derived, not run: ${times.join(' · ')}.${beyond}`,
  ];
}

const kindNotes = [
  { kind: 'manual', note: '*manual*: stated by the runner.' },
  {
    kind: 'run',
    note: '*run*: the moving time of a recorded run of that length, up to 2.5 % long; perhaps not all-out, and not scaled.',
  },
];

function renderBests(bests: readonly PersonalBestFacts[], units: Units): string[] {
  if (bests.length === 0) return [];
  const pace = (best: PersonalBestFacts) => paceSecondsPerKm(best.distanceMeters, best.timeSeconds);
  return [
    '### Personal bests',
    table<PersonalBestFacts>(
      [
        ['Distance', (best) => distanceName(best.distanceMeters, units)],
        ['Time', (best) => formatDuration(best.timeSeconds)],
        [`Pace ${unitNames[units].pace}`, (best) => formatPace(pace(best) ?? 0, units)],
        ['VDOT (derived)', (best) => (isVdotEffort(best.timeSeconds) ? vdotOf(best.distanceMeters, best.timeSeconds).toFixed(1) : null)],
        ['Date', (best) => (best.date ? day(best.date) : null)],
        ['From', (best) => best.kind],
      ],
      bests,
    ),
    ...kindNotes.flatMap(({ kind, note }) => (bests.some((best) => best.kind === kind) ? [note] : [])),
  ];
}

function renderGear(gear: readonly GearFacts[], units: Units): string[] {
  const said = list(
    gear.map((item) =>
      joined([
        quoted(item.name),
        item.kind ? quoted(item.kind) : null,
        item.distanceMeters == null ? null : `${formatDistance(item.distanceMeters, units, 0)} ${unitNames[units].distance}`,
        item.since ? `since ${day(item.since)}` : null,
        item.retiredOn ? `retired ${day(item.retiredOn)}` : null,
      ]),
    ),
  );
  return said ? ['### Gear', said] : [];
}
