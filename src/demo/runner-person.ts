/** What does not change from day to day about the demo's runner. */

/** Who the runner is; values with a day were stated at `since`. */
export const demoPerson = (since: string) => ({
  username: 'runner-a',
  units: 'METRIC',
  timezone: 'Europe/Berlin',
  birthDate: '1990-05-17',
  sex: 'FEMALE',
  heightCm: 172,
  runningSince: '2017-03',
  weeklyFrequency: '5',
  healthSources: [{ name: 'watch', kind: 'WATCH', priority: 1 }],
  weightKg: 62.4,
  restingHeartRate: 48,
  maxHeartRate: 189,
  lactateThresholdHeartRate: 171,
  heartRateZones: [
    { date: `${since.slice(0, 4)}-01-01`, source: 'watch', zone1Max: 139, zone2Max: 152, zone3Max: 161, zone4Max: 171, zone5Max: 189 },
  ],
  gear: [
    { name: 'Daily trainers', kind: 'shoes', since: '2025-11', distanceMeters: 612_000 },
    { name: 'Racing flats', kind: 'shoes', since: '2026-02', distanceMeters: 94_000 },
    { name: 'Chest strap', kind: 'heart rate sensor', since: '2024-06' },
  ],
  personalBests: [
    { distanceMeters: 1_609.344, timeSeconds: 362, date: '2024-06-22' },
    { distanceMeters: 42_195, timeSeconds: 12_318, date: '2024-10-13' },
  ],
});

/** A blood panel and a treadmill test of the same day. */
export const demoLabTests = (date: string) => [
  {
    date,
    name: 'Blood panel',
    laboratory: 'City laboratory',
    insight: 'Ferritin is at the low end for an endurance athlete; check it again in three months.',
    markers: [
      { name: 'Ferritin', code: '2276-4', value: 34, unit: 'ug/L', referenceLow: 30, referenceHigh: 200 },
      { name: 'Hemoglobin', code: '718-7', value: 13.4, unit: 'g/dL', referenceLow: 12, referenceHigh: 15.5 },
      { name: 'Vitamin D, 25-hydroxy', code: '1989-3', value: 24, unit: 'ng/mL', referenceLow: 30, referenceHigh: 100, flag: 'L' },
      { name: 'C-reactive protein', code: '1988-5', comparator: '<', value: 0.6, unit: 'mg/L', referenceHigh: 5 },
    ],
  },
  {
    date,
    name: 'Treadmill test',
    laboratory: 'City laboratory',
    markers: [
      { name: 'VO2max', value: 51.8, unit: 'mL/kg/min' },
      { name: 'Heart rate at the lactate threshold', value: 171, unit: 'bpm' },
      { name: 'Speed at the lactate threshold', value: 13.4, unit: 'km/h' },
    ],
  },
];
