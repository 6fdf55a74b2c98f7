/** What a reader must know before trusting the tables: where values come from, how old they are, what is missing. */
import { addDays, daysBetween, localDate } from '../local-dates.ts';
import { contextAddresses } from './addresses.ts';
import { type Budget, rowsHeld, shortNoteLength } from './budget.ts';
import { metricWordings } from './daily-metrics.ts';
import { dailyMetricNames, type SourceFacts } from './facts.ts';
import { list, quoted } from './markdown.ts';
import type { SharedContext, SharedHealth, SharedTraining } from './shared-context.ts';
import { counted, day, dayAndAge } from './wording.ts';

/** The heading and its notes; nothing when there is nothing to note. */
export function renderDataNotes(shared: SharedContext, budget: Budget, contextUrl: string): string[] {
  const { training, health, today } = shared;
  const said = list([
    ...(budget.isBrief ? [] : sourceNotes(shared)),
    ...(training ? trainingNotes(training, today) : []),
    ...(health ? healthNotes(health, today) : []),
    ...leftOut(shared, budget, contextUrl),
  ]);
  return said ? ['## Data notes', said] : [];
}

/** What each source delivered to the sections that are shared; a source of other sections is not named. */
function deliveries({ training, health }: SharedContext): Map<string, Set<string>> {
  const delivered = new Map<string, Set<string>>();
  const add = (source: string | null | undefined, what: string) => {
    if (source) delivered.set(source, (delivered.get(source) ?? new Set()).add(what));
  };
  for (const daily of health?.days ?? []) {
    for (const metric of dailyMetricNames) {
      if (daily[metric] != null) add(daily.sources?.[metric], metricWordings[metric].group);
    }
  }
  for (const run of training?.runs ?? []) add(run.source, 'runs');
  return delivered;
}

function sourceNotes(shared: SharedContext): string[] {
  const delivered = deliveries(shared);
  const held = new Map(shared.sources.map((source) => [source.name, source]));
  const priority = (name: string) => held.get(name)?.priority ?? Number.MAX_SAFE_INTEGER;
  const names = [...delivered.keys()].sort((a, b) => priority(a) - priority(b));
  const notes = names.map((name) => {
    const what = [...(delivered.get(name) ?? [])].join(', ');
    return `Source ${quoted(name)}${kindSaid(held.get(name))}: ${what}${importSaid(held.get(name), shared)}.`;
  });
  const ofReadings = names.filter((name) => [...(delivered.get(name) ?? [])].some((what) => what !== 'runs'));
  return ofReadings.length > 1
    ? [...notes, `Where several sources have the same metric on one day, ${winnerSaid(shared, names)} is shown.`]
    : notes;
}

/** Single metrics may come in another order than that of the list. */
const winnerSaid = ({ sources }: SharedContext, names: readonly string[]): string =>
  sources.some(({ name, metricPriorities }) => names.includes(name) && Object.keys(metricPriorities ?? {}).length > 0)
    ? 'the one that the runner prefers for it, or else the one listed first,'
    : 'the one listed first';

/** The sort of system, unless the name already says it. */
function kindSaid(source: SourceFacts | undefined): string {
  const kind = source?.kind.toLowerCase().replaceAll('_', ' ');
  return source && kind && !source.name.toLowerCase().includes(kind) ? ` (${quoted(kind)})` : '';
}

const importSaid = (source: SourceFacts | undefined, { runner, today }: SharedContext): string =>
  source?.lastImportAt ? `; last import ${dayAndAge(localDate(source.lastImportAt, runner.timezone), today)}` : '';

/** From that many days on, no data is worth a warning. */
const staleDays = { runs: 14, readings: 4 } as const;

function trainingNotes({ runs, weeks, duplicateCount }: SharedTraining, today: string): string[] {
  const [newest] = runs;
  const oldestWeek = weeks.at(-1)?.weekStart;
  const notes = [];
  if (newest && daysBetween(newest.date, today) >= staleDays.runs) {
    notes.push(`Training is old: the newest run was ${dayAndAge(newest.date, today)}. Nothing here says what the runner did since.`);
  }
  const inWeeks = runs.filter((run) => oldestWeek != null && run.date >= oldestWeek);
  const gaps = inWeeks.flatMap((run, index) => {
    const later = inWeeks[index - 1];
    const days = later ? daysBetween(run.date, later.date) : 0;
    return later && days >= staleDays.runs ? [`${day(run.date)} and ${day(later.date)} (${days} days)`] : [];
  });
  if (gaps.length > 0) notes.push(`No run is recorded between ${gaps.join(', nor between ')}.`);
  if (duplicateCount > 0) {
    notes.push(`${counted(duplicateCount, 'near-duplicate recording')} of the same runs by another source: neither listed nor counted.`);
  }
  return notes;
}

