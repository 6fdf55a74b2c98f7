import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { ask, createSharedRunner, everything, exportRunner, fullDocument, importRunner, linkOf, share } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

describe('an export', () => {
  it('holds everything, and imports back identically', async () => {
    const original = await createSharedRunner(gateway, { ...fullDocument, sharingEnabled: true }, everything);
    await importRunner(gateway, {
      username: original.username,
      contextLinks: [{ label: 'doctor', labs: true, expiresAt: '2027-01-01T00:00:00.000Z' }],
    });
    const exported = await exportRunner(gateway, original.id);
    for (const [list, items] of Object.entries(fullDocument)) {
      if (Array.isArray(items)) expect(exported[list], list).toEqual(expect.arrayContaining(items as object[]));
    }
    const other = await startGateway();
    other.clock.now = new Date('2026-07-01T00:00:00.000Z');
    const { refusals } = await importRunner(other, exported);
    expect(refusals).toEqual([]);
    const copy = await ask<{ runner: { id: string } }>(other, 'query ($username: String) { runner(username: $username) { id } }', original);
    expect(await exportRunner(other, copy.runner.id)).toEqual(exported);
    const { path } = await linkOf(other, copy.runner.id);
    expect(path, 'a link of its own').not.toBe(original.path);

    const bodies: string[] = [];
    for (const [node, address] of [
      [gateway, original.path],
      [other, path],
    ] as const) {
      node.clock.now = new Date('2026-07-01T00:00:00.000Z');
      bodies.push((await (await node.get(address)).text()).replaceAll(address, '/address'));
    }
    gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');
    expect(bodies[1]).toBe(bodies[0]);
  });

  it('comes in pieces, each of which can be imported by itself', async () => {
    const dailyMetrics = Array.from({ length: 4_500 }, (_, days) => ({
      date: new Date(gateway.clock.now.getTime() - days * 86_400_000).toISOString().slice(0, 10),
      source: 'watch',
      hrv: 50,
    }));
    const { id } = await createSharedRunner(gateway, { dailyMetrics });
    const sorted = (items: unknown) =>
      (items as { date: string }[])
        .map(({ date }) => date)
        .sort()
        .reverse();
    expect(sorted((await exportRunner(gateway, id)).dailyMetrics)).toEqual(dailyMetrics.map(({ date }) => date));
    const refused = await gateway.graphql('query ($id: ID!) { exportRunner(id: $id, after: "nonsense") { next } }', { id });
    expect(refused.errors?.[0]?.extensions.code).toBe('INVALID');
  });
});

describe('deleting a runner', () => {
  it('leaves nothing but an opaque id in the audit log, and other runners untouched', async () => {
    const [owner, other] = [await createSharedRunner(gateway, fullDocument), await createSharedRunner(gateway, fullDocument)];
    await share(gateway, owner.id, { health: false });
    await gateway.get(owner.path);
    await gateway.flushReads();
    await exportRunner(gateway, owner.id);
    const tables = await gateway.db.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
    const held = async () => {
      const rows: Record<string, string> = {};
      for (const { name: table } of tables) {
        const [all] = await gateway.db.$queryRawUnsafe<{ rows: string }[]>(
          `SELECT coalesce(string_agg(to_jsonb(t)::text, E'\n' ORDER BY to_jsonb(t)::text), '') AS rows FROM "${table}" AS t`,
        );
        rows[table] = all?.rows ?? '';
      }
      return rows;
    };
    const links = await gateway.db.contextLink.findMany({ where: { runnerId: owner.id } });
    const before = await held();
    const secrets = [owner.username, ...links.flatMap((link) => [link.id, link.tokenHash, link.encryptedToken])];

    const { deleteRunner } = await ask<{ deleteRunner: string }>(gateway, 'mutation ($id: ID!) { deleteRunner(id: $id) }', owner);
    expect(deleteRunner).toBe(owner.id);
    expect((await gateway.get(owner.path)).status).toBe(404);
    const after = await held();
    for (const [table, rows] of Object.entries(after)) {
      if (table === 'AuditEvent') continue;
      for (const trace of [owner.id, ...secrets]) expect(rows.includes(trace), `${trace} in ${table}`).toBe(false);
      const kept = before[table]!.split('\n').filter((row) => row.includes(other.id));
      expect(rows.split('\n').filter((row) => row.includes(other.id))).toEqual(kept);
    }
    expect(Object.keys(after).filter((table) => after[table] !== before[table]).length, 'tables it was in').toBeGreaterThan(12);
    const events = await gateway.db.auditEvent.findMany({ where: { targetId: owner.id }, orderBy: { id: 'asc' } });
    expect(events.at(-1)).toMatchObject({ action: 'runner.delete', details: {} });
    expect(JSON.stringify(events)).not.toContain(owner.username);
    expect((await gateway.get(other.path)).status).toBe(200);
    const again = await gateway.graphql('mutation ($id: ID!) { deleteRunner(id: $id) }', { id: owner.id });
    expect(again.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});
