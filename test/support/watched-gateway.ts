/** A gateway under watch, as a server is whose metrics and traces are turned on. */
import { createContextLimits } from '../../src/access/context-limits.ts';
import { createRateLimit } from '../../src/access/rate-limit.ts';
import { createApp } from '../../src/app.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { clockAheadSeconds } from '../../src/platform/sync-clock.ts';
import type { Tracing } from '../../src/platform/tracing.ts';
import { adminToken, type Gateway, publicUrl } from './gateway.ts';

/** The same gateway with its own metrics, and with traces if given. */
export function watched({ parts, database: { pool, pools } }: Gateway, tracing?: Tracing) {
  const { gate } = parts;
  const { log, contextLinks } = gate.base;
  const sources = {
    pools,
    verdicts: gate.access.verdicts.load,
    atHand: gate.base.atHand.load,
    clockAheadSeconds: () => clockAheadSeconds(pool),
  };
  const metrics = createMetrics(sources, log);
  const rateLimit = createRateLimit(null, log, metrics.countLimitDecision);
  const run = tracing ? tracing.statements(gate.base.run) : gate.base.run;
  const lookUp = tracing ? tracing.lookUps(gate.base.lookUp) : gate.base.lookUp;
  const base = {
    ...gate.base,
    run,
    lookUp,
    contextLinks: { ...contextLinks, limits: createContextLimits(rateLimit) },
    trace: tracing?.span,
  };
  const app = createApp({ ...parts, metrics, tracing, gate: { ...gate, access: { ...gate.access, lookUp }, rateLimit, base } });

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    app.fetch(new Request(`${publicUrl}${path}`, { method, headers }), '192.0.2.1');
  return {
    get,
    graphql: (query: string, variables: object = {}, headers: Record<string, string> = { Authorization: `Bearer ${adminToken}` }) =>
      app.fetch(
        new Request(`${publicUrl}/graphql`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...headers },
          body: JSON.stringify({ query, variables }),
        }),
      ),
    readMetrics: () => metrics.render(),
    /** One number of the metrics; undefined when there is none of that name and labels. */
    async metric(nameAndLabels: string): Promise<number | undefined> {
      const line = (await metrics.render()).split('\n').find((text) => text.startsWith(`${nameAndLabels} `));
      return line === undefined ? undefined : Number(line.slice(nameAndLabels.length));
    },
  };
}

/** What the log says of the last request. */
export function lastRequest(gateway: Gateway): Record<string, unknown> {
  const lines = gateway.logged().trim().split('\n');
  return JSON.parse(lines.findLast((line) => line.includes('"msg":"request"')) ?? '{}') as Record<string, unknown>;
}
