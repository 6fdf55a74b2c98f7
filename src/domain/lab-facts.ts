/** What the section labs is made of. */
import { sharedLabTests } from './excluded-sources.ts';
import { rowsAsJson } from './rows-as-json.ts';

const tests = `
  SELECT "date", "name", "laboratory", "insight",
    ${rowsAsJson(`SELECT "name", "code", "comparator", "value", "valueText", "unit", "referenceLow", "referenceHigh", "referenceText", "flag"
      FROM "LabMarker" WHERE "labTestId" = test."id" ORDER BY "position"`)} AS "markers"
  FROM "LabTest" AS test WHERE ${sharedLabTests} ORDER BY "date" DESC, "name"`;

/** `LabFacts`, in a statement whose $1 is the runner. */
export const labsJson = `json_build_object('tests', ${rowsAsJson(tests)})`;
