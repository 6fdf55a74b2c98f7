/** Everything at once: writers, partners, keys that end and faults, judged by what the database says was so. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createDatabase } from '../own-database.ts';
import { randomFrom } from '../random.ts';
import { startRedisServer } from '../redis-server.ts';
import { until } from '../until.ts';
import { endKeys } from './endings.ts';
import { breakAtRandom, networkFaults, processFaults } from './faults.ts';
import { compareWithNewest, type Mirror, startMirror } from './mirrors.ts';
import { adminToken, createBalancer, startNode } from './nodes.ts';
import { createOperator } from './operator.ts';
import { createLook, readAtRandom } from './readers.ts';
import { startRecorder } from './recorder.ts';
import { createReport, type Report } from './report.ts';
import { createWitness } from './witness.ts';
import { type Acknowledged, writeInSql, writeThroughNodes } from './writers.ts';

export interface ChaosOptions {
  /** Repeats every choice. When each falls due is up to the machine. */
  seed: number;
  /** How long it goes on, without the start and the calm at the end; up to twice that until `answers` were judged. */
  seconds: number;
  answers: number;
  /** A Postgres whose user may create databases. */
  serverUrl: string;
}

/** Runs it all to the calm after the storm; what was wrong is in `faults`. */
export async function runChaos({ seed, seconds, answers, serverUrl }: ChaosOptions): Promise<Report> {
  const report = createReport();
  const database = await createDatabase(serverUrl);
  const redis = await startRedisServer();
  const nodes = await Promise.all([startNode('a', database.url, redis.url), startNode('b', database.url, redis.url)]);
  const recorder = await startRecorder(database.url);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const ask = createBalancer(nodes);
    const operator = createOperator(ask, adminToken);
    const witness = createWitness(ask, recorder, report);
    const acknowledged: Acknowledged[] = [];
    const random = (actor: number) => randomFrom(seed * 1_000 + actor);
    const beganAt = performance.now();
    let failed = false;
    const isOver = () => {
      if (failed) return true;
      const passedMs = performance.now() - beganAt;
      return passedMs > seconds * 2_000 || (passedMs > seconds * 1_000 && (report.counts['answers judged'] ?? 0) >= answers);
    };

    const [mirrorKey, readerKey] = await Promise.all([operator.mintKey(), operator.mintKey()]);
    const partner = { key: mirrorKey.plaintext };
    const reader = { key: readerKey.plaintext };
    const parts = { operator, recorder, report, acknowledged, look: createLook(reader, witness, recorder) };
    const mirrors: Mirror[] = [];
    const keepMirror = async (perPage: number) => {
      const mirror = startMirror(partner, perPage, witness);
      mirrors.push(mirror);
      while (!isOver()) await mirror.poll().then(() => sleep(60));
    };
    /** Partners who begin in the middle of it all, one after another. */
    const begin = async () => {
      while (!isOver()) {
        const mirror = startMirror(partner, 3, witness);
        mirrors.push(mirror);
        await mirror.poll();
        await sleep(seconds * 100);
      }
    };

    /** When one actor fails, all end: what follows would mean nothing. */
    const act = (actor: Promise<void>) =>
      actor.catch((error: unknown) => {
        failed = true;
        report.fault(`failed: ${(error as Error).stack ?? error}`);
      });

    const actors = [
      ...[1, 2, 3].map((actor) => writeThroughNodes(parts, random(actor), isOver)),
      ...[4, 5].map((actor) => writeInSql(database.url, parts, random(actor), isOver)),
      ...[3, 7, 100].map(keepMirror),
      begin(),
      ...[6, 7].map((actor) => readAtRandom(reader, witness, recorder, random(actor), isOver)),
      ...[8, 9].map((actor) => endKeys({ operator, client, witness, report }, random(actor), isOver)),
      breakAtRandom(networkFaults(nodes, redis), 20, random(10), report, isOver),
      breakAtRandom(processFaults(nodes), 60, random(11), report, isOver),
    ];
    await Promise.all(actors.map(act));

    for (const mirror of mirrors) await until(mirror.poll, 30_000);
    await recorder.reached();
    for (const mirror of mirrors) compareWithNewest(mirror, recorder, witness, report);
    for (const { id, version } of acknowledged) {
      const written = version === undefined ? recorder.states.wasDeleted(id) : recorder.states.version(id, version);
      if (!written) report.fault(`unwritten: version ${version} of ${id} was acknowledged and is not there`);
    }
    const unequal = await recorder.unequalHistory();
    if (unequal > 0) report.fault(`history: ${unequal} changes are in one history and not in the other`);
    report.count('mirrors compared', mirrors.length);
    report.count('states of the catalogue', recorder.states.newest());
  } finally {
    await recorder.stop();
    await client.end();
    for (const node of nodes) {
      await node.stop();
      const printed = /"msg":"(?!request)[^\n]*/.exec(node.printed());
      if (printed) report.fault(`printed: ${node.name} said ${printed[0]}`);
    }
    await redis.stop();
    await database.drop();
  }
  for (const fault of recorder.states.faults) report.fault(`disorder: ${fault}`);
  return report;
}
