/** The server process: configuration → connections → app → listen → drain. */
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Redis } from 'ioredis';
import { createContextLimits } from './access/context-limits.ts';
import { createContextTokens } from './access/context-tokens.ts';
import { createIssuerSessions } from './access/issuer-sessions.ts';
import { keyMinter } from './access/key-secret.ts';
import type { ProviderSignIn } from './access/provider-sign-in.ts';
import { createRateLimit } from './access/rate-limit.ts';
import { deriveKeys, secretKeyIdOf } from './access/secret-keys.ts';
import { createSessions, type Sessions } from './access/sessions.ts';
import { createVerdicts } from './access/verdicts.ts';
import type { App } from './app.ts';
import type { Config } from './config.ts';
import type { ContextReads, KeyUsage } from './domain/context.ts';
import { createContextReads } from './domain/context-reads.ts';
import { createKeyUsage } from './domain/key-usage.ts';
import { createDrain } from './drain.ts';
import { createHttpServer, refuseWhileStarting } from './http/connections.ts';
import { answerRequest } from './http/node-server.ts';
import { providerReturnPath } from './http/provider-sign-in.ts';
import { createAtHand } from './platform/at-hand.ts';
import { createBackupWriter } from './platform/backup-file.ts';
import { systemClock } from './platform/clock.ts';
import { openDatabase } from './platform/database.ts';
import { createLog, type Log } from './platform/log.ts';
import { packageRoot } from './platform/package-root.ts';
import { clockAheadSeconds } from './platform/sync-clock.ts';
import { keptAdminToken, keptSecretKeys } from './secrets.ts';
import { startWatchers, type Watchers } from './watchers.ts';

/** What `npm run build` leaves; in development Vite serves the console. */
const consoleFolder = path.join(packageRoot, 'dist/console');

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
  const opening = openDatabase(databaseUrl ? { databaseUrl } : { dataDir }, log);
  // Half of a start is loading the doors and their schema; the database opens meanwhile.
  const loading = import('./app.ts');
  // Waited for below, where a fault in it closes the database again.
  loading.catch(() => undefined);
  const database = await opening;
  let redis: Redis | null = null;
  let contextReads: ContextReads | undefined;
  let watchers: Watchers | undefined;
  let keyUsage: KeyUsage | undefined;

  const server = createHttpServer();
  const close = async () => {
    await Promise.all([contextReads?.flush(), keyUsage?.flush()]);
    await closeAll(database, redis, watchers);
  };
  const drain = createDrain(server, close, log);
  let app: App | undefined;
  server.on('request', (request, response) => {
    if (app)
      void answerRequest(
        { doors: app, log, publicUrl: config.publicUrl, trustProxyHops: config.trustProxyHops, isDraining: drain.hasBegun },
        request,
        response,
      );
    else refuseWhileStarting(response);
  });
  try {
    redis = config.redisUrl ? await (await import('./platform/redis.ts')).connectRedis(config.redisUrl, log) : null;
    // The address is part of the answers, so the port must be known before the app is.
    const port = await listen(server, config);
    const localUrl = `http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${port}`;
    const publicUrl = config.publicUrl ?? localUrl;
    const secretKeys = config.secretKeys ?? keptSecretKeys(dataDir);
    const tagKeys = deriveKeys(secretKeys, 'api-key-tag');
    const verdicts = createVerdicts();
    const atHand = createAtHand();
    const sessions = config.sessionIssuer
      ? createIssuerSessions(config.sessionIssuer, systemClock, log)
      : createSessions(deriveKeys(secretKeys, 'session'), systemClock);
    const { pool, pools } = database;
    watchers = await startWatchers(
      config,
      { pools, verdicts: verdicts.load, atHand: atHand.load, clockAheadSeconds: () => clockAheadSeconds(pool) },
      log,
    );
    const { metrics, tracing } = watchers;
    const run = tracing ? tracing.statements(database.run) : database.run;
    const lookUp = tracing ? tracing.lookUps(database.lookUp) : database.lookUp;
    const rateLimit = createRateLimit(redis, log, metrics?.countLimitDecision);
    contextReads = createContextReads(database.db, systemClock, log);
    keyUsage = createKeyUsage(database.db, systemClock, log);
    const adminToken = config.adminToken ?? (databaseUrl ? undefined : keptAdminToken(dataDir));
    const { createApp } = await loading;
    app = createApp({
      gate: {
        access: {
          db: database.db,
          lookUp,
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
          run,
          lookUp,
          atHand,
          now: systemClock,
          log,
          publicUrl,
          mintKey: keyMinter(tagKeys),
          secretKeyIds: tagKeys.map(secretKeyIdOf),
          writeBackup: database.dump && createBackupWriter(database.dump, path.join(dataDir, 'backups')),
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
      isDraining: drain.hasBegun,
      metrics,
      tracing,
    });
    const { metricsUrl } = watchers;
    return { localUrl, publicUrl, adminToken, database: database.kind, redis: redis !== null, metricsUrl, stop: drain.begin };
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

async function closeAll(database: { close(): Promise<void> }, redis: Redis | null, watchers: Watchers | undefined): Promise<void> {
  redis?.disconnect();
  try {
    await database.close();
  } finally {
    await watchers?.stop();
  }
}
