/** The lines of lab tests: a file that lists them replaces those that were there. */
import type { Tx } from '../context.ts';
import type { ImportCount } from '../import-report.ts';
import { labTests } from './collections.ts';
import type { Entry } from './merge.ts';
import type { Item } from './read-item.ts';
import { labMarkerShape } from './shapes.ts';

const columns = Object.keys(labMarkerShape.fields);

/** What is compared and exported of a marker. */
export const markerItem = (row: Item): Item =>
  Object.fromEntries(columns.filter((name) => row[name] !== null && row[name] !== undefined).map((name) => [name, row[name]]));

/** Takes the markers out of the entries, so that the tests themselves can be merged; gives them by the test's key. */
export function takeMarkers(entries: Entry[]): Map<string, Item[]> {
  const byKey = new Map<string, Item[]>();
  for (const { item } of entries) {
    const [key = ''] = labTests.keysOf(item);
    if (item.markers !== undefined) byKey.set(key, item.markers as Item[]);
    delete item.markers;
  }
  return byKey;
}

/** Writes the markers of tests that are there by now; a test whose markers changed counts as updated. */
export async function mergeMarkers(tx: Tx, runnerId: string, markers: Map<string, Item[]>, count: ImportCount): Promise<void> {
  const rows = await labTests.table(tx).findMany({ where: { runnerId }, include: { markers: { orderBy: { position: 'asc' } } } });
  for (const row of rows) {
    const given = markers.get(labTests.keysOf(row)[0] ?? '');
    const stored = (row.markers as Item[]).map(markerItem);
    if (!given || JSON.stringify(given.map(markerItem)) === JSON.stringify(stored)) continue;
    await tx.labMarker.deleteMany({ where: { labTestId: row.id } });
    const data = given.map((marker, position) => ({ ...(marker as { name: string }), labTestId: row.id, position }));
    await tx.labMarker.createMany({ data });
    if (stored.length > 0 && count.unchanged > 0) {
      count.unchanged -= 1;
      count.updated += 1;
    }
  }
}
