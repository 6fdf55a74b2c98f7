/** What a runner can write of themselves: for every kind of item a good one, changes of it, and values that cannot be. */

export interface Desk {
  name: string;
  input: Record<string, unknown>;
  /** Another value of a field that is no part of the key. */
  change: Record<string, unknown>;
  /** A field that may be unknown. */
  clear?: string;
  /** Where to read it, and whether it is a connection. */
  list: string;
  paged: boolean;
  /** Values that cannot be, and where the fault is. */
  impossible: [object, string][];
}

export const desks: Desk[] = [
  {
    name: 'Measurement',
    input: { kind: 'WEIGHT', date: '2026-06-01', value: 61.5 },
    change: { value: 61.7 },
    list: 'measurements',
    paged: true,
    impossible: [
      [{ value: 7 }, 'value'],
      [{ date: '2026-06-31' }, 'date'],
      [{ date: '2026-07-31' }, 'date'],
    ],
  },
  {
    name: 'HeartRateZones',
    input: { date: '2026-06-01', zone1Max: 120, zone2Max: 135, zone3Max: 150, zone4Max: 165, zone5Max: 185 },
    change: { zone1Max: 121 },
    clear: 'zone5Max',
    list: 'heartRateZones',
    paged: true,
    impossible: [
      [{ zone5Max: 160 }, 'zone5Max'],
      [{ zone2Max: 110 }, 'input'],
      [{ zone1Max: 5 }, 'zone1Max'],
    ],
  },
  {
    name: 'Gear',
    input: { name: 'Shoes', kind: 'shoes', since: '2026-01', retiredOn: null, distanceMeters: 1000 },
    change: { distanceMeters: 2000 },
    clear: 'kind',
    list: 'gear',
    paged: false,
    impossible: [
      [{ since: '2026-13' }, 'since'],
      [{ distanceMeters: -1 }, 'distanceMeters'],
      [{ name: ' ' }, 'name'],
    ],
  },
  {
    name: 'RaceResult',
    input: { date: '2026-05-01', name: 'Spring race', distanceMeters: 10_000, timeSeconds: 2400, place: 3, notes: 'windy' },
    change: { place: 2 },
    clear: 'notes',
    list: 'raceResults',
    paged: true,
    impossible: [
      [{ place: 0 }, 'place'],
      [{ timeSeconds: 0 }, 'timeSeconds'],
    ],
  },
  {
    name: 'Goal',
    input: { name: 'Autumn marathon', date: '2026-10-11', distanceMeters: 42_195, targetSeconds: 11_000, priority: 'A' },
    change: { targetSeconds: 10_900 },
    clear: 'priority',
    list: 'goals',
    paged: false,
    impossible: [[{ distanceMeters: 0 }, 'distanceMeters']],
  },
  {
    name: 'StatedBest',
    input: { distanceMeters: 5000, timeSeconds: 1200, date: '2025-05-01' },
    change: { timeSeconds: 1190 },
    clear: 'date',
    list: 'statedBests',
    paged: false,
    impossible: [[{ date: '2027-01-01' }, 'date']],
  },
  {
    name: 'DailyReading',
    input: { date: '2026-06-12', restingHeartRate: 44, hrv: 60, hrvType: 'RMSSD', sleepDurationHours: 7, deepSleepHours: 1 },
    change: { hrv: 61 },
    clear: 'restingHeartRate',
    list: 'dailyReadings',
    paged: true,
    impossible: [
      [{ restingHeartRate: 0 }, 'restingHeartRate'],
      [{ deepSleepHours: 8 }, 'deepSleepHours'],
    ],
  },
  {
    name: 'Run',
    input: { sport: 'TRAIL_RUN', startedAt: '2026-06-12T06:00:00.000Z', name: 'Hills', distanceMeters: 9000, movingSeconds: 3000 },
    change: { distanceMeters: 9100 },
    clear: 'name',
    list: 'runs',
    paged: true,
    impossible: [
      [{ distanceMeters: 90_000 }, 'distanceMeters'],
      [{ startedAt: '2026-06-20T06:00:00Z' }, 'startedAt'],
    ],
  },
  {
    name: 'LabTest',
    input: {
      date: '2026-04-02',
      name: 'Blood panel',
      laboratory: 'City laboratory',
      markers: [
        { name: 'Ferritin', value: 34, unit: 'ug/L' },
        { name: 'Antibodies', valueText: 'negative' },
      ],
    },
    change: { markers: [{ name: 'Ferritin', value: 35, unit: 'ug/L' }] },
    clear: 'laboratory',
    list: 'labTests',
    paged: true,
    impossible: [[{ markers: [{ name: 'Ferritin', value: 1, valueText: 'one' }] }, 'markers[0].valueText']],
  },
];
