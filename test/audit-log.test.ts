import { describe, expect, it } from 'vitest';
import { schema } from '../schema/index.ts';
import { startGateway } from './support/gateway.ts';
import { type EventRow, eventRows, insertAuditEvents } from './support/many-rows.ts';
import { operationsOf } from './support/operations.ts';
import { ask, createSharedRunner, fullDocument, sentinels } from './support/runners.ts';
import { subjectsOf } from './support/subjects.ts';

const gateway = await startGateway();
const { db } = gateway;

interface Event {
  id: string;
  at: string;
  actorKind: string;
  actorId: string | null;
  action: string;
  targetType: string;
  targetId: string | null;
  details: Record<string, unknown>;
  requestId: string | null;
}

interface Page {
  edges: { cursor: string; node: Event }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
}

const eventFields = 'id at actorKind actorId action targetType targetId details requestId';
const document = `query ($first: Int, $after: String, $last: Int, $before: String, $actor: String, $actorKind: ActorKind, $target: String,
    $targetType: String, $action: String, $from: DateTime, $to: DateTime) {
  auditEvents(first: $first, after: $after, last: $last, before: $before, actor: $actor, actorKind: $actorKind, target: $target,
    targetType: $targetType, action: $action, from: $from, to: $to) {
    edges { cursor node { ${eventFields} } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
const list = async (variables: object): Promise<Page> => (await ask<{ auditEvents: Page }>(gateway, document, variables)).auditEvents;
const eventsOf = async (variables: object) => (await list(variables)).edges.map(({ node }) => node);

describe('an event', () => {
  it('says when, who, what, to which thing and in which request', async () => {
    const headers = { ...(await gateway.session('operator', 'operator-a')), 'X-Request-Id': 'request-a' };
    const name = `partner-${crypto.randomUUID()}`;
    const { data } = await gateway.graphql<{ createPartner: { id: string } }>(
      `mutation { createPartner(input: { name: "${name}" }) { id } }`,
      {},
      headers,
    );
    const { id } = data.createPartner;
    expect(await eventsOf({ target: id })).toEqual([
      {
        id: expect.any(String),
        at: gateway.clock.now.toISOString(),
        actorKind: 'OPERATOR',
        actorId: 'operator-a',
        action: 'partner.create',
        targetType: 'Partner',
        targetId: id,
        details: { name },
        requestId: 'request-a',
      },
    ]);
  });

  it('of a change of a runner names the fields, and no value outlives the runner', async () => {
    const { id } = await createSharedRunner(gateway, fullDocument);
    await ask(gateway, 'mutation ($id: ID!) { updateRunner(id: $id, input: { heightCm: 187.77, username: "runner-renamed" }) { id } }', {
      id,
    });
    await ask(gateway, 'query ($id: ID!) { exportRunner(id: $id) { next } }', { id });
    await ask(gateway, 'mutation ($id: ID!) { deleteRunner(id: $id) }', { id });
    const events = await eventsOf({ target: id });
    expect(events.map(({ action }) => action).slice(0, 3)).toEqual(['runner.delete', 'runner.export', 'runner.update']);
    expect(events[2]?.details).toEqual({ fields: ['username', 'heightCm'] });
    const held = JSON.stringify(events.map(({ details }) => details));
    for (const value of ['runner-renamed', '187.77', 'Asia/Tokyo', ...Object.values(sentinels).flat()]) expect(held).not.toContain(value);
  });
});

describe('what operators change', () => {
  const runner = createSharedRunner(gateway);
  const subjects = subjectsOf(gateway);
  // With one secret key there is nothing to re-encrypt, and a Postgres is not ours to copy. What the first records otherwise is in
  // test/secret-key-rotation.test.ts.
  const impossible = ['reencryptContextLinks', ...(gateway.database.dump ? [] : ['createBackup'])];
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {}).filter((name) => !impossible.includes(name));
  /** What must have been done for there to be something to undo. */
  const undoes: Record<string, string> = { unarchivePartner: 'archivePartner', enableApiKey: 'disableApiKey' };

  it.each(mutations)('%s leaves an event of its request, without a secret', async (name) => {
    const operation = operationsOf(await runner)[`Mutation.${name}`];
    expect(operation, 'add a row to test/support/operations.ts').toBeDefined();
    const subject = operation?.on && subjects[operation.on];
    const make = name.startsWith('unpublish') ? subject?.published : subject?.another;
    const id = (await make?.()) ?? '';
    const done = undoes[name];
    if (done) await ask(gateway, operationsOf(await runner)[`Mutation.${done}`]?.text(id) ?? '', {});
    const requestId = `asked-${name}`;
    const headers = { ...(await gateway.session('operator', 'operator-b')), 'X-Request-Id': requestId };
    expect((await gateway.graphql(operation?.text(id) ?? '', {}, headers)).errors).toBeUndefined();
    const events = await db.auditEvent.findMany({ where: { requestId } });
    expect(events.length, 'record an audit event in the domain function that writes').toBeGreaterThan(0);
    // Ids are long and no secrets.
    const text = JSON.stringify(events).replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>');
    expect(text).not.toMatch(/sr_(live|test)_|runner-context|\$2b\$|[\w-]{43}/);
  });
});

describe('the list', () => {
  const at = (minute: number) => new Date(Date.UTC(2020, 0, 1, 0, minute));
  const rows = eventRows(0, 240);
  const past = { to: '2021-01-01T00:00:00Z' };
  const stored = insertAuditEvents(db, rows).then(() => db.auditEvent.findMany({ where: { at: { lt: new Date(past.to) } } }));

  it.each<[Record<string, string>, (row: EventRow) => boolean]>([
    [{}, () => true],
    [{ actor: 'actor-3' }, ({ actorId }) => actorId === 'actor-3'],
    [{ actorKind: 'COACH' }, ({ actorKind }) => actorKind === 'coach'],
    [{ target: 'target-10' }, ({ targetId }) => targetId === 'target-10'],
    [{ targetType: 'Type1' }, ({ targetType }) => targetType === 'Type1'],
    [{ action: 'noun.verb-2' }, ({ action }) => action === 'noun.verb-2'],
    [{ from: at(7).toISOString(), to: at(40).toISOString() }, (row) => row.at >= at(7) && row.at < at(40)],
    [
      { actor: 'actor-1', action: 'noun.verb-1', from: at(5).toISOString() },
      ({ actorId, action, at: when }) => actorId === 'actor-1' && action === 'noun.verb-1' && when >= at(5),
    ],
    [{ actor: 'nobody' }, () => false],
  ])('with %o is the same walked from either end, newest first', async (filter, matches) => {
    const wanted = (await stored)
      .filter((row) => matches(row as never))
      .toSorted((one, other) => other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1))
      .map(({ id }) => id);
    const forwards: string[] = [];
    let page: Page | undefined;
    while (!page || page.pageInfo.hasNextPage) {
      page = await list({ ...past, ...filter, first: 17, after: page?.pageInfo.endCursor });
      forwards.push(...page.edges.map(({ node }) => node.id));
    }
    expect(forwards).toEqual(wanted);
    const backwards: string[] = [];
    page = undefined;
    while (!page || page.pageInfo.hasPreviousPage) {
      page = await list({ ...past, ...filter, last: 17, before: page?.edges[0]?.cursor });
      backwards.unshift(...page.edges.map(({ node }) => node.id));
    }
    expect(backwards).toEqual(wanted);
  });

  it('does not shift when events are written meanwhile', async () => {
    const first = await list({ first: 5 });
    await gateway.mintKey();
    const second = await list({ first: 5, after: first.pageInfo.endCursor });
    const all = (await list({ first: 100 })).edges.map(({ node }) => node.id);
    const walked = [...first.edges, ...second.edges].map(({ node }) => node.id);
    const start = all.indexOf(walked[0]!);
    expect(all.slice(start, start + 10)).toEqual(walked);
  });

  it('gives at most 100 at once', async () => {
    await stored;
    expect((await list({ first: 5_000 })).edges).toHaveLength(100);
    expect((await list({ last: 5_000 })).edges).toHaveLength(100);
  });

  it.each([
    { after: '' },
    { after: 'x' },
    { before: Buffer.from('1 x').toString('base64url') },
    { after: Buffer.from(`99999999999999999 ${crypto.randomUUID()}`).toString('base64url') },
    { after: `${Buffer.from(`1 ${crypto.randomUUID()}`).toString('base64url')}=` },
    { first: -1 },
    { actor: 'a\0b' },
    { target: '' },
    { action: 'x'.repeat(201) },
  ])('refuses %o as INVALID', async (variables) => {
    const { errors } = await gateway.graphql(document, variables);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['INVALID']);
  });
});

describe('the log is append-only', () => {
  const refusal = /append-only/;

  it.each<[string, () => Promise<unknown>]>([
    ['Prisma: update', async () => db.auditEvent.update({ where: { id: (await someEvent()).id }, data: { actorId: 'x' } })],
    ['Prisma: updateMany', () => db.auditEvent.updateMany({ data: { actorId: 'x' } })],
    ['Prisma: delete', async () => db.auditEvent.delete({ where: { id: (await someEvent()).id } })],
    ['Prisma: deleteMany', () => db.auditEvent.deleteMany()],
    ['Prisma: upsert', async () => upsert((await someEvent()).id)],
    ['SQL: UPDATE', () => db.$executeRaw`UPDATE "AuditEvent" SET "at" = now()`],
    ['SQL: UPDATE of nothing', () => db.$executeRaw`UPDATE "AuditEvent" SET "at" = now() WHERE false`],
    ['SQL: DELETE', () => db.$executeRaw`DELETE FROM "AuditEvent"`],
    ['SQL: TRUNCATE', () => db.$executeRaw`TRUNCATE "AuditEvent"`],
    ['SQL: TRUNCATE with others', () => db.$executeRaw`TRUNCATE "Partner", "AuditEvent" CASCADE`],
    ['SQL: ON CONFLICT', async () => conflict((await someEvent()).id)],
    ['SQL: MERGE', () => db.$executeRaw`MERGE INTO "AuditEvent" e USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE`],
    [
      'SQL: as a replica',
      () =>
        db.$transaction(async (tx) => {
          await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
          await tx.$executeRaw`DELETE FROM "AuditEvent"`;
        }),
    ],
  ])('%s is refused, and the log is as it was', async (_way, change) => {
    await gateway.mintKey();
    const before = await db.auditEvent.findMany({ orderBy: { id: 'asc' } });
    await expect(change()).rejects.toThrow(refusal);
    expect(await db.auditEvent.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
  });

  const someEvent = () => db.auditEvent.findFirstOrThrow();
  const event = { action: 'a.b', actorKind: 'operator', targetType: 'X' };
  const upsert = (id: string) => db.auditEvent.upsert({ where: { id }, create: event, update: event });
  const conflict = (id: string) => db.$executeRaw`
    INSERT INTO "AuditEvent" ("id", "action", "actorKind", "targetType") VALUES (${id}::uuid, 'a.b', 'operator', 'X')
    ON CONFLICT ("id") DO UPDATE SET "action" = 'a.b'`;
});
