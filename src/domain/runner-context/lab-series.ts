/** Each marker of a runner's lab tests through time. */
import type { LabMarkerFacts, LabTestFacts } from './facts.ts';

/** One result of a marker on the day of its test. */
export type DatedMarker = LabMarkerFacts & { date: string };

/** The markers by name, code, unit and range: what differs in any of them is not one series. Each is newest first. */
export function markerSeries(tests: readonly LabTestFacts[]): DatedMarker[][] {
  const series: DatedMarker[][] = [];
  const byName = new Map<string, DatedMarker[][]>();
  for (const { date, markers } of tests) {
    for (const marker of markers) {
      const result = { date, ...marker };
      const ofName = byName.get(marker.name) ?? [];
      const known = ofName.find(([newest]) => newest && isComparable(newest, result));
      if (known) known.push(result);
      else {
        const begun = [result];
        series.push(begun);
        byName.set(marker.name, [...ofName, begun]);
      }
    }
  }
  return series;
}

const identity = ['code', 'unit', 'referenceLow', 'referenceHigh', 'referenceText'] as const;

const isComparable = (one: LabMarkerFacts, other: LabMarkerFacts): boolean =>
  identity.every((property) => (one[property] ?? null) === (other[property] ?? null));
