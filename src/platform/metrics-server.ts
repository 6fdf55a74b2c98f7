/** The port that Prometheus reads, apart from the one that serves: what it says is for operators only. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsServer {
  url: string;
  close(): Promise<void>;
}

/** Answers GET /metrics and nothing else. @throws when the port cannot be had, naming it. */
export async function serveMetrics(metrics: Metrics, place: { host: string; port: number }, log: Log): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    metrics.render().then(
      (text) => response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text),
      (error) => {
        log.error({ err: error }, 'the metrics cannot be read');
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    const explain = ({ code, message }: NodeJS.ErrnoException) =>
      reject(new Error(`METRICS_PORT ${place.port} at ${place.host} cannot be had: ${code ?? message}`));
    server.once('error', explain);
    server.listen(place.port, place.host, () => {
      server.off('error', explain);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const host = place.host.includes(':') ? `[${place.host}]` : place.host;
  const url = `http://${host}:${port}/metrics`;
  log.info({ url }, 'metrics are served');
  return {
    url,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}
