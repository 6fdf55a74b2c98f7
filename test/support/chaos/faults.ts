/** What goes wrong: networks, Redis and processes, several at once, in an order that the seed decides. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { startRedisServer } from '../redis-server.ts';
import type { Node } from './nodes.ts';
import type { Report } from './report.ts';

type Redis = Awaited<ReturnType<typeof startRedisServer>>;

/** One thing that breaks, for that long, and is whole again when the promise ends. */
type Fault = [name: string, run: (lastsMs: number) => Promise<void>];

async function cut({ network }: Node, lastsMs: number) {
  await network.cut();
  await sleep(lastsMs);
  await network.mend();
}

async function swallow({ network }: Node, lastsMs: number) {
  network.swallow();
  await sleep(lastsMs);
  // What was sent meanwhile is lost, so no connection can go on as if nothing had been.
  await network.cut();
  await network.mend();
}

export const networkFaults = ([a, b]: readonly [Node, Node], redis: Redis): Fault[] => [
  ['a loses its database', (ms) => cut(a, ms)],
  ['b loses its database', (ms) => cut(b, ms)],
  ['both lose the database', async (ms) => void (await Promise.all([cut(a, ms), cut(b, ms)]))],
  ['a hears nothing from its database', (ms) => swallow(a, ms)],
  ['b hears nothing from its database', (ms) => swallow(b, ms)],
  [
    'Redis is killed',
    async (ms) => {
      await redis.stop();
      await sleep(ms);
      await redis.startAgain();
    },
  ],
  [
    'Redis hangs',
    async (ms) => {
      redis.hang();
      await sleep(ms);
      redis.goOn();
    },
  ],
];

export const processFaults = ([a, b]: readonly [Node, Node]): Fault[] => [
  ['a is killed', () => a.restart('SIGKILL')],
  ['b is restarted', () => b.restart('SIGTERM')],
  ['b is killed', () => b.restart('SIGKILL')],
  ['a is restarted', () => a.restart('SIGTERM')],
];

/**
 * One fault after another, each kind once before any comes again, until `isOver`; then everything is whole. Between two
 * of them there is time for so many answers, however slow the machine is.
 */
export async function breakAtRandom(faults: Fault[], answersBetween: number, random: Random, report: Report, isOver: () => boolean) {
  const answered = () => (report.counts['answered 200'] ?? 0) + (report.counts['answered 304'] ?? 0);
  let deck: Fault[] = [];
  while (!isOver()) {
    const before = answered();
    const pauseMs = 200 + random.below(1_000);
    do await sleep(pauseMs);
    while (answered() < before + answersBetween && !isOver());
    if (deck.length === 0) deck = [...faults];
    const [drawn] = deck.splice(random.below(deck.length), 1);
    if (!drawn || isOver()) continue;
    report.count(drawn[0]);
    await drawn[1](150 + random.below(1_000));
  }
}
