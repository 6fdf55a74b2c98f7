/** The load, in a process of its own: does one plan after the other for the process that started it. */
import autocannon from 'autocannon';
import { differentGraphqlText, differentGraphqlVariables, differentList } from '../different-requests.ts';
import type { Load, LoadResult, Traffic, WireRequest } from '../load-plan.ts';
import { loadAfterChanges } from './after-change.ts';
import { partnerRequests } from './partners.ts';
import { summarise } from './summary.ts';

process.on('message', (load: Load) => {
  const { traffic } = load;
  const done = traffic.kind === 'after-change' ? loadAfterChanges(load, traffic) : cannonade(load);
  done.then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.stack ?? error.message }),
  );
});

/** A turn in which hardly anything was answered says nothing: it goes on, up to so many times its length. */
const requestsMin = 20;
const patience = 10;

/** Closed loop: each connection sends its next request when it has the answer to the one before. */
async function cannonade({ url, connections, seconds, traffic }: Load): Promise<LoadResult> {
  const requestsOf = requestsOfConnection(traffic);
  let index = 0;
  const latenciesMs: number[] = [];
  const statuses: Record<string, number> = {};
  let errors = 0;
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await new Promise<void>((resolve, reject) => {
    const options = { url, connections, duration: seconds * patience, sampleInt: 50, timeout: 10 };
    const setupClient = (client: autocannon.Client) => client.setRequests(requestsOf(index++));
    const run = autocannon({ ...options, setupClient }, (error) => (error ? reject(error as Error) : resolve()));
    run.on('response', (_client, status, _bytes, milliseconds) => {
      latenciesMs.push(milliseconds);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (latenciesMs.length >= requestsMin && performance.now() - begin >= seconds * 1000) run.stop();
    });
    run.on('reqError', () => {
      errors += 1;
    });
  });
  return summarise({ latenciesMs, statuses, errors, elapsedMs: performance.now() - begin, cpu: process.cpuUsage(cpu) });
}

/** Autocannon asks a connection for its requests: those that are made on the way one by one. */
function requestsOfConnection(traffic: Traffic): (connection: number) => autocannon.Request[] {
  if (traffic.kind === 'mix') return (connection) => partnerRequests(connection, traffic);
  if (traffic.kind === 'repeat' && traffic.requests.length === 1) return () => [...traffic.requests];
  const next = nextOf(traffic);
  return () => [{ setupRequest: (request) => Object.assign(request, next()) }];
}

/** All connections draw from one sequence. */
function nextOf(traffic: Traffic): () => WireRequest {
  let number = 0;
  if (traffic.kind === 'repeat') {
    const { requests } = traffic;
    return () => requests[number++ % requests.length] as WireRequest;
  }
  if (traffic.kind !== 'different') throw new Error(`no single requests in the traffic ${traffic.kind}`);
  const { of, from, headers, words } = traffic;
  const make = { list: differentList, 'graphql-variables': differentGraphqlVariables, 'graphql-texts': differentGraphqlText }[of];
  return () => make(from + number++, headers, words);
}
