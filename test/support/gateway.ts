/** A whole gateway in this process, on a database of its own, asked through its real doors. */
import { Writable } from 'node:stream';
import { createContextLimits } from '../../src/access/context-limits.ts';
import { createContextTokens } from '../../src/access/context-tokens.ts';
import { createIssuerSessions, type SessionIssuer } from '../../src/access/issuer-sessions.ts';
import { keyMinter } from '../../src/access/key-secret.ts';
import { createRateLimit, type RateLimit } from '../../src/access/rate-limit.ts';
import { deriveKeys, secretKeyIdOf } from '../../src/access/secret-keys.ts';
import { createSessions } from '../../src/access/sessions.ts';
import { createVerdicts } from '../../src/access/verdicts.ts';
import { type App, type AppParts, createApp } from '../../src/app.ts';
import { createContextReads } from '../../src/domain/context-reads.ts';
import { createKeyUsage } from '../../src/domain/key-usage.ts';
import type { SessionRole } from '../../src/domain/session.ts';
import { type AtHand, createAtHand } from '../../src/platform/at-hand.ts';
import { createBackupWriter } from '../../src/platform/backup-file.ts';
import type { Db } from '../../src/platform/database.ts';
import { createLog } from '../../src/platform/log.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { scratchFolder } from './processes.ts';
import { whenDone } from './when-done.ts';

export const publicUrl = 'https://gateway.example';
export const adminToken = 'test-admin-token-of-32-characters-or-more';
export const secretKey = '11'.repeat(32);

export interface Gateway {
  app: App;
  /** What the app was made of, for a second one that differs in something. */
  parts: AppParts;
  db: Db;
  database: TestDatabase;
  /** Writes down the reads of context links that were counted so far. */
  flushReads(): Promise<void>;
  /** Writes down what was asked with API keys so far. */
  flushUsage(): Promise<void>;
  /** What the gateway takes for the present. Tests may set it. */
  clock: { now: Date };
  /** Everything it has logged so far. */
  logged(): string;
  /** GET unless `init` says otherwise, with an API key unless it is null. */
  get(path: string, apiKey?: string | null, init?: RequestInit): Promise<Response>;
  /** GraphQL as the operator unless other headers are given. */
  graphql<T = Record<string, unknown>>(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphqlAnswer<T>>;
  /** The headers of a session that the gateway's own key signs; a runner's subject is their id unless something else was agreed. */
  session(role: SessionRole, subject: string): Promise<Record<string, string>>;
  /** A new partner's key. Its plaintext, and its id for revoking it. */
  mintKey(input?: object): Promise<{ plaintext: string; id: string; partnerId: string }>;
}

export interface GraphqlAnswer<T> {
  status: number;
  data: T;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> & { code: string } }[];
}

export interface GatewayOptions {
  keyEnvironments?: string[];
  /** The identity provider that signs sessions; without one the gateway does. */
  issuer?: SessionIssuer;
  rateLimit?: RateLimit;
  /** Where answers are kept; by default in a place of its own. */
  atHand?: AtHand;
  /** A built console to serve. */
  consoleFolder?: string;
  /** Newest first. */
  secretKeys?: string[];
  /** Share the database of another gateway, as a second node does. */
  database?: TestDatabase;
}

/** A second gateway on the database of another, which fails with this error at whatever it counts. */
export function startFailingGateway(database: TestDatabase, error: Error): Promise<Gateway> {
  const fail = () => Promise.reject(error);
  return startGateway({ database, rateLimit: { consume: fail, consumePerMinute: fail, peek: fail } });
}

/** Whole API keys, the addresses of contexts and sessions: a log line with one of them would hand it on. */
const credentials = /sr_(live|test)_\w{12}_\w{51}|runner-context\/[\w-]{43}|eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/;

/** Every test that starts a gateway asks this of its log, whatever else it is about. */
function requireNoCredential(log: string): void {
  const [found] = credentials.exec(log) ?? [];
  if (found) throw new Error(`a credential reached the log: ${found}`);
}

