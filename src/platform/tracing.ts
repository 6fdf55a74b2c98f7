/** Traces of requests, sent to an OpenTelemetry collector. Loaded only where one is configured. */
import { type Attributes, context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { parseTraceParent, suppressTracing } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { PrismaInstrumentation } from '@prisma/instrumentation';
import type { Log } from './log.ts';
import type { LookUp } from './lookups.ts';
import { scrubbing } from './scrubbed-spans.ts';
import type { RunStatement } from './statements.ts';

/** The span of one request. */
export interface RequestSpan {
  /** For the log; undefined when the sampler leaves this request out. */
  traceId: string | undefined;
  /** Says what the request turned out to be. */
  describe(name: string, isFailure: boolean, attributes: Record<string, string | number | string[]>): void;
}

export interface Tracing {
  /** Does the work as one traced request, below the caller's span when its header `traceparent` is to be believed. */
  request<T>(traceparent: string | null, work: (span: RequestSpan) => Promise<T>): Promise<T>;
  /** Does the work as a part of the request under way. */
  span<T>(name: string, work: () => T | Promise<T>): Promise<T>;
  /** Runs statements so that each is a part of the request under way, as Prisma's are. */
  statements(run: RunStatement): RunStatement;
  /** Looks rows up so that each look-up is a part of the request under way, whichever request sent its statement. */
  lookUps(lookUp: LookUp): LookUp;
  /** Does the work without a trace of it. */
  untraced<T>(work: () => Promise<T>): Promise<T>;
  /** Sends what is left, for 2 s at most, and ends tracing for the whole process. */
  stop(): Promise<void>;
}

export interface TracingSettings {
  /** The collector's address; `/v1/traces` is appended. */
  endpoint: string;
  /** Whether requests come through proxies of ours, which set `traceparent`. */
  followsCallers: boolean;
}

/** A query over many ids has a long text, which says nothing after its beginning. */
const attributeLengthMax = 2_000;

/** Milliseconds: a collector that is away must not keep a process from ending. */
const stopWaitMs = 2_000;

/**
 * Begins tracing for the whole process. What else OpenTelemetry's SDK reads from OTEL_* variables (headers for the
 * collector, sampling, the service's name) it reads itself.
 */
export function startTracing({ endpoint, followsCallers }: TracingSettings, log: Log): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'ekiden' }).merge(detectResources({ detectors: [envDetector] })),
    spanLimits: { attributeValueLengthLimit: attributeLengthMax },
    spanProcessors: [new BatchSpanProcessor(scrubbing(exporter, log))],
  });
  const tracer = provider.getTracer('ekiden');
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  // Microseconds each, and four of ten spans.
  const prisma = new PrismaInstrumentation({ ignoreSpanTypes: ['prisma:client:serialize', 'prisma:client:compile'] });
  prisma.setTracerProvider(provider);
  prisma.enable();

  async function span<T>(name: string, work: () => T | Promise<T>, attributes: Attributes = {}): Promise<T> {
    return tracer.startActiveSpan(name, { attributes }, async (started) => {
      try {
        return await work();
      } finally {
        started.end();
      }
    });
  }

  return {
    request(traceparent, work) {
      const caller = followsCallers && traceparent ? parseTraceParent(traceparent) : null;
      const parent = caller ? trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true }) : ROOT_CONTEXT;
      return tracer.startActiveSpan('request', { kind: SpanKind.SERVER }, parent, (span) =>
        work({
          traceId: span.isRecording() ? span.spanContext().traceId : undefined,
          describe(name, isFailure, attributes) {
            span.updateName(name).setAttributes(attributes);
            if (isFailure) span.setStatus({ code: SpanStatusCode.ERROR });
          },
        }).finally(() => span.end()),
      );
    },
    span,
    statements: (run) => async (statement, values) =>
      span('statement', () => run(statement, values), { 'db.system.name': 'postgresql', 'db.query.text': statement.text }),
    lookUps: (lookUp) => async (lookup, key) =>
      span('statement', () => lookUp(lookup, key), { 'db.system.name': 'postgresql', 'db.query.text': lookup.text }),
    untraced: (work) => context.with(suppressTracing(context.active()), work),
    async stop() {
      prisma.disable();
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, stopWaitMs);
      });
      const sent = provider.shutdown().catch((error) => log.warn({ error: String(error) }, 'the last traces could not be sent'));
      await Promise.race([sent, patience]);
      clearTimeout(timer);
      context.disable();
    },
  };
}