/** The calendar days that are looked at for gaps, as for the longer baseline. */
const windowDays = 28;

function healthNotes({ days, through }: SharedHealth, today: string): string[] {
  if (!through) return [];
  const notes = [];
  if (daysBetween(through, today) >= staleDays.readings) {
    notes.push(`Health is old: the newest daily reading is of ${dayAndAge(through, today)}. It does not describe the present.`);
  }
  const recorded = new Set(days.map((daily) => daily.date));
  const missing = Array.from({ length: windowDays }, (_, index) => addDays(through, -index)).filter((date) => !recorded.has(date));
  if (missing.length > 0) {
    notes.push(
      `Health: no reading at all on ${missing.length} of the ${windowDays} days through ${day(through)}: ${rangesSaid(missing)}. Other days may lack single readings.`,
    );
  }
  return notes;
}

/** Days in descending order as ranges: `Mon 2026-06-01 to Wed 2026-06-03, Fri 2026-05-29`. */
function rangesSaid(dates: readonly string[]): string {
  const ranges: { first: string; last: string }[] = [];
  for (const date of dates) {
    const range = ranges.at(-1);
    if (range && daysBetween(date, range.first) === 1) range.first = date;
    else ranges.push({ first: date, last: date });
  }
  return ranges.map(({ first, last }) => (first === last ? day(first) : `${day(first)} to ${day(last)}`)).join(', ');
}

function leftOut(shared: SharedContext, budget: Budget, contextUrl: string): string[] {
  const { links, detail } = shared.options;
  const counts = rowsLeftOut(shared, budget).map(({ said, where }) => `${said} (\`${where}\`)`);
  const addresses = contextAddresses(contextUrl);
  const json = detail === 'full' ? addresses.detail('full', 'json') : addresses.document('json');
  const inJson = `All of them are in the JSON form${links === 'none' ? '.' : `: ${json}`}`;
  const notesCut = budget.noteLengthMax <= shortNoteLength;
  return [
    ...(budget.isBrief ? [briefSaid(shared, budget)] : []),
    ...(counts.length > 0 && !budget.isBrief ? [`Left out to keep this text short: ${counts.join(', ')}. ${inJson}`] : []),
    ...(notesCut && !budget.isBrief ? [`Notes of more than ${budget.noteLengthMax} characters are cut.`] : []),
    ...(budget.exceeds === null ? [] : [`Longer than ${budget.exceeds} characters all the same: what is left is never cut.`]),
  ];
}

/** How many rows the budget drops of those that the detail asked for would show; of the standard ones for a brief text. */
function rowsLeftOut(shared: SharedContext, budget: Budget): { said: string; where: string }[] {
  const held = rowsHeld(shared, shared.options.detail === 'full' ? 'full' : 'standard');
  const rows = [
    [held.runs - budget.runs, 'older run', 'training.recent_runs'],
    [held.weeks - budget.weeks, 'older week', 'training.weekly_volume'],
    [held.days - budget.days, 'older day', 'health.recent'],
  ] as const;
  return rows.flatMap(([count, noun, where]) => (count > 0 ? [{ said: counted(count, noun), where }] : []));
}

function briefSaid(shared: SharedContext, budget: Budget): string {
  const { profile, training, health, labs, options } = shared;
  const noted = [...(training?.goals ?? []), ...(training?.raceResults ?? []), ...(training?.runs ?? [])];
  const dropped = [
    'sources',
    ...(profile && profile.gear.length > 0 ? ['gear'] : []),
    ...(profile?.fitness ? ['equivalent race times'] : []),
    ...(noted.some(({ notes }) => notes) ? ['notes'] : []),
    ...(health?.through ? ['the other metrics'] : []),
    ...(labs && labs.tests.length > 0 ? ['earlier lab results and insights'] : []),
    ...rowsLeftOut(shared, budget).map(({ said }) => said),
  ];
  const where = options.links === 'none' ? 'the standard form' : 'the whole document, linked above';
  return `This is the brief form. In ${where}, there are also: ${dropped.join(', ')}.`;
}
