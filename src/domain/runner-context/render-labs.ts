/** The section of the scope `labs`: each marker through time, and what was concluded from each test. */
import type { LabMarkerFacts, LabTestFacts } from './facts.ts';
import type { DatedMarker } from './lab-series.ts';
import { fenced, quoted, table } from './markdown.ts';
import type { SharedLabs } from './shared-context.ts';
import { counted, day } from './wording.ts';

/** The blocks of the section; it is there whenever the scope is on. Tests come newest first. */
export function renderLabs({ tests, series }: SharedLabs): string[] {
  if (tests.length === 0) return ['## Labs', 'No laboratory test is recorded.'];
  return ['## Labs', ...renderMarkers(series), '### Tests and insights', ...tests.flatMap(renderTest)];
}

function renderMarkers(series: readonly DatedMarker[][]): string[] {
  if (series.length === 0) return [];
  const first = (of: (marker: DatedMarker) => string | null) => (results: DatedMarker[]) => (results[0] ? of(results[0]) : null);
  return [
    '### Markers',
    'Measured. A letter in brackets is the laboratory’s own flag; “below” and “above” are derived from the reference range.',
    table<DatedMarker[]>(
      [
        ['Marker', first(({ name }) => quoted(name))],
        ['LOINC', first(({ code }) => (code ? codeSaid(code) : null))],
        ['Unit', first(({ unit }) => (unit ? quoted(unit) : null))],
        ['Reference', first(referenceSaid)],
        ['Results, newest first', (results) => results.map((result) => `${day(result.date)}: ${resultSaid(result)}`).join('; ')],
      ],
      series,
    ),
  ];
}

const codeSaid = (code: string): string => (/^\d{1,7}-\d$/.test(code) ? code : quoted(code));

function referenceSaid({ referenceLow, referenceHigh, referenceText }: LabMarkerFacts): string | null {
  if (referenceLow != null && referenceHigh != null) return `${referenceLow}–${referenceHigh}`;
  if (referenceLow != null) return `≥ ${referenceLow}`;
  if (referenceHigh != null) return `≤ ${referenceHigh}`;
  return referenceText ? quoted(referenceText) : null;
}

/** `18 (L)`, `<5`, `18 (below)`. */
export function resultSaid(marker: LabMarkerFacts): string {
  const { comparator, value, valueText, flag } = marker;
  const result = value == null ? (valueText ? quoted(valueText) : 'no result') : `${comparator ?? ''}${value}`;
  const mark = flag ? (/^[A-Za-z]{1,3}$/.test(flag) ? flag : quoted(flag)) : outsideRange(marker);
  return mark ? `${result} (${mark})` : result;
}

/** On which side of its reference range a number lies; null inside, and where only a bound of the number is known. */
function outsideRange({ comparator, value, referenceLow, referenceHigh }: LabMarkerFacts): 'below' | 'above' | null {
  if (value == null || comparator) return null;
  if (referenceLow != null && value < referenceLow) return 'below';
  return referenceHigh != null && value > referenceHigh ? 'above' : null;
}

/** Whether the laboratory flags the result, or, without its word, the range says that it is out. */
export const isNotable = (marker: LabMarkerFacts): boolean =>
  marker.flag ? !/^(n|normal|-)$/i.test(marker.flag) : outsideRange(marker) !== null;

function renderTest({ date, name, laboratory, markers, insight }: LabTestFacts): string[] {
  const head = `${day(date)}: ${quoted(name)}${laboratory ? `, ${quoted(laboratory)}` : ''}${markers.length > 0 ? `, ${counted(markers.length, 'marker')}` : ''}.`;
  return insight ? [`${head} Insight, as written:`, fenced(insight)] : [head];
}