/** Made when it is written to, and gone when the gateway is. */
function backupFolder(): string {
  const folder = scratchFolder();
  whenDone(folder.remove);
  return folder.path;
}

/** Starts a gateway for the test that runs, or for a whole file; it is closed when that is done. */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLog('debug', sink);
  const database = options.database ?? (await openTestDatabase(log));
  if (!options.database) whenDone(() => database.close());
  whenDone(() => requireNoCredential(lines.join('')));
  const clock = { now: new Date() };
  const now = () => clock.now;
  const { secretKeys = [secretKey] } = options;
  const tagKeys = deriveKeys(secretKeys, 'api-key-tag');
  const { db, run, lookUp } = database;
  const ownSessions = createSessions(deriveKeys(secretKeys, 'session'), now);
  const sessions = options.issuer ? createIssuerSessions(options.issuer, now, log) : ownSessions;
  const rateLimit = options.rateLimit ?? createRateLimit(null, log);
  const contextLinks = {
    tokens: createContextTokens(deriveKeys(secretKeys, 'context-token')),
    limits: createContextLimits(rateLimit),
    reads: createContextReads(db, now, log),
  };
  const keyUsage = createKeyUsage(db, now, log);
  const parts: AppParts = {
    gate: {
      access: {
        db,
        lookUp,
        now,
        verdicts: createVerdicts(),
        tagKeys,
        keyEnvironments: options.keyEnvironments ?? ['LIVE', 'TEST'],
        adminToken,
        sessions,
      },
      rateLimit,
      base: {
        db,
        run,
        lookUp,
        atHand: options.atHand ?? createAtHand(),
        now,
        log,
        publicUrl,
        mintKey: keyMinter(tagKeys),
        secretKeyIds: tagKeys.map(secretKeyIdOf),
        writeBackup: database.dump && createBackupWriter(database.dump, backupFolder()),
        keyUsage,
        peekLimits: rateLimit.peek,
        mintSession: sessions.mint,
        contextLinks,
      },
    },
    contactEmail: 'partners@gateway.example',
    consoleFolder: options.consoleFolder,
    providerSignIn: null,
    isDraining: () => false,
  };
  const app = createApp(parts);
  // Files of one process run one after the other: what is written down later would be in the next one's statements and traces.
  whenDone(async () => {
    const logged = lines.length;
    await Promise.all([keyUsage.flush(), contextLinks.reads.flush()]);
    const failure = lines.slice(logged).find((line) => line.includes('were not counted'));
    if (failure) throw new Error(`a gateway that is done goes on trying: ${failure}`);
  });

  const graphql: Gateway['graphql'] = async (query, variables = {}, headers = { Authorization: `Bearer ${adminToken}` }) => {
    const response = await app.fetch(
      new Request(`${publicUrl}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    );
    return { status: response.status, ...((await response.json()) as { data: never }) };
  };

  return {
    app,
    parts,
    db,
    database,
    flushReads: contextLinks.reads.flush,
    flushUsage: keyUsage.flush,
    clock,
    logged: () => lines.join(''),
    get(path, apiKey = null, init = {}) {
      const headers = { ...(apiKey !== null && { 'X-API-Key': apiKey }), ...(init.headers as Record<string, string> | undefined) };
      return app.fetch(new Request(`${publicUrl}${path}`, { ...init, headers }));
    },
    graphql,
    async session(role, subject) {
      const { token } = await ownSessions.mint({ role, subject }, 3_600);
      return { Authorization: `Bearer ${token}` };
    },
    async mintKey(input = {}) {
      const partner = await graphql<{ createPartner: { id: string } }>(
        'mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { id } }',
        { input: { name: `partner-${crypto.randomUUID()}` } },
      );
      const partnerId = partner.data.createPartner.id;
      const minted = await graphql<{ createApiKey: { plaintext: string; apiKey: { id: string } } }>(
        'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { plaintext apiKey { id } } }',
        { input: { partnerId, environment: 'LIVE', ...input } },
      );
      const { plaintext, apiKey } = minted.data.createApiKey;
      return { plaintext, id: apiKey.id, partnerId };
    },
  };
}
