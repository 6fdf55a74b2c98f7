/** Those who watch the process, as far as the configuration wants them: of the others not even the code is loaded. */
import type { Config } from './config.ts';
import type { Log } from './platform/log.ts';
import type { MetricSources, Metrics } from './platform/metrics.ts';
import type { Tracing } from './platform/tracing.ts';

export interface Watchers {
  metrics: Metrics | undefined;
  /** Where Prometheus reads them. */
  metricsUrl: string | undefined;
  tracing: Tracing | undefined;
  /** Sends the last traces, then closes the port of the metrics. */
  stop(): Promise<void>;
}

/** @throws when the port of the metrics cannot be had. */
export async function startWatchers(config: Config, sources: MetricSources, log: Log): Promise<Watchers> {
  const { metrics, server } = config.metrics ? await startMetrics(config.metrics, sources, log) : {};
  const tracing = config.tracesEndpoint
    ? (await import('./platform/tracing.ts')).startTracing(
        { endpoint: config.tracesEndpoint, followsCallers: config.trustProxyHops > 0 },
        log,
      )
    : undefined;
  return {
    metrics,
    metricsUrl: server?.url,
    tracing,
    async stop() {
      await tracing?.stop();
      await server?.close();
    },
  };
}

async function startMetrics(place: { host: string; port: number }, sources: MetricSources, log: Log) {
  const { createMetrics } = await import('./platform/metrics.ts');
  const { serveMetrics } = await import('./platform/metrics-server.ts');
  const metrics = createMetrics(sources, log);
  return { metrics, server: await serveMetrics(metrics, place, log) };
}
