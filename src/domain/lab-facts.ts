/** What the section labs is made of. */
import { sharedLabTests } from './excluded-sources.ts';
import { columnsOf, rowsAsJson } from './rows-as-json.ts';
import type { LabFacts, LabMarkerFacts, LabTestFacts } from './runner-context/facts.ts';

const textColumns = ['name', 'code', 'comparator', 'valueText', 'unit', 'referenceText', 'flag'] as const;
const numberColumns = ['value', 'referenceLow', 'referenceHigh'] as const;

/** As the statement finds it. */
export interface FoundLabs {
  tests: (Omit<LabTestFacts, 'markers'> & { markers: (string | null)[][] | null })[];
}

/** A marker is an array of texts: as objects the markers of twenty years take Postgres more than twice the time. */
const marker = `ARRAY[${columnsOf(textColumns)}, ${numberColumns.map((column) => `"${column}"::text`).join(', ')}]`;

const tests = `
  SELECT "date", "name", "laboratory", "insight",
    (SELECT to_json(array_agg(${marker} ORDER BY "position")) FROM "LabMarker" WHERE "labTestId" = test."id") AS "markers"
  FROM "LabTest" AS test WHERE ${sharedLabTests} ORDER BY "date" DESC, "name"`;

/** `FoundLabs`, in a statement whose $1 is the runner. */
export const labsJson = `json_build_object('tests', ${rowsAsJson(tests)})`;

export const labFacts = ({ tests }: FoundLabs): LabFacts => ({
  tests: tests.map(({ markers, ...test }) => ({ markers: (markers ?? []).map(markerFacts), ...test })),
});

function markerFacts([name, code, comparator, valueText, unit, referenceText, flag, ...numbers]: (string | null)[]): LabMarkerFacts {
  const [value, referenceLow, referenceHigh] = numbers.map((text) => (text === null ? null : Number(text)));
  return {
    name: name ?? '',
    code,
    comparator: comparator as LabMarkerFacts['comparator'],
    value,
    valueText,
    unit,
    referenceLow,
    referenceHigh,
    referenceText,
    flag,
  };
}
