/** The statement behind a list of templates: a page of rows and how many there are in all, from one and the same moment. */
import { hash } from 'node:crypto';
import { Prisma } from '../../prisma/generated/client/client.ts';
import type { CatalogueStamps } from './caller.ts';
import type { Context } from './context.ts';
import { epochMs } from './rows-as-json.ts';

/** One of the two tables, as far as reading goes. */
export interface TemplateTable {
  name: 'WorkoutTemplate' | 'TrainingPlanTemplate';
  /** Which stamp of the catalogue moves with it; the clock's columns about it begin so. */
  stamp: keyof CatalogueStamps;
  /** Everything that makes up a row. */
  columns: readonly string[];
}

/** Which rows are listed, and what helps to count them. */
export interface TemplateChoice {
  /** All of this is counted. */
  where: Prisma.Sql;
  /** Where nothing else chooses but the time of the last change: what the clock counts of it all, and the rows too old to be listed. */
  whole: { counts: ('Visible' | 'Removed')[]; tooOld: Prisma.Sql | null } | null;
  /** Whether the text of the statement is one of few, so that connections may keep it prepared. */
  isCommon: boolean;
  /** Whether to tell what is listed takes so long that it should be done once, for page and total together. */
  isSearch: boolean;
}

export interface TemplateRowsQuery extends TemplateChoice {
  /** Where in the list the page begins. */
  after: Prisma.Sql | null;
  order: 'oldest' | 'newest';
  skip: number;
  take: number;
  /** False: only what tells the state of a row, its content aside. */
  withContent: boolean;
}

/** What tells the state of a row. */
const stateColumns = ['id', 'version', 'updatedAt', 'removedVersion', 'removedReason'] as const;

interface Total {
  /** The catalogue's stamp when it was counted. */
  stamp: number;
  total: number;
}

/**
 * The rows of a page in its order, and the total. Counting takes longer the more there is to count, so a total that the clock
 * does not count is kept, and goes on being used for as long as the stamp that comes with the rows is the one it was counted at.
 */
export async function readTemplateRows<Row extends Stamped>(
  { run, atHand, caller }: Context,
  table: TemplateTable,
  query: TemplateRowsQuery,
): Promise<{ rows: Row[]; total: number }> {
  const read = async (counting: boolean) => {
    const sql = statementOf(table, query, counting);
    const statement = { text: sql.text, ...(query.isCommon && { name: hash('sha256', sql.text, 'base64url') }) };
    const [found] = await run<Found<Row>>(statement, sql.values);
    if (!found) throw new Error('the clock has lost its row');
    return { ...found, rows: found.rows.map(revived<Row>) };
  };
  // What the clock counts comes with every page.
  if (query.whole && !query.whole.tooOld) return read(true);
  const { text, values } = query.where;
  const totalKey = `total ${table.name} ${text} ${JSON.stringify(values)}`;
  const known = atHand.get<Total>(totalKey);
  // With a partner's key came the stamp of that moment: what was counted before it need not be tried.
  const isOld = caller.kind === 'partner' && caller.catalogue[table.stamp] !== known?.stamp;
  if (known && !isOld) {
    const { rows, stamp } = await read(false);
    if (stamp === known.stamp) return { rows, total: known.total };
  }
  const { rows, stamp, total } = await read(true);
  atHand.keep(totalKey, { stamp, total } satisfies Total, 32);
  return { rows, total };
}

/** What every row has that JSON has no word for. */
interface Stamped {
  updatedAt: Date;
  createdAt?: Date;
}

/** A row as JSON has it. */
type Written<Row> = Omit<Row, keyof Stamped> & { updatedAt: string; createdAt?: string };

interface Found<Row> extends Total {
  rows: Written<Row>[];
}

const revived = <Row extends Stamped>(row: Written<Row>): Row =>
  Object.assign(row, {
    updatedAt: new Date(row.updatedAt),
    ...(row.createdAt !== undefined && { createdAt: new Date(row.createdAt) }),
  }) as unknown as Row;

// One row, so that an empty page still tells the stamp and the total; the page as one JSON column, because the driver takes
// longer over each value of each row than over a text.
function statementOf(table: TemplateTable, query: TemplateRowsQuery, counting: boolean): Prisma.Sql {
  const name = Prisma.raw(`"${table.name}"`);
  const columns = Prisma.raw((query.withContent ? table.columns : stateColumns).map((column) => `"${column}"`).join(', '));
  const direction = Prisma.raw(query.order === 'oldest' ? 'ASC' : 'DESC');
  const isOnce = counting && query.isSearch;
  const listed = isOnce ? Prisma.sql`listed` : Prisma.sql`${name} WHERE ${query.where}`;
  const after = query.after ? Prisma.sql`${isOnce ? Prisma.sql`WHERE` : Prisma.sql`AND`} ${query.after}` : Prisma.empty;
  const page = Prisma.sql`FROM ${listed} ${after} ORDER BY "updatedAt" ${direction} LIMIT ${query.take} OFFSET ${query.skip}`;
  return Prisma.sql`
    ${isOnce ? Prisma.sql`WITH listed AS MATERIALIZED (SELECT "id", "updatedAt" FROM ${name} WHERE ${query.where})` : Prisma.empty}
    SELECT ${Prisma.raw(epochMs(`"${table.stamp}At"`))} AS "stamp",
      ${counting ? totalOf(table, query, Prisma.sql`(SELECT count(*)::int FROM ${listed})`) : Prisma.sql`0`} AS "total", (
      SELECT coalesce(json_agg(page ORDER BY page."updatedAt" ${direction}), '[]') FROM (
        SELECT ${columns} ${isOnce ? Prisma.sql`FROM ${name} WHERE "id" IN (SELECT "id" ${page})` : page}) AS page) AS "rows"
    FROM "SyncClock" WHERE "id" = 1`;
}

/** The clock's count, which costs nothing, where every row that it counts is listed. */
function totalOf({ name, stamp }: TemplateTable, { whole }: TemplateRowsQuery, counted: Prisma.Sql): Prisma.Sql {
  if (!whole) return counted;
  const known = Prisma.raw(whole.counts.map((count) => `"${stamp}${count}"`).join(' + '));
  if (!whole.tooOld) return known;
  return Prisma.sql`CASE WHEN EXISTS (SELECT FROM ${Prisma.raw(`"${name}"`)} WHERE ${whole.tooOld}) THEN ${counted} ELSE ${known} END`;
}
