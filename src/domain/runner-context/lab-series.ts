/** Each marker of a runner's lab tests through time. */
import type { LabMarkerFacts, LabTestFacts } from './facts.ts';

/** One result of a marker on the day of its test. */
export type DatedMarker = LabMarkerFacts & { date: string };

/** The markers by name, code, unit and range: what differs in any of them is not one series. Each is newest first. */
export function markerSeries(tests: readonly LabTestFacts[]): DatedMarker[][] {
  const series = new Map<string, DatedMarker[]>();
  for (const { date, markers } of tests) {
    for (const marker of markers) {
      const { name, code, unit, referenceLow, referenceHigh, referenceText } = marker;
      const key = JSON.stringify([name, code ?? null, unit ?? null, referenceLow ?? null, referenceHigh ?? null, referenceText ?? null]);
      const result = { date, ...marker };
      const results = series.get(key);
      if (results) results.push(result);
      else series.set(key, [result]);
    }
  }
  return [...series.values()];
}
