import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { setArchived } from './support/keys.ts';

const gateway = await startGateway();

interface PartnerAnswer {
  id: string;
  name: string;
  contactEmail: string | null;
  notes: string | null;
  archivedAt: string | null;
}

const fields = 'id name contactEmail notes archivedAt';

async function createPartner(input: object): Promise<PartnerAnswer> {
  const { data, errors } = await gateway.graphql<{ createPartner: PartnerAnswer }>(
    `mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { ${fields} } }`,
    { input },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.createPartner;
}

const updatePartner = (id: string, input: object) =>
  gateway.graphql<{ updatePartner: PartnerAnswer } | null>(
    `mutation ($id: ID!, $input: UpdatePartnerInput!) { updatePartner(id: $id, input: $input) { ${fields} } }`,
    { id, input },
  );

async function listed(filter: object): Promise<string[]> {
  const { data, errors } = await gateway.graphql<{ partners: { edges: { node: { name: string } }[] } }>(
    'query ($archived: Boolean, $search: String) { partners(first: 100, archived: $archived, search: $search) { edges { node { name } } } }',
    filter,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.partners.edges.map(({ node }) => node.name);
}

const eventsOf = (targetId: string) =>
  gateway.db.auditEvent.findMany({ where: { targetId }, orderBy: { id: 'asc' }, select: { action: true, details: true } });

describe('a partner', () => {
  it('keeps what an update leaves out and loses what it clears; the audit log says which fields, not what was in them', async () => {
    const { id } = await createPartner({ name: 'partner-updated', contactEmail: 'first@example.com', notes: 'Pays yearly.' });
    expect((await updatePartner(id, { contactEmail: 'second@example.com' })).data?.updatePartner).toEqual({
      id,
      name: 'partner-updated',
      contactEmail: 'second@example.com',
      notes: 'Pays yearly.',
      archivedAt: null,
    });
    expect((await updatePartner(id, { name: 'partner-renamed', notes: null, contactEmail: null })).data?.updatePartner).toMatchObject({
      name: 'partner-renamed',
      contactEmail: null,
      notes: null,
    });
    await updatePartner(id, { notes: null });
    expect(await eventsOf(id)).toEqual([
      { action: 'partner.create', details: { name: 'partner-updated' } },
      { action: 'partner.update', details: { changed: ['contactEmail'] } },
      { action: 'partner.update', details: { changed: ['name', 'contactEmail', 'notes'] } },
    ]);
  });

  it('is not changed into what is not valid, nor into another', async () => {
    const [one, other] = [await createPartner({ name: 'partner-one' }), await createPartner({ name: 'partner-other' })];
    const refusal = async (id: string, input: object) => (await updatePartner(id, input)).errors?.[0]?.extensions;
    expect(await refusal(one.id, { name: null, contactEmail: 'nobody', notes: 'a\0b' })).toMatchObject({
      code: 'INVALID',
      errors: [{ path: 'name' }, { path: 'contactEmail' }, { path: 'notes' }],
    });
    expect(await refusal(one.id, { name: 'partner-other' })).toMatchObject({ code: 'CONFLICT', partnerId: other.id });
    for (const id of ['nothing', crypto.randomUUID()]) expect(await refusal(id, {})).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is archived once, keeps its first moment, and is found by its id all the while', async () => {
    const { id } = await createPartner({ name: 'partner-archived-once' });
    const first = gateway.clock.now;
    await setArchived(gateway, id, true);
    gateway.clock.now = new Date(first.getTime() + 1_000);
    expect((await setArchived(gateway, id, true)).data.archivePartner?.archivedAt).toBe(first.toISOString());
    const find = (wanted: string) => gateway.graphql('query ($id: ID!) { partner(id: $id) { archivedAt } }', { id: wanted });
    expect((await find(id)).data).toEqual({ partner: { archivedAt: first.toISOString() } });
    for (const unknown of ['nothing', crypto.randomUUID()]) expect((await find(unknown)).data).toEqual({ partner: null });
    for (let time = 0; time < 2; time++) await setArchived(gateway, id, false);
    expect((await eventsOf(id)).map(({ action }) => action)).toEqual(['partner.create', 'partner.archive', 'partner.unarchive']);
    for (const archived of [true, false])
      expect((await setArchived(gateway, 'nothing', archived)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

describe('the list of partners', () => {
  it('can be narrowed to archived ones or the others, and to a text in name, address or notes', async () => {
    await createPartner({ name: 'Sought by Name', contactEmail: 'a@example.com' });
    const gone = await createPartner({ name: 'sought-gone', notes: '100 % yearly' });
    await createPartner({ name: 'third', contactEmail: 'sought@example.com' });
    await setArchived(gateway, gone.id, true);
    expect(await listed({ search: 'SOUGHT' })).toEqual(['Sought by Name', 'sought-gone', 'third']);
    expect(await listed({ search: 'sought', archived: false })).toEqual(['Sought by Name', 'third']);
    expect(await listed({ search: 'sought', archived: true })).toEqual(['sought-gone']);
    expect(await listed({ search: '0 % y' })).toEqual(['sought-gone']);
    expect(await listed({ search: '%_\\' })).toEqual([]);
    expect(await listed({})).toEqual(expect.arrayContaining(['Sought by Name', 'sought-gone', 'third']));
    await expect(listed({ search: 'a\0b' })).rejects.toThrow('INVALID');
    await expect(listed({ search: 'a'.repeat(201) })).rejects.toThrow('INVALID');
  });

  it.each(['first: 2, after', 'last: 2, before'])('goes on after a partner that has been archived meanwhile (%s)', async (args) => {
    const made = [];
    for (const letter of ['a', 'b', 'c', 'd', 'e']) made.push(await createPartner({ name: `${args} ${letter}` }));
    const names = (partners: PartnerAnswer[]) => partners.map(({ name }) => name);
    const behind = args.startsWith('first') ? made.slice(3) : made.slice(0, 2);
    const page = async (cursor: string) => {
      const { data } = await gateway.graphql<{ partners: { edges: { cursor: string; node: { id: string; name: string } }[] } }>(
        `query ($cursor: String, $search: String) { partners(${args}: $cursor, archived: false, search: $search) { edges { cursor node { id name } } } }`,
        { cursor, search: args },
      );
      return data.partners.edges;
    };
    const third = await cursorOf(made[2]!, args);
    await setArchived(gateway, made[2]!.id, true);
    expect((await page(third)).map(({ node }) => node.name)).toEqual(names(behind));
  });
});

/** The cursor of a partner in the list of those with this text in their name. */
async function cursorOf({ id }: PartnerAnswer, search: string): Promise<string> {
  const { data } = await gateway.graphql<{ partners: { edges: { cursor: string; node: { id: string } }[] } }>(
    'query ($search: String) { partners(first: 100, search: $search) { edges { cursor node { id } } } }',
    { search },
  );
  return data.partners.edges.find(({ node }) => node.id === id)?.cursor ?? '';
}
