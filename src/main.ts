/** The server process: configuration → connections → app → listen → drain. */
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ReadableStream } from 'node:stream/web';
import type { Redis } from 'ioredis';
import { createContextLimits } from './access/context-limits.ts';
import { createContextTokens } from './access/context-tokens.ts';
import { createIssuerSessions } from './access/issuer-sessions.ts';
import { keyMinter } from './access/key-secret.ts';
import type { ProviderSignIn } from './access/provider-sign-in.ts';
import { createRateLimit } from './access/rate-limit.ts';
import { deriveKeys } from './access/secret-keys.ts';
import { createSessions, type Sessions } from './access/sessions.ts';
import { createVerdicts } from './access/verdicts.ts';
import { type App, createApp, requestIdOf } from './app.ts';
import type { Config } from './config.ts';
import type { ContextReads, KeyUsage } from './domain/context.ts';
import { createContextReads } from './domain/context-reads.ts';
import { createKeyUsage } from './domain/key-usage.ts';
import { clientAddress } from './http/client-address.ts';
import type { Answer, Incoming } from './http/exchange.ts';
import { commonHeaders } from './http/headers.ts';
import { providerReturnPath } from './http/provider-sign-in.ts';
import { systemClock } from './platform/clock.ts';
import { openDatabase } from './platform/database.ts';
import { createLog, type Log } from './platform/log.ts';
import { packageRoot } from './platform/package-root.ts';
import { connectRedis } from './platform/redis.ts';
import { clockAheadSeconds } from './platform/sync-clock.ts';
import { keptAdminToken, keptSecretKey } from './secrets.ts';
import { startWatchers, type Watchers } from './watchers.ts';

/** What `npm run build` leaves; in development Vite serves the console. */
const consoleFolder = path.join(packageRoot, 'dist/console');

/** For how long requests are still taken after the readiness check has begun to say no. */
const drainMs = 1_000;

export interface RunningServer {
  /** Where it can be reached on this machine. */
  localUrl: string;
  publicUrl: string;
  adminToken: string | undefined;
  database: 'postgres' | 'embedded';
  redis: boolean;
  /** Where Prometheus reads, when it may. */
  metricsUrl: string | undefined;
  /** Answers what has begun, then closes everything. Calling it again changes nothing. */
  stop(): Promise<void>;
}

/** @throws DataFolderInUse, MigrationError, or the cause why a connection or the port cannot be had. */
export async function startServer(config: Config): Promise<RunningServer> {
  const log = createLog(config.logLevel);
  const { databaseUrl, dataDir } = config;
  const database = await openDatabase(databaseUrl ? { databaseUrl } : { dataDir }, log);
  const redis = config.redisUrl ? connectRedis(config.redisUrl, log) : null;
  let draining = false;
  let contextReads: ContextReads | undefined;
  let watchers: Watchers | undefined;
  let keyUsage: KeyUsage | undefined;

  const server = createServer();
  try {
    // The address is part of the answers, so the port must be known before the app is.
    const port = await listen(server, config);
    const localUrl = `http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${port}`;
    const publicUrl = config.publicUrl ?? localUrl;
    const secretKeys = config.secretKeys ?? [keptSecretKey(dataDir)];
    const tagKeys = deriveKeys(secretKeys, 'api-key-tag');
    const verdicts = createVerdicts();
    const sessions = config.sessionIssuer
      ? createIssuerSessions(config.sessionIssuer, systemClock, log)
      : createSessions(deriveKeys(secretKeys, 'session'), systemClock);
    const { pool } = database;
    watchers = await startWatchers(config, { pool, verdicts: verdicts.load, clockAheadSeconds: () => clockAheadSeconds(pool) }, log);
    const { metrics, tracing } = watchers;
    const rateLimit = createRateLimit(redis, log, metrics?.countLimitDecision);
    contextReads = createContextReads(database.db, systemClock, log);
    keyUsage = createKeyUsage(database.db, systemClock, log);
    const adminToken = config.adminToken ?? (databaseUrl ? undefined : keptAdminToken(dataDir));
    const app = createApp({
      gate: {
        access: {
          db: database.db,
          now: systemClock,
          verdicts,
          tagKeys,
          keyEnvironments: config.keyEnvironments,
          adminToken,
          sessions,
        },
        rateLimit,
        base: {
          db: database.db,
          now: systemClock,
          log,
          publicUrl,
          mintKey: keyMinter(tagKeys),
          keyUsage,
          peekLimits: rateLimit.peek,
          mintSession: sessions.mint,
          contextLinks: {
            tokens: createContextTokens(deriveKeys(secretKeys, 'context-token')),
            limits: createContextLimits(rateLimit),
            reads: contextReads,
          },
          trace: tracing?.span,
        },
      },
      contactEmail: config.contactEmail,
      providerSignIn: await signInAt(config, publicUrl, sessions, log),
      consoleFolder: existsSync(consoleFolder) ? consoleFolder : undefined,
      isDraining: () => draining,
      metrics,
      tracing,
    });
    server.on('request', (request, response) => void handle(app, log, request, response, config, () => draining));

    let stopping: Promise<void> | undefined;
    const stop = () => {
      draining = true;
      stopping ??= drain(server)
        .then(() => Promise.all([contextReads?.flush(), keyUsage?.flush()]))
        .then(() => closeAll(database, redis, watchers));
      return stopping;
    };
    return { localUrl, publicUrl, adminToken, database: database.kind, redis: redis !== null, metricsUrl: watchers.metricsUrl, stop };
  } catch (error) {
    server.close();
    await closeAll(database, redis, watchers);
    throw error;
  }
}

