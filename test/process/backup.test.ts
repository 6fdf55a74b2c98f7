/** Backups of the embedded database: taken while it serves, restored into an empty folder, refused where they would mix. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { restoreBackup } from '../../src/platform/restore.ts';
import { type RunningProcess, run, scratchFolder, startServerProcess } from '../support/processes.ts';

const folder = scratchFolder();
const inFolder = (name: string) => path.join(folder.path, name);
const dataDir = inFolder('first');
const servers: RunningProcess[] = [];
afterAll(async () => {
  for (const server of servers) await server.end('SIGKILL');
  folder.remove();
});

async function serve(place: string): Promise<RunningProcess> {
  const server = await startServerProcess(['serve'], { DATA_DIR: place });
  servers.push(server);
  return server;
}

const first = await serve(dataDir);
const client = { DATA_DIR: dataDir, EKIDEN_URL: first.url };
const backup = inFolder('backup.tar.gz');

/** Asks the server as its operator; null when it could not be reached or said no. */
async function graphql<T>(server: RunningProcess, place: string, query: string, variables: object = {}): Promise<T> {
  const token = readFileSync(path.join(place, 'admin-token'), 'utf8').trim();
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  const answer = (await (
    await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  ).json()) as {
    data: T;
    errors?: unknown;
  };
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

/** Every row of every table, but those that a backup and a read write of themselves. */
async function rowsIn(place: string): Promise<Record<string, unknown[]>> {
  const embedded = await openEmbeddedPostgres(place);
  const pool = new pg.Pool(embedded.connection);
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const found: Record<string, unknown[]> = {};
  for (const { name } of tables) found[name] = (await pool.query(`SELECT to_jsonb(t) AS row FROM "${name}" AS t ORDER BY t::text`)).rows;
  await pool.end();
  await embedded.close();
  return found;
}

const instantOf = (event: unknown) => (event as { row: { at: string } }).row.at;

const ofPartners = 'partner-while-';

it('a backup that is taken while others write is one moment of the database, and restores to it', async () => {
  await graphql(first, dataDir, 'mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun } } }', {
    input: JSON.parse(readFileSync('src/demo/catalogue.json', 'utf8')),
  });
  const partner = await graphql<{ createPartner: { id: string } }>(
    first,
    dataDir,
    'mutation { createPartner(input: { name: "partner-a" }) { id } }',
  );
  const minted = await graphql<{ createApiKey: { plaintext: string } }>(
    first,
    dataDir,
    'mutation ($id: ID!) { createApiKey(input: { partnerId: $id, environment: LIVE }) { plaintext } }',
    { id: partner.createPartner.id },
  );
  const { plaintext } = minted.createApiKey;

  let acknowledged = 0;
  let isWriting = true;
  const writer = (async () => {
    while (isWriting) {
      await graphql(first, dataDir, `mutation { createPartner(input: { name: "${ofPartners}${acknowledged + 1}" }) { id } }`);
      acknowledged += 1;
    }
  })();
  await expect.poll(() => acknowledged, { interval: 20, timeout: 20_000 }).toBeGreaterThan(5);
  const before = acknowledged;
  const written = await run(['backup', backup], client);
  const after = acknowledged;
  isWriting = false;
  await writer;
  expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining('does not hold the secret key') });
  expect(statSync(backup).mode & 0o777).toBe(0o600);
  expect(readdirSync(path.join(dataDir, 'backups'))).toEqual([]);

  const second = inFolder('second');
  const restored = await run(['restore', backup], { DATA_DIR: second });
  expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('put the secret-key of the old data folder into') });
  expect(readdirSync(second)).toEqual(['postgres']);
  const rows = await rowsIn(second);
  const names = rows.Partner?.map((row) => (row as { row: { name: string } }).row.name).filter((name) => name.startsWith(ofPartners)) ?? [];
  // A prefix of what was acknowledged, or one more whose answer was under way: nothing is missing in between.
  expect(names.length).toBeGreaterThanOrEqual(before);
  expect(names.length).toBeLessThanOrEqual(after + 1);
  expect(new Set(names)).toEqual(new Set(names.map((_name, index) => `${ofPartners}${index + 1}`)));
  // Written in one transaction each, so both are there or neither.
  const events = rows.AuditEvent?.filter((row) => (row as { row: { action: string } }).row.action === 'partner.create');
  expect(events).toHaveLength(names.length + 1);

  writeFileSync(path.join(second, 'secret-key'), readFileSync(path.join(dataDir, 'secret-key')), { mode: 0o600 });
  const server = await serve(second);
  const asked = async (url: string) => {
    const answer = await fetch(`${url}/api/workout-templates?per_page=100`, { headers: { 'X-API-Key': plaintext } });
    return { status: answer.status, body: ((await answer.json()) as { data: unknown[] }).data };
  };
  expect(await asked(server.url)).toEqual(await asked(first.url));
  await server.end();
}, 180_000);

