/** A server in this process, on an embedded database of its own, sent requests that mean harm. */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { connect } from '../../src/cli/client.ts';
import { readConfig } from '../../src/config.ts';
import { fillWithDemo } from '../../src/demo/fill.ts';
import { startServer } from '../../src/main.ts';
import { publicUrl } from './gateway.ts';
import { faultsOfAnswer, type HostileAnswer, readable } from './hostile-answers.ts';
import { type HostileRequest, hostileRequest, type Targets } from './hostile-requests.ts';

/** Far longer than any answer takes, on a slow machine too. */
const hangsAfterMs = 60_000;
const requestsAtOnce = 20;
const partSize = 100;
/** Enough to see what is wrong. */
const faultsMax = 20;
/** Links may be read 600 times a minute each. */
const contextLinks = 12;

export interface HostileRun {
  seed: number;
  sent: number;
  /** How many answers had each status. */
  statuses: Record<string, number>;
  slowestMs: number;
}

/**
 * Sends at least so many generated requests, and again the same ones for the same seed.
 *
 * @throws when an answer is a 5xx, does not come, or is not as documented: with the seed, and with the request behind each fault.
 */
export async function hostileRequests({ count, seed }: { count: number; seed: number }): Promise<HostileRun> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'ekiden-hostile-'));
  const server = await startServer(
    readConfig({ PORT: '0', DATA_DIR: dataDir, PUBLIC_URL: publicUrl, TRUST_PROXY_HOPS: '1', LOG_LEVEL: 'silent' }),
  );
  const agent = new Agent({ keepAlive: true, maxSockets: requestsAtOnce });
  try {
    const port = Number(new URL(server.localUrl).port);
    const targets = await fill(server.localUrl, server.adminToken ?? '', dataDir);
    const run: HostileRun = { seed, sent: 0, statuses: {}, slowestMs: 0 };
    const faults = new Map<string, string>();
    const judge = async (request: HostileRequest) => {
      const startedAt = performance.now();
      const found = await send(request, port, agent).then(
        async (answer) => {
          run.statuses[answer.status] = (run.statuses[answer.status] ?? 0) + 1;
          return faultsOfAnswer(request, answer, targets.adminToken);
        },
        (error: Error) => [error.message],
      );
      run.sent += 1;
      run.slowestMs = Math.max(run.slowestMs, Math.round(performance.now() - startedAt));
      for (const fault of found) faults.set(fault, describe(request));
    };
    const requests = requestsFrom(hostileRequest(targets), seed, count);
    await Promise.all(
      Array.from({ length: requestsAtOnce }, async () => {
        for (let next = requests.next(); !next.done && faults.size < faultsMax; next = requests.next()) await judge(next.value);
      }),
    );
    if (faults.size > 0)
      throw new Error(`seed ${seed}, ${run.sent} requests sent:\n${[...faults].map((pair) => pair.join('\n  answering ')).join('\n')}`);
    return run;
  } finally {
    agent.destroy();
    await server.stop();
    await rm(dataDir, { recursive: true });
  }
}

/** The same requests for the same seed; several may take from it in turn. */
function* requestsFrom(arbitrary: fc.Arbitrary<HostileRequest>, seed: number, count: number): Generator<HostileRequest> {
  for (let part = 0; part * partSize < count; part++) yield* fc.sample(arbitrary, { seed: seed + part, numRuns: partSize });
}

async function fill(url: string, adminToken: string, dataDir: string): Promise<Targets> {
  const ask = connect({ url, token: adminToken, dataDir });
  const { contextPath } = await fillWithDemo(ask);
  const { partners } = (await ask('{ partners { edges { node { id } } } }', {})) as { partners: { edges: { node: { id: string } }[] } };
  const input = { partnerId: partners.edges[0]!.node.id, environment: 'LIVE', requestsPerMinute: 2_000_000, requestsPerDay: 2_000_000 };
  const { createApiKey } = await ask('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { plaintext } }', { input });
  const { runners } = (await ask('{ runners { edges { node { id } } } }', {})) as { runners: { edges: { node: { id: string } }[] } };
  const tokens = [tokenIn(contextPath)];
  for (let number = 1; number < contextLinks; number++) {
    const { createContextLink } = await ask(
      'mutation ($id: ID!, $input: CreateContextLinkInput!) { createContextLink(runnerId: $id, input: $input) { url } }',
      { id: runners.edges[0]!.node.id, input: { label: `link-${number}`, profile: true, training: true, health: number % 2 === 0 } },
    );
    tokens.push(tokenIn((createContextLink as { url: string }).url));
  }
  const page = (await ask(
    '{ allWorkoutTemplates { edges { node { id } } } allTrainingPlanTemplates { edges { node { id } } } }',
    {},
  )) as Record<string, { edges: { node: { id: string } }[] }>;
  const ids = Object.values(page).flatMap(({ edges }) => edges.map(({ node }) => node.id));
  return { key: (createApiKey as { plaintext: string }).plaintext, adminToken, tokens, ids };
}

const tokenIn = (url: string) => url.split('/').at(-1) ?? '';

/** Again on a connection of its own when an idle one was closed in the moment it was used: that says nothing of the request. */
async function send(request: HostileRequest, port: number, agent: Agent): Promise<HostileAnswer> {
  const { reused, ...first } = await sendOnce(request, port, agent);
  if ('answer' in first) return first.answer;
  const second = reused && first.error.code === 'ECONNRESET' ? await sendOnce(request, port, false) : first;
  if ('answer' in second) return second.answer;
  throw second.error;
}

type Sent = { reused: boolean } & ({ answer: HostileAnswer } | { error: NodeJS.ErrnoException });

function sendOnce({ method, target, headers, body }: HostileRequest, port: number, agent: Agent | false): Promise<Sent> {
  return new Promise((resolve) => {
    const sent = httpRequest({ host: '127.0.0.1', port, method, path: target, agent, headers: headers.flat() }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', fail);
      response.once('end', () => {
        clearTimeout(timer);
        resolve({ reused: sent.reusedSocket, answer: readable(response.statusCode ?? 0, response.rawHeaders, Buffer.concat(chunks)) });
      });
    });
    function fail(error: Error): void {
      clearTimeout(timer);
      resolve({ reused: sent.reusedSocket, error });
    }
    const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${hangsAfterMs} ms`)), hangsAfterMs);
    sent.once('error', fail);
    sent.end(body ?? undefined);
  });
}

const describe = ({ method, target, headers, body }: HostileRequest) =>
  JSON.stringify({
    method,
    target: target.slice(0, 2_000),
    headers: headers.map((header) => header.join(': ').slice(0, 300)),
    body: body?.toString('latin1').slice(0, 1_000) ?? null,
  });
