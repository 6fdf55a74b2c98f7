/**
 * Twenty questions about a runner, made from the runner's file alone and by arithmetic of its own: nothing of the
 * gateway takes part, so that an answer is right because the file says so and not because the document does.
 */

/** What the questions look at of a runner's file. */
export interface ExamFile {
  units: 'METRIC' | 'IMPERIAL';
  timezone: string;
  birthDate?: string;
  lactateThresholdHeartRate: number;
  dailyMetrics: { date: string; restingHeartRate?: number; sleepDurationHours?: number }[];
  runs: { startedAt: string; distanceMeters: number; averageHeartRate?: number }[];
}

export interface Answerable {
  question: string;
  answer: string;
  /** What one line of the document must hold, all of it. */
  found: string[];
}

export interface Unanswerable {
  question: string;
  answer: 'not in the document';
  /** What no line of the document may hold. */
  absent: RegExp[];
}

const dayMs = 86_400_000;
const notThere = 'not in the document';

/** Ten that the document answers. Distances are in the runner's own unit. */
export function answerable(file: ExamFile): Answerable[] {
  const days = file.dailyMetrics.toSorted(byDate).reverse();
  const runs = runsOf(file).toReversed();
  const [newestDay, newestRun, firstRun] = [at(days, 0), at(runs, 0), at(runs, -1)];
  const rested = at(
    days.filter((day) => day.restingHeartRate !== undefined),
    0,
  );
  const slept = at(
    days.filter((day) => day.sleepDurationHours !== undefined),
    0,
  );
  const beaten = at(
    runs.filter((run) => (run.averageHeartRate ?? 0) > 25),
    0,
  );
  const [unit, length] = file.units === 'METRIC' ? ['km', 1_000] : ['mi', 1_609.344];
  const distance = (meters: number) => (meters / length).toFixed(2);
  const monday = mondayOf(newestRun.date);
  const week = runs.filter((run) => run.date >= monday);
  const weekDistance = distance(week.reduce((sum, run) => sum + run.distanceMeters, 0));
  const since = new Date(Date.parse(newestDay.date) - 27 * dayMs).toISOString().slice(0, 10);
  const resting = days.filter((day) => day.date >= since).flatMap((day) => day.restingHeartRate ?? []);
  const mean = (resting.reduce((sum, bpm) => sum + bpm, 0) / resting.length).toFixed(1);
  return [
    { question: 'Which is the newest day with any health reading?', answer: newestDay.date, found: ['Health: newest day', newestDay.date] },
    {
      question: 'What is the newest resting heart rate, and of which day?',
      answer: `${rested.restingHeartRate} bpm on ${rested.date}`,
      found: [`| Resting HR bpm | ${rested.restingHeartRate}`],
    },
    {
      question: 'What is the mean resting heart rate of the 28 days through the newest day with health data, with one decimal?',
      answer: `${mean} bpm`,
      found: ['| Resting HR bpm |', ` ${mean} (`],
    },
    {
      question: 'How many hours were slept in the newest night that has a duration?',
      answer: `${slept.sleepDurationHours} h (${slept.date})`,
      found: [`| Sleep h | ${slept.sleepDurationHours}`],
    },
    { question: 'How many days with health data are held in all?', answer: String(days.length), found: [`of ${days.length} days held`] },
    {
      question: 'When was the newest run, and how long was it?',
      answer: `${newestRun.date}, ${distance(newestRun.distanceMeters)} ${unit}`,
      found: ['Newest run', newestRun.date, `${distance(newestRun.distanceMeters)} ${unit}`],
    },
    { question: 'How many runs are held in all?', answer: String(runs.length), found: [`of ${runs.length} runs held`] },
    { question: 'Of which day is the first run that is held?', answer: firstRun.date, found: ['runs held since', firstRun.date] },
    {
      question: 'What was the average heart rate of the newest run that has one?',
      answer: `${beaten.averageHeartRate} bpm (${beaten.date})`,
      found: [beaten.date, String(beaten.averageHeartRate)],
    },
    {
      question: 'How far was run in the newest week with a run, Monday to Sunday?',
      answer: `${weekDistance} ${unit} (week from ${monday})`,
      found: [monday, weekDistance],
    },
  ];
}

/** Ten that it does not answer: never recorded, not shared, or too old for it. The laboratory section is not shared. */
export function unanswerable(file: ExamFile): Unanswerable[] {
  const days = file.dailyMetrics.toSorted(byDate);
  const runs = runsOf(file);
  // The very first days and runs are named, as the beginning of what is held.
  const oldRest = at(
    days.slice(1).filter((day) => day.restingHeartRate !== undefined),
    0,
  );
  const oldNight = at(
    days.slice(1).filter((day) => day.sleepDurationHours !== undefined && day.date !== oldRest.date),
    0,
  );
  const oldRun = at(
    runs.filter((run) => run.date !== at(runs, 0).date),
    0,
  );
  const none = (question: string, ...absent: RegExp[]): Unanswerable => ({ question, answer: notThere, absent });
  return [
    none(`What was the resting heart rate on ${oldRest.date}?`, new RegExp(oldRest.date)),
    none(`How many hours were slept in the night to ${oldNight.date}?`, new RegExp(oldNight.date)),
    none(`How far was the run of ${oldRun.date}?`, new RegExp(oldRun.date)),
    none('On which day was the runner born?', /\bborn\b|birth/i, ...(file.birthDate ? [new RegExp(file.birthDate)] : [])),
    none('What is the runner’s ferritin?', /ferritin/i),
    none('What is the runner’s blood pressure?', /blood pressure|systolic|mmHg/i),
    none('What was the cadence of the newest run?', /cadence|\bspm\b|steps per/i),
    none('How warm was it during the newest run?', /temperature|weather|°/i),
    none('How many kilocalories did the newest run burn?', /calori|kcal/i),
    none('How many watts did the newest run average?', /\bwatts?\b|running power/i),
  ];
}

/** Oldest first, each with the runner's local day. */
function runsOf({ runs, timezone }: ExamFile) {
  const localDay = new Intl.DateTimeFormat('en-CA', { timeZone: timezone });
  return runs
    .map((run) => ({ ...run, date: localDay.format(new Date(run.startedAt)) }))
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
}

const byDate = (a: { date: string }, b: { date: string }) => (a.date < b.date ? -1 : 1);

function mondayOf(date: string): string {
  const midnight = Date.parse(date);
  return new Date(midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10);
}

function at<T>(items: readonly T[], index: number): T {
  const item = items.at(index);
  if (item === undefined) throw new Error('the file has too little in it for an exam');
  return item;
}