it('a restore is refused where it would mix, and a damaged file everywhere; nothing is left of it', async () => {
  const refused = async (file: string, place: string, reason: RegExp) => {
    const before = existsSync(place) ? readdirSync(place).toSorted() : null;
    await expect(restoreBackup(file, place)).rejects.toThrow(reason);
    expect(existsSync(place) ? readdirSync(place).toSorted() : null).toEqual(before);
  };
  await refused(backup, dataDir, new RegExp(`in use by process ${first.pid}`));
  const occupied = inFolder('occupied');
  mkdirSync(path.join(occupied, 'postgres'), { recursive: true });
  await refused(backup, occupied, /is not empty \(postgres\)/);

  const whole = readFileSync(backup);
  const fresh = inFolder('fresh');
  const cut = inFolder('cut.tar.gz');
  writeFileSync(cut, whole);
  truncateSync(cut, Math.floor(whole.length / 2));
  await refused(cut, fresh, /is not a whole backup/);
  const flipped = Buffer.from(whole);
  flipped.writeUInt8(flipped.readUInt8(whole.length >> 1) ^ 1, whole.length >> 1);
  const damaged = inFolder('damaged.tar.gz');
  writeFileSync(damaged, flipped);
  await refused(damaged, fresh, /is not a whole backup/);
  const other = inFolder('other.tar.gz');
  writeFileSync(other, gzipSync('something else'));
  await refused(other, fresh, /is not the backup of a gateway/);
  await refused(inFolder('nowhere'), fresh, /cannot be read/);
  expect(await run(['restore', cut], { DATA_DIR: fresh })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Nothing was restored: .* is not a whole backup: unexpected end of file\.\n$/),
  });
}, 120_000);

it("a backup never overwrites a file, and is an operator's", async () => {
  expect(await run(['backup', backup], client)).toMatchObject({ code: 1, stderr: expect.stringContaining('not overwritten') });
  const stranger = await run(['backup', inFolder('stolen')], { ...client, EKIDEN_TOKEN: 'not-the-token-of-this-server-at-all' });
  expect(stranger.code).toBe(1);
  expect(existsSync(inFolder('stolen'))).toBe(false);
});

it('a backup of a gateway at rest holds every row of every table', async () => {
  const file = inFolder('at-rest.tar.gz');
  expect((await run(['backup', file], client)).code).toBe(0);
  await first.end();
  const copy = inFolder('copy');
  await restoreBackup(file, copy);
  const [original, restored] = [await rowsIn(dataDir), await rowsIn(copy)];
  // The record of the backup itself is written after it.
  const last = original.AuditEvent?.toSorted((one, other) => instantOf(one).localeCompare(instantOf(other))).at(-1);
  expect(last).toMatchObject({ row: { action: 'backup.create' } });
  original.AuditEvent = original.AuditEvent?.filter((row) => row !== last) ?? [];
  expect(restored).toEqual(original);
  expect(restored.WorkoutTemplate?.length).toBeGreaterThan(5);
}, 120_000);
