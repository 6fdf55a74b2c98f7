/** The items of a runner's lists: what each consists of, read and written alike. */
import { HrvTypeEnum, MeasurementKindEnum, SportEnum } from './enums.ts';
import { always, type Fields, field, inputType, itemType, runnerItem } from './runner-item.ts';

const day = 'YYYY-MM-DD.';

const sourced: Fields = {
  source: always('String', 'The source it comes from; "manual" when the runner wrote it here.'),
  isExcluded: always('Boolean', 'Whether its source is excluded from sharing: then no context shows it.'),
};

export const MeasurementType = runnerItem('measurements', 'Measurement', {
  description: 'A value of the body or a threshold, as it was from that day on.',
  key: 'Its key is kind and date.',
  written: {
    kind: always(MeasurementKindEnum, 'What was measured.'),
    date: always('String', day),
    value: always('Float', 'kg for WEIGHT (20 to 400), else bpm (25 to 250; resting up to 150).'),
  },
  derived: sourced,
});

export const HeartRateZonesType = runnerItem('heartRateZones', 'HeartRateZones', {
  description: 'The upper bounds of five heart rate zones, as they were from that day on.',
  key: 'Its key is the date. Each bound is above the one before.',
  written: {
    date: always('String', day),
    zone1Max: always('Int', 'bpm.'),
    zone2Max: always('Int', 'bpm.'),
    zone3Max: always('Int', 'bpm.'),
    zone4Max: always('Int', 'bpm.'),
    zone5Max: field('Int', 'bpm; absent when the top zone is open.'),
  },
  derived: sourced,
});

export const GearType = runnerItem('gear', 'Gear', {
  description: 'A pair of shoes, a watch, a strap.',
  key: 'Its key is the name.',
  written: {
    name: always('String', 'At most 120 characters.'),
    kind: field('String', 'In the runner’s words: shoes, watch, chest strap.'),
    since: field('String', 'The day or the month of the first use, YYYY-MM-DD or YYYY-MM.'),
    retiredOn: field('String', 'The day of the last use, YYYY-MM-DD.'),
    distanceMeters: field('Float', 'Metres covered with it so far.'),
  },
});

export const RaceResultType = runnerItem('raceResults', 'RaceResult', {
  description: 'The result of a race.',
  key: 'Its key is date and name.',
  written: {
    date: always('String', day),
    name: always('String', 'What the race is called, at most 120 characters.'),
    distanceMeters: always('Float', 'Metres.'),
    timeSeconds: always('Float', 'Seconds to the finish.'),
    elevationGainMeters: field('Float', 'Metres climbed.'),
    place: field('Int', 'Place in the ranking, from 1.'),
    notes: field('String', 'In the runner’s words, at most 10 000 characters.'),
  },
});

export const GoalType = runnerItem('goals', 'Goal', {
  description: 'Something the runner wants to achieve.',
  key: 'Its key is the name.',
  written: {
    name: always('String', 'At most 120 characters.'),
    date: field('String', 'The day of the race or the deadline, YYYY-MM-DD.'),
    distanceMeters: field('Float', 'Metres.'),
    targetSeconds: field('Float', 'The time aimed for, in seconds.'),
    priority: field('String', 'As the runner ranks it, such as A, B, C.'),
    notes: field('String', 'In the runner’s words, at most 10 000 characters.'),
  },
});

export const StatedBestType = runnerItem('personalBests', 'StatedBest', {
  description: 'A best time that the runner states, for want of a race or a run that shows it.',
  key: 'Its key is the distance.',
  written: {
    distanceMeters: always('Float', 'Metres.'),
    timeSeconds: always('Float', 'Seconds.'),
    date: field('String', day),
  },
});

export const DailyReadingType = runnerItem('dailyMetrics', 'DailyReading', {
  description: 'What one source says of one day; dailyMetrics merges them.',
  key: 'Its key is the date. At least one value is needed.',
  written: {
    date: always('String', 'The runner’s local day, YYYY-MM-DD; sleep belongs to the day of waking up.'),
    restingHeartRate: field('Float', 'bpm, 20 to 150.'),
    hrv: field('Float', 'Heart rate variability in ms.'),
    hrvType: field(HrvTypeEnum, 'What that was computed as.'),
    sleepScore: field('Float', '0 to 100.'),
    sleepDurationHours: field('Float', 'Hours asleep in all.'),
    deepSleepHours: field('Float', 'Hours.'),
    lightSleepHours: field('Float', 'Hours.'),
    remSleepHours: field('Float', 'Hours.'),
    awakeDurationHours: field('Float', 'Hours awake in bed.'),
    respirationRate: field('Float', 'Breaths per minute.'),
    vo2Max: field('Float', 'ml/kg/min.'),
    fitnessAge: field('Float', 'Years.'),
    weightKg: field('Float', 'kg.'),
    recoveryScore: field('Float', '0 to 100.'),
  },
  derived: sourced,
});

export const RunType = runnerItem('runs', 'Run', {
  description: 'A run as one source recorded it.',
  key: 'Its key is sport and start; where only the day is known, also distance and time. A distance or a time is needed.',
  written: {
    sport: always(SportEnum, 'What kind of run it was; RUN when a new one does not say.'),
    startedAt: field('DateTime', 'When it began; absent when only the day is known.'),
    startedOn: always('String', 'The runner’s local day, YYYY-MM-DD. Follows from startedAt where that is known.'),
    name: field('String', 'What the runner or their watch called it.'),
    distanceMeters: field('Float', 'Metres.'),
    movingSeconds: field('Float', 'Seconds in motion.'),
    averageHeartRate: field('Float', 'bpm.'),
    maxHeartRate: field('Float', 'bpm.'),
    elevationGainMeters: field('Float', 'Metres climbed.'),
    vo2Max: field('Float', 'The device’s estimate after it, in ml/kg/min.'),
    notes: field('String', 'In the runner’s words, at most 10 000 characters.'),
  },
  derived: {
    ...sourced,
    isDuplicate: always('Boolean', 'Whether it repeats a run of a source that comes first: then it is not summed.'),
  },
});

const marker: Fields = {
  name: always('String', 'What was measured, at most 120 characters.'),
  code: field('String', 'LOINC code.'),
  comparator: field('String', '<, <=, > or >= when the true value lies beyond what could be measured.'),
  value: field('Float', 'The result as a number.'),
  valueText: field('String', 'The result when it is no number, such as negative.'),
  unit: field('String', 'Unit of the value, as UCUM.'),
  referenceLow: field('Float', 'Low end of the reference range.'),
  referenceHigh: field('Float', 'High end of the reference range.'),
  referenceText: field('String', 'The reference when it is no range.'),
  flag: field('String', 'As the laboratory marks it, such as H, L or N.'),
};

export const LabTestType = runnerItem('labTests', 'LabTest', {
  description: 'A lab test with its markers.',
  key: 'Its key is date and name. A list of markers replaces the one before.',
  written: {
    date: always('String', day),
    name: always('String', 'What was tested, such as Blood panel; at most 120 characters.'),
    laboratory: field('String', 'Who tested it.'),
    insight: field('String', 'What the runner or the laboratory concludes, at most 10 000 characters.'),
    markers: {
      type: [itemType('LabMarker', 'One line of a lab test: a value, or a text when the result is no number.', marker)],
      inputType: [inputType('LabMarkerInput', 'One line of a lab test: a value, or a text when the result is no number.', marker)],
      description: 'Its lines, in order; at most 500.',
      always: true,
    },
  },
  derived: { ...sourced, source: field('String', 'The source it comes from; absent when nobody said.') },
});
