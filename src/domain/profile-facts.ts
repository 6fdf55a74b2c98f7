/** What the section profile is made of. */
import type { Measurement, Runner } from '../../prisma/generated/client/client.ts';
import { formatDay } from './days.ts';
import { ofRunner, sharedRows } from './excluded-sources.ts';
import { bestsOf, type FoundPerformances, performancesJson } from './load-bests.ts';
import { rowAsJson, rowsAsJson } from './rows-as-json.ts';
import type { DatedValue, GearFacts, ProfileFacts } from './runner-context/facts.ts';

type MeasurementKind = Measurement['kind'];
type ZoneMaximum = `zone${1 | 2 | 3 | 4 | 5}Max`;

/** As the statement finds it. */
export interface FoundProfile {
  /** The newest of each kind. */
  measurements: (DatedValue & { kind: MeasurementKind })[];
  zones: (Record<ZoneMaximum, number | null> & { date: string; source: string }) | null;
  gear: GearFacts[];
  performances: FoundPerformances;
}

/** `FoundProfile`, in a statement whose first values are those of `bestsValues`. */
export const profileJson = `json_build_object(
  'measurements', ${rowsAsJson(`SELECT newest.* FROM unnest(enum_range(NULL::"MeasurementKind")) AS sought("kind")
    CROSS JOIN LATERAL (SELECT "kind", "value", "date" AS "on", "source" FROM "Measurement"
      WHERE ${sharedRows} AND "kind" = sought."kind" ORDER BY "date" DESC, "id" DESC LIMIT 1) AS newest`)},
  'zones', ${rowAsJson(`SELECT "zone1Max", "zone2Max", "zone3Max", "zone4Max", "zone5Max", "date", "source" FROM "HeartRateZones"
    WHERE ${sharedRows} ORDER BY "date" DESC, "id" DESC LIMIT 1`)},
  'gear', ${rowsAsJson(`SELECT "name", "kind", "since", "retiredOn", "distanceMeters" FROM "Gear" WHERE ${ofRunner} ORDER BY "name"`)},
  'performances', ${performancesJson})`;

/** @param today is the runner's local day. */
export function profileFacts(runner: Runner, { measurements, zones, gear, performances }: FoundProfile, today: string): ProfileFacts {
  const newestOf = (kind: MeasurementKind): DatedValue | null => {
    const found = measurements.find((measurement) => measurement.kind === kind);
    return found ? { value: found.value, on: found.on, source: found.source } : null;
  };
  const maxima = zones && [zones.zone1Max, zones.zone2Max, zones.zone3Max, zones.zone4Max, zones.zone5Max].filter((max) => max !== null);
  return {
    birthDate: runner.birthDate && formatDay(runner.birthDate),
    sex: runner.sex,
    heightCm: runner.heightCm,
    weightKg: newestOf('WEIGHT'),
    restingHr: newestOf('RESTING_HEART_RATE'),
    maxHr: newestOf('MAX_HEART_RATE'),
    lthr: newestOf('LACTATE_THRESHOLD_HEART_RATE'),
    hrZones: zones && maxima && { maxima, on: zones.date, source: zones.source },
    runningSince: runner.runningSince,
    weeklyFrequency: runner.weeklyFrequency,
    gear,
    ...bestsOf(performances, today),
  };
}