async function signInAt({ sessionIssuer }: Config, publicUrl: string, sessions: Sessions, log: Log): Promise<ProviderSignIn | null> {
  if (!sessionIssuer?.clientId) return null;
  // Only who signs in at a provider needs the client for it.
  const { createProviderSignIn } = await import('./access/provider-sign-in.ts');
  const { issuer, clientId, clientSecret } = sessionIssuer;
  return createProviderSignIn({ issuer, clientId, clientSecret, redirectUrl: `${publicUrl}${providerReturnPath}` }, sessions, log);
}

function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function drain(server: Server): Promise<void> {
  // Balancers need a moment to see /readyz change; until then requests still come and are answered.
  await new Promise((resolve) => setTimeout(resolve, drainMs));
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await closed;
}

async function closeAll(database: { close(): Promise<void> }, redis: Redis | null, watchers: Watchers | undefined): Promise<void> {
  redis?.disconnect();
  await database.close();
  await watchers?.stop();
}

async function handle(
  app: App,
  log: Log,
  request: IncomingMessage,
  response: ServerResponse,
  { trustProxyHops, publicUrl }: Config,
  isDraining: () => boolean,
): Promise<void> {
  if (isDraining()) response.setHeader('Connection', 'close');
  const incoming = incomingOf(request, trustProxyHops);
  try {
    const answer = app.read(incoming);
    if (answer) send(response, await answer);
    else await sendResponse(response, await app.fetch(requestOf(request, incoming), incoming.address));
  } catch (error) {
    log.error({ requestId: incoming.requestId, err: error }, 'a request failed outside its door');
    if (!response.headersSent) response.writeHead(500, commonHeaders(publicUrl));
    response.end();
  } finally {
    // What was refused unread is thrown away: the connection's next request stands behind it.
    request.resume();
  }
}

function incomingOf({ method = 'GET', url = '/', headersDistinct, socket }: IncomingMessage, trustProxyHops: number): Incoming {
  const [path = '/', ...query] = url.split('?');
  // Node's `headers` keeps the first of two Authorization headers and hides the second, which must be refused.
  const header = (name: string) => headersDistinct[name]?.join(', ') ?? null;
  const address = clientAddress(socket.remoteAddress, header('x-forwarded-for'), trustProxyHops);
  return { method, path, query: query.join('?'), header, address, requestId: requestIdOf(header('x-request-id')) };
}

function requestOf(request: IncomingMessage, { method, requestId }: Incoming): Request {
  const headers = new Headers(
    Object.entries(request.headersDistinct).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value])),
  );
  headers.set('x-request-id', requestId);
  const body = method === 'GET' || method === 'HEAD' ? null : (ReadableStream.from(bodyOf(request)) as unknown as BodyInit);
  return new Request(`http://gateway${request.url}`, { method, headers, ...(body && { body, duplex: 'half' }) });
}

/** The body, which may be left where it is in the middle: `Readable.toWeb` would take the connection down with it. */
const bodyOf = (request: IncomingMessage): AsyncIterable<Uint8Array> => request.iterator({ destroyOnReturn: false });

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}

async function sendResponse(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  answer.headers.set('Content-Length', String(body.byteLength));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(body);
}
