/** What leaves this process in a trace: names, numbers and the shape of statements. Nothing that a client or a runner wrote. */
import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Log } from './log.ts';

/** Whatever else a library puts on its spans stays here. */
const attributesKept = new Set([
  'db.query.text',
  'db.system.name',
  'http.request.method',
  'http.response.status_code',
  // Prisma: which model, which of its methods.
  'method',
  'model',
  'name',
]);
const ownPrefix = 'ekiden.';

/** An exporter that hands on scrubbed spans, and says once when they cannot be delivered and once when they can again. */
export function scrubbing(exporter: SpanExporter, log: Log): SpanExporter {
  let isLost = false;
  return {
    export(spans, done) {
      exporter.export(spans.map(scrubbed), (result) => {
        const failed = result.code === ExportResultCode.FAILED;
        if (failed && !isLost) log.warn({ error: result.error?.message }, 'traces cannot be delivered; they are dropped until they can');
        if (!failed && isLost) log.info('traces are delivered again');
        isLost = failed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

/** The span without events (exceptions repeat values in their messages), and with the attributes of the list only. */
function scrubbed(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(
    Object.entries(span.attributes).filter(([name]) => attributesKept.has(name) || name.startsWith(ownPrefix)),
  );
  const statement = attributes['db.query.text'];
  if (typeof statement === 'string') attributes['db.query.text'] = withoutLiterals(statement);
  return Object.create(span, {
    attributes: { value: attributes },
    events: { value: [] },
    links: { value: [] },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan;
}

/** Prisma passes values beside the statement, as $1, $2, …; whatever stands in the text all the same is taken out. */
const withoutLiterals = (statement: string): string =>
  statement.replace(/'(?:[^']|'')*('|$)/g, '?').replace(/(?<![\w$".])\d+(\.\d+)?\b/g, '?');
