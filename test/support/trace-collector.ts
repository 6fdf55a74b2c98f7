/** An OpenTelemetry collector on this machine, which keeps what it is sent. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CollectedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status: { code: number };
  attributes: Record<string, unknown>;
}

interface OtlpSpan extends Omit<CollectedSpan, 'attributes'> {
  attributes: { key: string; value: Record<string, unknown> }[];
}

interface OtlpRequest {
  resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[];
}

/** @param status what it answers; null to leave every question open. */
export async function startTraceCollector(status: number | null = 200) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = `${request.method} ${request.url}\n`;
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      if (status !== null) response.writeHead(status, { 'Content-Type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Everything that came, byte by byte. */
    received: () => bodies.join('\n'),
    spans: (): CollectedSpan[] => bodies.flatMap(spansOf),
    forget: () => bodies.splice(0),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function spansOf(body: string): CollectedSpan[] {
  const { resourceSpans } = JSON.parse(body.slice(body.indexOf('\n'))) as OtlpRequest;
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  return spans.map((span) => ({
    ...span,
    attributes: Object.fromEntries(span.attributes.map(({ key, value }) => [key, plainValue(value)])),
  }));
}

/** The value without its OTLP type, such as `{ "stringValue": "rest" }`. */
function plainValue(typed: Record<string, unknown>): unknown {
  const [value] = Object.values(typed);
  const { values } = (value ?? {}) as { values?: Record<string, unknown>[] };
  return values ? values.map(plainValue) : value;
}
