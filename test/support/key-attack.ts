/** A server under attack by clients that try keys of every kind, and what its partners notice of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { keyMinter } from '../../src/access/key-secret.ts';
import { deriveKeys } from '../../src/access/secret-keys.ts';
import { createOperator } from './chaos/operator.ts';
import { freePort } from './free-port.ts';
import { createDatabase } from './own-database.ts';
import { startServerProcess } from './processes.ts';

const secretKey = '3c'.repeat(32);
const adminToken = 'attack-admin-token-of-32-characters-or-more';

/** How many keys come for the first time while the attack goes on. */
const coldKeys = 5;

/** With another tag: only this deployment can make the right one. */
const withWrongTag = (key: string) => key.slice(0, -8) + (key.endsWith('0') ? '11111111' : '00000000');

/** A lookup that no row has, or another's. */
const withLookup = (key: string, lookup: string) => key.replace(/_[^_]{12}_/, `_${lookup}_`);

export interface AttackFigures {
  /** Statuses the attackers got, and how often. */
  attackers: Record<string, number>;
  /** Statuses a partner got whose key was known before, and milliseconds. */
  warm: { statuses: number[]; p50Ms: number; p99Ms: number };
  /** Statuses of the first requests with keys that were minted meanwhile. */
  cold: number[];
  /** bcrypts during the attack. */
  compares: number;
  lagP99Ms: number;
}

/** Attacks a server of its own on a database of its own, for that long. */
export async function attackKeys({ seconds, serverUrl }: { seconds: number; serverUrl: string }): Promise<AttackFigures> {
  const database = await createDatabase(serverUrl);
  const client = new pg.Client({ connectionString: database.url });
  const [port, metricsPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const server = await startServerProcess(['serve'], {
    DATABASE_URL: database.url,
    PUBLIC_URL: url,
    SECRET_KEY: secretKey,
    ADMIN_TOKEN: adminToken,
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    TRUST_PROXY_HOPS: '1',
    LOG_LEVEL: 'silent',
  });
  try {
    await client.connect();
    const operator = createOperator(async (path, init) => {
      const response = await fetch(`${url}${path}`, init);
      return { status: response.status, text: await response.text() };
    }, adminToken);
    /** Comes back when it is told to: a busy machine may be too slow for a moment, which is no refusal. */
    const ask = async (key: string): Promise<number> => {
      const response = await fetch(`${url}/api/workout-templates`, { headers: { 'X-API-Key': key } });
      await response.arrayBuffer();
      return response.status === 503 ? sleep(50).then(() => ask(key)) : response.status;
    };
    const readMetrics = async () => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
      return { compares: read('ekiden_bcrypt_compares_total'), lagP99Ms: read('nodejs_eventloop_lag_p99_seconds') * 1_000 };
    };

    const warm = (await operator.mintKey()).plaintext;
    const tried = await keysToTry(operator, client, warm);
    await ask(warm);
    const before = await readMetrics();
    const attackers = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('./key-attackers.ts', import.meta.url)), url, JSON.stringify(tried)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let printed = '';
    attackers.stdout.on('data', (chunk) => {
      printed += chunk;
    });

    const statuses: number[] = [];
    const took: number[] = [];
    const endAt = performance.now() + seconds * 1_000;
    const askWarm = async () => {
      while (performance.now() < endAt) {
        const beganAt = performance.now();
        statuses.push(await ask(warm));
        took.push(performance.now() - beganAt);
        await sleep(5);
      }
    };
    const askCold = async () => {
      const cold: number[] = [];
      for (let count = 0; count < coldKeys; count++) {
        await sleep((seconds * 1_000) / (coldKeys + 1));
        cold.push(await ask((await operator.mintKey()).plaintext));
      }
      return cold;
    };
    const [cold] = await Promise.all([askCold(), askWarm()]);
    const after = await readMetrics();
    attackers.kill('SIGTERM');
    await once(attackers, 'close');
    took.sort((a, b) => a - b);
    const quantile = (share: number) => Math.round((took[Math.floor(took.length * share)] ?? 0) * 10) / 10;
    return {
      attackers: JSON.parse(printed) as Record<string, number>,
      warm: { statuses: [...new Set(statuses)], p50Ms: quantile(0.5), p99Ms: quantile(0.99) },
      cold,
      compares: after.compares - before.compares,
      lagP99Ms: Math.round(after.lagP99Ms * 10) / 10,
    };
  } finally {
    await client.end();
    await server.end('SIGKILL');
    await database.drop();
  }
}

/** Of every kind that is refused: the tag right or wrong, the lookup known or not, the key ended or its hash replaced. */
async function keysToTry(operator: ReturnType<typeof createOperator>, client: pg.Client, warm: string): Promise<string[]> {
  const [revoked, replaced] = [await operator.mintKey(), await operator.mintKey()];
  await operator.insist('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', () => ({ id: revoked.id }));
  await client.query(`UPDATE "ApiKey" SET "secretHash" = (SELECT "secretHash" FROM "ApiKey" WHERE "id" = $1) WHERE "id" = $2`, [
    revoked.id,
    replaced.id,
  ]);
  const neverStored = await keyMinter(deriveKeys([secretKey], 'api-key-tag'))('LIVE');
  const foreign = await keyMinter(deriveKeys(['77'.repeat(32)], 'api-key-tag'))('LIVE');
  return [
    withWrongTag(warm),
    withLookup(warm, 'a1b2c3d4e5f6'),
    withLookup(foreign.plaintext, warm.split('_')[2] ?? ''),
    foreign.plaintext,
    neverStored.plaintext,
    revoked.plaintext,
    replaced.plaintext,
    'sr_live_',
    'x'.repeat(4_000),
  ];
}
