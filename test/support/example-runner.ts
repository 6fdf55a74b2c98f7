/** The runner whose context the examples of the OpenAPI document show. Made up. */

const days = [
  {
    date: '2026-06-13',
    restingHeartRate: 42,
    hrv: 71,
    sleepScore: 86,
    sleepDurationHours: 7.6,
    deepSleepHours: 1.4,
    lightSleepHours: 4.4,
    remSleepHours: 1.8,
    awakeDurationHours: 0.3,
    respirationRate: 13.2,
  },
  {
    date: '2026-06-12',
    restingHeartRate: 43,
    hrv: 66,
    sleepScore: 79,
    sleepDurationHours: 6.9,
    deepSleepHours: 1.1,
    lightSleepHours: 4.2,
    remSleepHours: 1.6,
    vo2Max: 59.75,
    fitnessAge: 25,
  },
  { date: '2026-06-11', restingHeartRate: 44, hrv: 61 },
  { date: '2026-06-09', restingHeartRate: 43, hrv: 68, sleepScore: 82 },
];

const runs = [
  {
    startedAt: '2026-06-11T21:04:00.000Z',
    name: '5 × 1 km',
    distanceMeters: 10_470,
    movingSeconds: 2_879,
    averageHeartRate: 149,
    vo2Max: 59.75,
  },
  { startedAt: '2026-06-09T21:10:00.000Z', name: 'Easy', distanceMeters: 8_120, movingSeconds: 2_520, averageHeartRate: 138 },
  { startedAt: '2026-06-06T20:30:00.000Z', name: 'Long run', distanceMeters: 19_300, movingSeconds: 5_890, averageHeartRate: 144 },
];

export const exampleRunner = {
  username: 'kazuki',
  units: 'METRIC',
  timezone: 'Asia/Tokyo',
  birthDate: '1992-03-04',
  sex: 'MALE',
  heightCm: 180,
  runningSince: '2025-07',
  weeklyFrequency: '5',
  sharingEnabled: true,
  contextLinks: [{ label: 'Default', isDefault: true, health: true }],
  measurements: [
    { kind: 'WEIGHT', date: '2026-06-01', source: 'Watch', value: 66 },
    { kind: 'RESTING_HEART_RATE', date: '2026-06-01', source: 'Watch', value: 42 },
    { kind: 'MAX_HEART_RATE', date: '2026-05-02', source: 'Watch', value: 184 },
    { kind: 'LACTATE_THRESHOLD_HEART_RATE', date: '2026-05-02', source: 'Watch', value: 165 },
  ],
  raceResults: [{ date: '2026-05-17', name: 'City 10 km', distanceMeters: 10_000, timeSeconds: 2_512 }],
  goals: [{ name: 'Autumn marathon', date: '2026-10-25', distanceMeters: 42_195, targetSeconds: 11_700 }],
  runs: runs.map((run) => ({ ...run, source: 'Watch' })),
  dailyMetrics: days.map((day) => ({ ...day, source: 'Watch' })),
};

/** Stands in the examples for the secret part of the address. */
export const exampleToken = 'rR2mJ0nYc7hVb3kXq9sTf4wLz8uPd1eGa6iNo5yKx2M';
