/** A database that an earlier version filled, under this one: what partners and readers were answered they are answered still. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { missingFrom } from './support/additive.ts';
import { type Gateway, startGateway } from './support/gateway.ts';
import { openUpgradedDatabase } from './support/previous-database.ts';
import { previousSecretKey, previousVersion } from './support/previous-version.ts';

const previous = previousVersion();
const database = await openUpgradedDatabase();
afterAll(() => database.close());
const gateway = await startGateway({ secretKeys: [previousSecretKey], database });
gateway.clock.now = new Date(previous.recordedAt);

describe('after the upgrade', () => {
  it.each(
    previous.requests.map(
      (recorded) => [recorded.request.replace(/runner-context\/[\w-]{43}/, 'runner-context/:token'), recorded] as const,
    ),
  )('%s is answered as before', async (_name, { request, key, status, contentType, body }) => {
    const answer = await gateway.get(request, key);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, contentType]);
    const answered: unknown = contentType?.includes('json') ? await answer.json() : await answer.text();
    expect(missingFrom(answered, body)).toEqual([]);
  });

  it('what it was asked before is every documented path with every parameter', () => {
    const asked = previous.requests.map(({ request }) => new URL(request, 'https://gateway.example'));
    const { paths } = JSON.parse(readFileSync('schema/released/openapi.json', 'utf8')) as ReleasedPaths;
    const unasked = Object.entries(paths).flatMap(([template, { get }]) => {
      const pattern = new RegExp(`^/api${template.replaceAll(/\{\w+\}/g, '[^/.]+')}$`);
      const here = asked.filter(({ pathname }) => pattern.test(pathname));
      const parameters = get.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name ?? '');
      return here.length === 0
        ? [template]
        : parameters.filter((name) => !here.some(({ searchParams }) => searchParams.has(name))).map((name) => `${template}?${name}`);
    });
    expect(unasked).toEqual([]);
  });
});

interface ReleasedPaths {
  paths: Record<string, { get: { parameters: { name?: string; in?: string }[] } }>;
}

describe('while the earlier version still runs on the same database', () => {
  it('every statement it sends is understood', async () => {
    expect(previous.statements.length).toBeGreaterThan(100);
    const refused: string[] = [];
    for (const [index, statement] of previous.statements.entries()) {
      const error = await refusalOf(gateway, `earlier_${index}`, statement);
      if (error) refused.push(`${error}: ${statement.slice(0, 200)}`);
    }
    expect(refused).toEqual([]);
  });

  it('every row it writes is taken: no column it does not know of needs a value', async () => {
    const needed = await gateway.database.pool.query<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'`,
    );
    const inserts = previous.statements.flatMap((statement) =>
      [...statement.matchAll(/INSERT INTO (?:"public"\.)?"(\w+)" \(([^)]*)\)/g)].map(([, table = '', columns = '']) => ({
        table,
        columns,
      })),
    );
    expect(inserts.length).toBeGreaterThan(10);
    const faults = inserts.flatMap(({ table, columns }) =>
      needed.rows.filter((row) => row.table === table && !columns.includes(`"${row.column}"`)).map(({ column }) => `${table}.${column}`),
    );
    expect(faults).toEqual([]);
  });
});

/** Has Postgres plan the statement, without running it; what it says against it. */
async function refusalOf({ database: { pool } }: Gateway, name: string, statement: string): Promise<string | null> {
  try {
    await pool.query(`PREPARE ${name} AS ${statement}`);
    await pool.query(`DEALLOCATE ${name}`);
    return null;
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.message;
    throw error;
  }
}
