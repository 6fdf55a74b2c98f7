/** What is told of every request to those who watch the gateway: the log, the metrics and the traces. */
import type { Caller } from '../domain/caller.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { RequestSpan, Tracing } from '../platform/tracing.ts';
import type { Ask } from './exchange.ts';
import { pathForLog } from './path-for-log.ts';

type DoorName = 'rest' | 'context' | 'graphql' | 'session' | 'console' | 'docs' | 'health' | 'other';

/** Filled in by doors, in words of the gateway's own: nothing in it is the client's text, so that it is bounded and tells no secret. */
export interface Observation {
  door: DoorName;
  /** A route's template or the kind and root field of a GraphQL operation; `unknown` when it is none of ours. */
  operation: string;
  /** `reader` for whoever shows a context link; `anonymous` also when the credentials were not accepted. */
  caller: Caller['kind'] | 'reader';
  /** The root fields of a GraphQL operation that has several. */
  fields: readonly string[];
  /** The codes of the answer's errors, each once. */
  codes: readonly string[];
}

/** Of a request of which no more is known than the door it came to. */
export function observationOf(door: DoorName, operation = 'unknown'): Observation {
  return { door, operation, caller: 'anonymous', fields: [], codes: [] };
}

export interface Watchers {
  log: Log;
  metrics?: Metrics;
  tracing?: Tracing;
}

/** Does the work of one request and tells the watchers how it went; gives what the work gives, throws what it throws. */
export type Observe = <Answered extends { status: number }>(ask: Ask, work: () => Promise<Answered>) => Promise<Answered>;

export function createObserver(watchers: Watchers): Observe {
  const { tracing } = watchers;
  return (ask, work) => {
    if (!tracing) return watch(watchers, ask, work);
    // Probes come every second and are all alike.
    if (ask.observed.door === 'health') return tracing.untraced(() => watch(watchers, ask, work));
    return tracing.request(ask.header('traceparent'), (span) => watch(watchers, ask, work, span));
  };
}

async function watch<Answered extends { status: number }>(
  { log, metrics }: Watchers,
  ask: Ask,
  work: () => Promise<Answered>,
  span?: RequestSpan,
): Promise<Answered> {
  const startedAt = performance.now();
  // What a throw becomes: see node-server.ts.
  let status = 500;
  try {
    const answered = await work();
    status = answered.status;
    return answered;
  } finally {
    const { requestId, method, path, observed } = ask;
    const tookMs = performance.now() - startedAt;
    metrics?.countRequest({ status, seconds: tookMs / 1000, ...observed });
    describe(span, ask, status);
    if (log.isLevelEnabled('info')) {
      const { door, operation, caller, fields, codes } = observed;
      const more = {
        ...(fields.length > 0 && { fields }),
        ...(codes.length > 0 && { codes }),
        ...(span?.traceId && { traceId: span.traceId }),
      };
      const milliseconds = Math.round(tookMs * 10) / 10;
      log.info({ requestId, method, path: pathForLog(path), door, operation, caller, status, milliseconds, ...more }, 'request');
    }
  }
}

/** OpenTelemetry's names where it has one (semantic conventions 1.29). */
function describe(span: RequestSpan | undefined, { method, requestId, observed }: Ask, status: number): void {
  const { door, operation, caller, fields, codes } = observed;
  span?.describe(`${door} ${operation}`, status >= 500 || codes.includes('INTERNAL'), {
    'http.request.method': method,
    'http.response.status_code': status,
    'ekiden.door': door,
    'ekiden.operation': operation,
    'ekiden.caller': caller,
    'ekiden.fields': [...fields],
    'ekiden.codes': [...codes],
    'ekiden.request_id': requestId,
  });
}
