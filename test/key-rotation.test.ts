/** Rotation as a partner sees it, on two nodes of one database. */
import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { askEveryDoor, changeKey, rotate, seenKey, setArchived, tryRotate, updateKey } from './support/keys.ts';

const a = await startGateway();
const b = await startGateway({ database: a.database });
const nodes = [a, b];
const start = new Date('2027-03-01T12:00:00.700Z');
const day = 86_400;

/** The same time on every node, so many seconds after the start. */
function setTime(seconds: number) {
  for (const node of nodes) node.clock.now = new Date(start.getTime() + seconds * 1000);
}

const everywhere = async (key: string) => (await Promise.all(nodes.map((node) => askEveryDoor(node, key)))).flat();
const letIn = Array(6).fill(200);
const refused = Array(6).fill(401);

describe('a key that is rotated', () => {
  it('works beside its successor for the grace, and is refused from its last second on, by every node', async () => {
    setTime(0);
    const { plaintext, id } = await a.mintKey();
    expect(await everywhere(plaintext)).toEqual(letIn);
    const successor = await rotate(a, id, day);
    for (const seconds of [0, 1, day - 0.001]) {
      setTime(seconds);
      expect(await everywhere(plaintext)).toEqual(letIn);
      expect(await everywhere(successor.plaintext)).toEqual(letIn);
    }
    setTime(day);
    expect(await everywhere(plaintext)).toEqual(refused);
    expect(await everywhere(successor.plaintext)).toEqual(letIn);
  });

  it('is refused at the very next request when there is no grace, also by a node whose clock is behind', async () => {
    setTime(0);
    const { plaintext, id, partnerId } = await a.mintKey();
    expect(await everywhere(plaintext)).toEqual(letIn);
    b.clock.now = new Date(start.getTime() - 60_000);
    const successor = await rotate(a, id);
    expect(await everywhere(plaintext)).toEqual(refused);
    expect(await everywhere(successor.plaintext)).toEqual(letIn);
    expect(await seenKey(a, { id, partnerId })).toMatchObject({ status: 'REVOKED', replacedBy: { id: successor.apiKey.id } });
  });

  it('works no longer than its own expiry, also when that is moved forward later', async () => {
    setTime(0);
    const expiresAt = new Date(start.getTime() + 60_000).toISOString();
    const first = await a.mintKey({ expiresAt });
    const second = await a.mintKey();
    expect((await rotate(a, first.id, day)).apiKey.expiresAt).toBe(expiresAt);
    await rotate(a, second.id, day);
    await updateKey(a, second.id, { expiresAt });
    for (const { plaintext } of [first, second]) {
      setTime(59);
      expect((await a.get('/api/key', plaintext)).headers.get('sunset')).toBe('Mon, 01 Mar 2027 12:01:00 GMT');
      setTime(60);
      expect(await everywhere(plaintext)).toEqual(refused);
    }
  });

  it('is not prolonged by a later expiry', async () => {
    setTime(0);
    const { plaintext, id } = await a.mintKey({ expiresAt: new Date(start.getTime() + 60_000) });
    await rotate(a, id, 30);
    expect((await updateKey(a, id, { expiresAt: null })).errors).toBeUndefined();
    setTime(30);
    expect(await everywhere(plaintext)).toEqual(refused);
    expect((await updateKey(a, id, { expiresAt: null })).errors?.[0]?.extensions.code).toBe('CONFLICT');
  });

  it('hands everything that was agreed to its successor, and each names the other', async () => {
    setTime(0);
    const agreed = {
      environment: 'TEST',
      label: 'nightly',
      scopes: ['workout-templates:read'],
      requestsPerMinute: 7,
      requestsPerDay: 70,
      expiresAt: new Date(start.getTime() + 90 * day * 1000).toISOString(),
    };
    const { id, partnerId, plaintext } = await a.mintKey(agreed);
    const successor = await rotate(a, id, 60);
    expect(successor.plaintext).toMatch(/^sr_test_/);
    expect(successor.plaintext).not.toBe(plaintext);
    expect(successor.apiKey).toMatchObject({
      ...agreed,
      partner: { id: partnerId },
      status: 'ACTIVE',
      rotatedFrom: { id },
      replacedBy: null,
      sunsetAt: null,
    });
    expect(await seenKey(a, { id, partnerId })).toMatchObject({
      ...agreed,
      status: 'DEPRECATED',
      replacedBy: { id: successor.apiKey.id },
      rotatedFrom: null,
      rotatedAt: start.toISOString(),
      sunsetAt: new Date(start.getTime() + 60_000).toISOString(),
    });
  });

  it('is in the audit log with its successor and without a secret', async () => {
    setTime(0);
    const { id, partnerId, plaintext } = await a.mintKey();
    const successor = await rotate(a, id, 60);
    const events = await a.db.auditEvent.findMany({ where: { targetId: id, action: 'api-key.rotate' } });
    expect(events).toMatchObject([
      {
        actorKind: 'operator',
        details: {
          partnerId,
          lookup: plaintext.split('_')[2],
          graceSeconds: 60,
          sunsetAt: new Date(start.getTime() + 60_000).toISOString(),
          replacedById: successor.apiKey.id,
          replacedByLookup: successor.apiKey.lookup,
        },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain(successor.plaintext.split('_')[3]);
  });
});

describe('every answer to a key in its grace', () => {
  const headersOf = ({ headers }: Response) => [headers.get('deprecation'), headers.get('sunset')];
  const since = `@${Math.floor(start.getTime() / 1000)}`;
  const until = 'Tue, 02 Mar 2027 12:00:00 GMT';

  it('says since when it is deprecated and until when it works, refusals and 429 too, and only to that key', async () => {
    setTime(0);
    const { plaintext, id } = await a.mintKey({ requestsPerMinute: 8, scopes: ['workout-templates:read'] });
    expect(headersOf(await a.get('/api/workout-templates', plaintext))).toEqual([null, null]);
    const successor = await rotate(a, id, day);
    const etag = (await b.get('/api/workout-templates', plaintext)).headers.get('etag') ?? '';
    const graphql = (body: string) =>
      a.app.fetch(
        new Request('https://gateway.example/graphql', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-API-Key': plaintext },
          body,
        }),
      );
    const answers = [
      await a.get('/api/workout-templates', plaintext, { headers: { 'If-None-Match': etag } }),
      await a.get('/api/key', plaintext, { method: 'HEAD' }),
      await a.get('/api/workout-templates/nothing', plaintext),
      await a.get('/api/workout-templates?nothing=1', plaintext),
      await a.get('/api/training-plan-templates', plaintext),
      await graphql('{"query":"{ apiKey { sunsetAt } }"}'),
      await graphql(`{"query":"{ ${' '.repeat(100_000)} }"}`),
      await a.get('/api/workout-templates', plaintext),
      await graphql('{"query":"{ apiKey { id } }"}'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([304, 200, 404, 400, 403, 200, 413, 429, 429]);
    for (const answer of answers) expect(headersOf(answer)).toEqual([since, until]);
    expect(headersOf(await a.get('/api/workout-templates', successor.plaintext))).toEqual([null, null]);
  });

  it('comes with the end in what the key may ask of itself', async () => {
    setTime(0);
    const { plaintext, id } = await a.mintKey();
    expect(await (await a.get('/api/key', plaintext)).json()).not.toHaveProperty('sunsetAt');
    const successor = await rotate(a, id, day);
    const body = await (await a.get('/api/key', plaintext)).json();
    expect(body).toMatchObject({ id, sunsetAt: new Date(start.getTime() + day * 1000).toISOString() });
    expect(await (await a.get('/api/key', successor.plaintext)).json()).not.toHaveProperty('sunsetAt');
  });
});

describe('a rotation is refused', () => {
  it.each([-1, 7 * day + 1])('with a grace of %i s, and nothing is minted', async (graceSeconds) => {
    const { id, partnerId } = await a.mintKey();
    const { errors } = await tryRotate(a, id, graceSeconds);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path: 'graceSeconds' }] });
    expect(await a.db.apiKey.count({ where: { partnerId } })).toBe(1);
  });

  it('for a key that is revoked, expired, disabled or rotated already, and of an archived partner', async () => {
    setTime(0);
    const mint = () => a.mintKey({ expiresAt: new Date(start.getTime() + 3_600_000) });
    const [revoked, disabled, rotated, ended, archived, expired] = [
      await mint(),
      await mint(),
      await mint(),
      await mint(),
      await mint(),
      await mint(),
    ];
    await changeKey(a, 'revokeApiKey', revoked.id);
    await changeKey(a, 'disableApiKey', disabled.id);
    const { apiKey: successor } = await rotate(a, rotated.id, 600);
    await rotate(a, ended.id);
    await setArchived(a, archived.partnerId, true);
    const refusal = async (id: string) => (await tryRotate(a, id, 60)).errors?.[0];
    expect(await refusal(revoked.id)).toMatchObject({ message: expect.stringContaining('revoked'), extensions: { code: 'CONFLICT' } });
    expect(await refusal(disabled.id)).toMatchObject({ message: expect.stringContaining('Enable it'), extensions: { code: 'CONFLICT' } });
    expect(await refusal(rotated.id)).toMatchObject({ extensions: { code: 'CONFLICT', replacedById: successor.id } });
    expect(await refusal(ended.id)).toMatchObject({ message: expect.stringContaining('rotated'), extensions: { code: 'CONFLICT' } });
    expect(await refusal(archived.id)).toMatchObject({ message: expect.stringContaining('Unarchive'), extensions: { code: 'CONFLICT' } });
    setTime(3_600);
    expect(await refusal(expired.id)).toMatchObject({ message: expect.stringContaining('expired'), extensions: { code: 'CONFLICT' } });
    for (const id of ['nothing', crypto.randomUUID()]) expect((await refusal(id))?.extensions.code).toBe('NOT_FOUND');
  });

  it('for all but one of those that come at once, and a key has one successor', async () => {
    setTime(0);
    const { id, partnerId } = await a.mintKey();
    const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => tryRotate(index % 2 ? a : b, id, 60)));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'ok');
    expect(codes.toSorted()).toEqual([...Array(5).fill('CONFLICT'), 'ok']);
    expect(await a.db.apiKey.count({ where: { partnerId } })).toBe(2);
    expect(await a.db.auditEvent.count({ where: { targetId: id, action: 'api-key.rotate' } })).toBe(1);
  });
});
