/** Keys that are taken away while they are in use, in every way there is; some are given back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Random } from '../random.ts';
import { publicUrl } from './nodes.ts';
import type { Operator } from './operator.ts';
import type { Report } from './report.ts';
import { newMemory, type Partner, type Witness } from './witness.ts';

interface Key {
  id: string;
  partnerId: string;
}

interface Ending {
  name: string;
  /** Done when it resolves. */
  end(key: Key): Promise<unknown>;
  /** Absent when it is for good. */
  bringBack?(key: Key): Promise<unknown>;
}

function endingsOf({ insist }: Operator, client: pg.Client): [Ending, ...Ending[]] {
  const ofKey = (field: string) => (key: Key) => insist(`mutation ($id: ID!) { ${field}(id: $id) { id } }`, () => ({ id: key.id }));
  const ofPartner = (field: string) => (key: Key) =>
    insist(`mutation ($id: ID!) { ${field}(id: $id) { id } }`, () => ({ id: key.partnerId }));
  const scoped = (scopes: string[]) => (key: Key) =>
    insist('mutation ($id: ID!, $input: UpdateApiKeyInput!) { updateApiKey(id: $id, input: $input) { id } }', () => ({
      id: key.id,
      input: { scopes },
    }));
  const sql = (assignment: string) => (key: Key) => client.query(`UPDATE "ApiKey" SET ${assignment} WHERE "id" = $1`, [key.id]);
  const rotate = (key: Key) =>
    insist('mutation ($id: ID!) { rotateApiKey(id: $id, graceSeconds: 0) { apiKey { id } } }', () => ({ id: key.id }), 'CONFLICT');
  return [
    { name: 'revoked', end: ofKey('revokeApiKey') },
    { name: 'revoked in SQL', end: sql(`"revokedAt" = now()`) },
    { name: 'expired in SQL', end: sql(`"expiresAt" = now() - interval '1 s'`), bringBack: sql(`"expiresAt" = NULL`) },
    { name: 'disabled', end: ofKey('disableApiKey'), bringBack: ofKey('enableApiKey') },
    { name: 'its partner archived', end: ofPartner('archivePartner'), bringBack: ofPartner('unarchivePartner') },
    { name: 'rotated', end: rotate },
    { name: 'its hash replaced', end: sql(`"secretHash" = overlay("secretHash" PLACING 'abc' FROM 20)`) },
    {
      name: 'its scope taken',
      end: scoped(['training-plan-templates:read']),
      bringBack: scoped(['workout-templates:read', 'training-plan-templates:read']),
    },
  ];
}

/** How long a key is used on after its end, and after its return. */
const usedMs = 400;

/** Answers that a key has had before its end: both nodes know it then. */
const answersBefore = 6;

/** One key after another, until `isOver`. */
export async function endKeys(
  { operator, client, witness, report }: { operator: Operator; client: pg.Client; witness: Witness; report: Report },
  random: Random,
  isOver: () => boolean,
) {
  const endings = endingsOf(operator, client);
  let deck: Ending[] = [];
  while (!isOver()) {
    if (deck.length === 0) deck = [...endings];
    const [ending] = deck.splice(random.below(deck.length), 1);
    const key = await operator.mintKey();
    const user = createUser({ key: key.plaintext }, witness);
    let inUse = true;
    const using = [0, 1].map(() => user.use(() => !inUse));
    while (user.answered() < answersBefore && !isOver()) await sleep(20);
    if (ending && !isOver()) await pass(ending, key, user, report);
    inUse = false;
    await Promise.all(using);
  }
}

async function pass({ name, end, bringBack }: Ending, key: Key, user: ReturnType<typeof createUser>, report: Report) {
  const ended = { askedAt: performance.now(), acknowledgedAt: Infinity, backAskedAt: Infinity, backAcknowledgedAt: Infinity };
  user.partner.ended = ended;
  await end(key);
  ended.acknowledgedAt = performance.now();
  report.count(`keys ${name}`);
  // At this very moment, on both nodes: what is remembered for however short a time is still remembered.
  await Promise.all([user.ask(), user.ask(), user.ask(), user.ask(), sleep(usedMs)]);
  if (!bringBack) return;
  ended.backAskedAt = performance.now();
  await bringBack(key);
  ended.backAcknowledgedAt = performance.now();
  await Promise.all([user.ask(), user.ask(), sleep(usedMs)]);
}

/** Someone who asks for the same bytes again and again, with what they were told the last time every other time. */
function createUser(partner: Partner, witness: Witness) {
  const memory = newMemory();
  const path = '/api/workout-templates?per_page=5';
  let asked = 0;
  let answered = 0;

  async function ask() {
    asked += 1;
    const known = asked % 2 ? memory.bodies.get(path) : undefined;
    const headers: Record<string, string> = known ? { 'If-None-Match': known.etag } : {};
    try {
      const { status } = await witness.ask(partner, publicUrl + path, memory, headers);
      if (status === 200 || status === 304) answered += 1;
    } catch (error) {
      witness.forgive(error);
    }
  }

  return {
    partner,
    ask,
    answered: () => answered,
    async use(isOver: () => boolean) {
      while (!isOver()) await ask().then(() => sleep(15));
    },
  };
}
