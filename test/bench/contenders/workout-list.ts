/** A page of workouts in one statement, with the total; by hand, with prepared statements. */
import type pg from 'pg';

export interface ListQuery {
  search?: string;
  category?: string;
  updatedSince?: string;
  page: number;
  per_page: number;
  cursor?: string;
}

interface Step {
  durationSeconds?: number;
  distanceMeters?: number;
}

interface Block {
  repeat: number;
  steps: Step[];
}

interface Row {
  id: string | null;
  updatedAt: Date;
  createdAt: Date;
  blocks: Block[];
  total: number;
  [column: string]: unknown;
}

export interface WorkoutPage {
  data: object[];
  page: number;
  per_page: number;
  total: number;
  total_pages: number;
  next?: string;
}

const columns = [
  'id',
  'slug',
  'name',
  'description',
  'category',
  'level',
  'language',
  'attribution',
  'tags',
  'blocks',
  'version',
  'createdAt',
  'updatedAt',
]
  .map((name) => `"${name}"`)
  .join(', ');

/** @throws BadCursor. */
export async function listWorkouts(pool: pg.Pool, query: ListQuery, publicUrl: string): Promise<WorkoutPage> {
  const oldestFirst = query.updatedSince !== undefined;
  const cursor = query.cursor === undefined ? null : parseCursor(query.cursor, oldestFirst);
  const page = cursor?.page ?? query.page;
  const { rows } = await pool.query<Row>(statementOf(query, cursor?.stamp ?? null, page, oldestFirst));
  const total = rows[0]?.total ?? 0;
  const found = rows.filter(({ id }) => id !== null);
  const shown = found.slice(0, query.per_page);
  const last = shown.at(-1);
  const base = { data: shown.map(present), page, per_page: query.per_page, total, total_pages: Math.ceil(total / query.per_page) };
  if (!last || found.length <= query.per_page) return base;
  return { ...base, next: nextAddress(query, `${oldestFirst ? 'oldest' : 'newest'} ${last.updatedAt.getTime()} ${page + 1}`, publicUrl) };
}

function statementOf({ search, category, updatedSince, per_page }: ListQuery, stamp: Date | null, page: number, oldestFirst: boolean) {
  const values: unknown[] = [per_page + 1];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions = [`"visibility" = 'PUBLIC'`, `"status" = 'ACTIVE'`];
  const words = search?.split(/\s+/).filter((word) => word !== '') ?? [];
  if (words.length > 0)
    conditions.push(`"searchText" ILIKE ALL (${value(words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`))}::text[])`);
  if (category) conditions.push(`"category" = ${value(category)}::"WorkoutCategory"`);
  if (updatedSince) conditions.push(`"updatedAt" > ${value(updatedSince)}::timestamptz(3)`);
  const where = conditions.join(' AND ');
  const place = stamp ? `AND "updatedAt" ${oldestFirst ? '>' : '<'} ${value(stamp)}::timestamptz(3)` : '';
  const offset = stamp ? '' : `OFFSET ${value((page - 1) * per_page)}`;
  const order = oldestFirst ? 'ASC' : 'DESC';
  const text = `SELECT counted.total, found.* FROM (SELECT count(*)::int AS total FROM "WorkoutTemplate" WHERE ${where}) AS counted
    LEFT JOIN (SELECT ${columns} FROM "WorkoutTemplate" WHERE ${where} ${place} ORDER BY "updatedAt" ${order} LIMIT $1 ${offset}) AS found ON true
    ORDER BY found."updatedAt" ${order}`;
  const name = ['list', words.length > 0, !!category, !!updatedSince, stamp !== null].join(' ');
  return { name, text, values };
}

/** Nulls become absent. */
function present({ total: _total, ...row }: Row): object {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) if (value !== null) shown[name] = value;
  const duration = totalOf(row.blocks, 'durationSeconds');
  const distance = totalOf(row.blocks, 'distanceMeters');
  if (duration !== null) shown.estimatedDurationSeconds = duration;
  if (distance !== null) shown.estimatedDistanceMeters = distance;
  return shown;
}

function totalOf(blocks: Block[], quantity: keyof Step): number | null {
  let total = 0;
  for (const { repeat, steps } of blocks) {
    for (const step of steps) {
      const amount = step[quantity];
      if (amount === undefined) return null;
      total += repeat * amount;
    }
  }
  return total;
}

export class BadCursor extends Error {}

function parseCursor(cursor: string, oldestFirst: boolean): { stamp: Date; page: number } {
  const [, order, stamp, page] = /^(oldest|newest) (\d{1,15}) (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (order !== (oldestFirst ? 'oldest' : 'newest')) throw new BadCursor('not a cursor of this query');
  return { stamp: new Date(Number(stamp)), page: Number(page) };
}

function nextAddress({ search, category, updatedSince, per_page }: ListQuery, place: string, publicUrl: string): string {
  const query = new URLSearchParams();
  if (search) query.set('search', search);
  if (updatedSince) query.set('updatedSince', new Date(updatedSince).toISOString());
  query.set('per_page', String(per_page));
  query.set('cursor', Buffer.from(place).toString('base64url'));
  if (category) query.set('category', category);
  return `${publicUrl}/api/workout-templates?${query}`;
}
