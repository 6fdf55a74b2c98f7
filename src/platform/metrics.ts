/** What Prometheus may read of this process. Loaded only where a port for it is configured. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from './log.ts';
import { readWithin } from './read-within.ts';

/** A request that has been answered. Every text comes from a bounded set of the gateway's own words. */
interface AnsweredRequest {
  door: string;
  operation: string;
  caller: string;
  codes: readonly string[];
  status: number;
  seconds: number;
}

/** What a limit said to one request. */
export interface LimitDecision {
  limit: string;
  outcome: 'allowed' | 'refused_minute' | 'refused_day';
  store: 'redis' | 'process';
}

/** How a pool of connections stands. */
interface ConnectionCounts {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** Read when Prometheus asks. */
export interface MetricSources {
  pools: readonly ConnectionCounts[];
  /** How checks of keys' secrets stand: see `Verdicts`. */
  verdicts: () => { running: number; waiting: number; compares: number; hits: number; misses: number };
  /** How what is at hand stands: see `AtHand`. */
  atHand: () => { entries: number; bytes: number; hits: number; misses: number };
  /** See `clockAheadSeconds`. Rejects when the database does not answer. */
  clockAheadSeconds: () => Promise<number>;
}

export interface Metrics {
  countRequest(request: AnsweredRequest): void;
  countLimitDecision(decision: LimitDecision): void;
  contentType: string;
  /** The text that Prometheus reads. Without the database it lacks what only the database knows. */
  render(): Promise<string>;
}

/** From a cached poll to the longest statement, in seconds. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Milliseconds that a reading of metrics waits for the database: Prometheus itself gives up after 10 s. */
const databaseWaitMs = 1_000;

export function createMetrics(sources: MetricSources, log: Log): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'ekiden_requests_total',
    help: 'Requests answered, by door, operation, status and kind of caller.',
    labelNames: ['door', 'operation', 'status', 'caller'],
    registers,
  });
  const durations = new Histogram({
    name: 'ekiden_request_duration_seconds',
    help: 'Time from the arrival of a request at its door to its answer.',
    labelNames: ['door', 'operation'],
    buckets: durationBuckets,
    registers,
  });
  const errors = new Counter({
    name: 'ekiden_errors_total',
    help: 'Answers that carry an error of this code; GraphQL errors stand beside data, under status 200.',
    labelNames: ['door', 'code'],
    registers,
  });
  const limitDecisions = new Counter({
    name: 'ekiden_limit_decisions_total',
    help: 'What the limits said, and whether Redis or this process counted.',
    labelNames: ['limit', 'outcome', 'store'],
    registers,
  });
  addVerdictMetrics(sources, registry);
  addCacheMetrics(sources, registry);
  addDatabaseMetrics(sources, registry, log);
  return {
    countRequest({ door, operation, caller, codes, status, seconds }) {
      requests.inc({ door, operation, status, caller });
      durations.observe({ door, operation }, seconds);
      for (const code of codes) errors.inc({ door, code });
    },
    countLimitDecision: ({ limit, outcome, store }) => limitDecisions.inc({ limit, outcome, store }),
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}

function addVerdictMetrics({ verdicts }: MetricSources, registry: Registry): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('ekiden_bcrypt_running', 'Comparisons of API keys with their hashes that are under way.', () => verdicts().running);
  gauge('ekiden_bcrypt_waiting', 'Comparisons that wait for a free core.', () => verdicts().waiting);
  new Counter({
    name: 'ekiden_bcrypt_compares_total',
    help: 'Comparisons begun.',
    registers,
    collect() {
      this.reset();
      this.inc(verdicts().compares);
    },
  });
}

function addCacheMetrics({ verdicts, atHand }: MetricSources, registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: 'ekiden_cache_lookups_total',
    help: 'Look-ups in caches: verdicts are comparisons that need not be made again, at_hand what need not be read or rendered again.',
    labelNames: ['cache', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const [cache, { hits, misses }] of Object.entries({ verdicts: verdicts(), at_hand: atHand() })) {
        this.inc({ cache, outcome: 'hit' }, hits);
        this.inc({ cache, outcome: 'miss' }, misses);
      }
    },
  });
  new Gauge({
    name: 'ekiden_at_hand_bytes',
    help: 'Memory taken by answers, documents and counts that are at hand.',
    registers,
    collect() {
      this.set(atHand().bytes);
    },
  });
}

function addDatabaseMetrics({ pools, clockAheadSeconds }: MetricSources, registry: Registry, log: Log): void {
  const registers = [registry];
  new Gauge({
    name: 'ekiden_database_connections',
    help: "Connections in this process's pools.",
    labelNames: ['state'],
    registers,
    collect() {
      const idle = sumOf(pools, (pool) => pool.idleCount);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'busy' }, sumOf(pools, (pool) => pool.totalCount) - idle);
    },
  });
  new Gauge({
    name: 'ekiden_database_waiting',
    help: 'Statements and transactions that wait for a connection.',
    registers,
    collect() {
      this.set(sumOf(pools, (pool) => pool.waitingCount));
    },
  });
  // Both metrics ask at the same moment, and get the one answer.
  const readAhead = readWithin(databaseWaitMs, clockAheadSeconds, (error) =>
    log.warn({ error: String(error) }, 'the database cannot be asked for its metrics'),
  );
  new Gauge({
    name: 'ekiden_database_up',
    help: 'Whether the database answered this reading: 1 or 0.',
    registers,
    async collect() {
      this.set((await readAhead()) === null ? 0 : 1);
    },
  });
  new Gauge({
    name: 'ekiden_sync_clock_ahead_seconds',
    help: "How far the newest stamp of the catalogue is ahead of the database's own time. Absent when it cannot be asked.",
    registers,
    async collect() {
      const seconds = await readAhead();
      if (seconds === null) this.remove();
      else this.set(seconds);
    },
  });
}

const sumOf = (pools: readonly ConnectionCounts[], count: (pool: ConnectionCounts) => number) =>
  pools.reduce((sum, pool) => sum + count(pool), 0);
