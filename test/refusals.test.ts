import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { publicSchema, schema } from '../schema/index.ts';
import { needOf } from '../schema/permission.ts';
import { restViewOf } from '../schema/rest-view.ts';
import { permissions, reachOf } from '../src/domain/permissions.ts';
import { type CallerOfTable, expectedOutcome, permissionOf, type Situation } from './support/expected-outcome.ts';
import { adminToken, startGateway } from './support/gateway.ts';
import { operationsOf } from './support/operations.ts';
import { createSharedRunner } from './support/runners.ts';
import { subjectsOf } from './support/subjects.ts';
import { createWorkout } from './support/templates.ts';

const gateway = await startGateway();
const subjects = subjectsOf(gateway);
const runner = await createSharedRunner(gateway);

const callers = {
  nobody: { role: 'anonymous' as const, headers: {} },
  workoutsKey: await keyCaller('workout-templates:read'),
  plansKey: await keyCaller('training-plan-templates:read'),
  operator: { role: 'operator' as const, headers: { Authorization: `Bearer ${adminToken}` } },
  operatorSession: { role: 'operator' as const, headers: await gateway.session('operator', 'operator-a') },
  coach: { role: 'coach' as const, headers: await gateway.session('coach', 'coach-a') },
  runner: { role: 'runner' as const, headers: await gateway.session('runner', runner.id) },
  runnerOfNobody: { role: 'runner' as const, headers: await gateway.session('runner', 'nobody-known') },
} satisfies Record<string, CallerOfTable>;

async function keyCaller(scope: string) {
  const { plaintext } = await gateway.mintKey({ requestsPerMinute: 100_000, scopes: [scope] });
  return { role: 'partner' as const, headers: { 'X-API-Key': plaintext }, scopes: [scope] };
}

type CallerKind = keyof typeof callers;

const operations = operationsOf(runner);

const fields = Object.fromEntries(
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => [`${type?.name}.${field.name}`, field] as const),
  ),
);
const kinds = Object.keys(callers) as CallerKind[];

type Case = readonly [name: string, situation: Situation, kind: CallerKind];

/** Every operation about every thing that there can be for the caller. */
const cases = Object.entries(operations).flatMap(([name, { on }]): Case[] => {
  const subject = on && subjects[on];
  if (!subject) return kinds.map((kind) => [name, 'none', kind]);
  return kinds.flatMap((kind): Case[] => [
    [name, 'another', kind],
    ...(subject.published ? [[name, 'published', kind] as const] : []),
    ...(reachesOwn(name, kind) && kind !== 'runnerOfNobody' ? [[name, 'own', kind] as const] : []),
  ]);
});

function reachesOwn(name: string, kind: CallerKind): boolean {
  const permission = permissionOf(fields[name]);
  return permission !== undefined && reachOf(callers[kind].role, permission) === 'own';
}

/** The thing that the operation will be about, and the headers of whoever asks. */
async function prepare(name: string, situation: Situation, kind: CallerKind): Promise<{ id: string; headers: Record<string, string> }> {
  const { role, headers } = callers[kind];
  const on = operations[name]?.on;
  if (!on) return { id: '', headers };
  const subject = subjects[on];
  if (situation === 'own') {
    const make = role === 'coach' || role === 'runner' ? subject.own?.[role] : undefined;
    if (!make) throw new Error(`say in test/support/subjects.ts how a ${role} comes by a ${on} of their own`);
    return make();
  }
  return { id: situation === 'published' ? await subject.published!() : await subject.another(), headers };
}

describe('the matrix of roles', () => {
  it('has every root field, and every root field is asked', () => {
    const undeclared = Object.entries(fields).filter(([, { extensions }]) => needOf(extensions) === undefined);
    expect(
      undeclared.map(([name]) => name),
      "these declare no permission: give the field `extensions: needs('…')` (schema/permission.ts) with what its domain function asks `permit` for",
    ).toEqual([]);
    expect(
      Object.keys(fields).filter((name) => !operations[name]),
      'these have no row in test/support/operations.ts: add a question that succeeds, with `on` when it names a thing by id',
    ).toEqual([]);
    expect(
      Object.keys(operations).filter((name) => !fields[name]),
      'these are asked and are not in the schema',
    ).toEqual([]);
  });

  it.each(cases)('%s about %s asked over GraphQL by %s', async (name, situation, kind) => {
    const outcome = expectedOutcome(fields[name]!, callers[kind], situation);
    const { id, headers } = await prepare(name, situation, kind);
    const { data, errors } = await gateway.graphql<Record<string, unknown> | null>(operations[name]!.text(id), {}, headers);
    const field = name.split('.')[1]!;
    if (outcome === 'ok') {
      expect(errors).toBeUndefined();
      expect(data?.[field]).toBeTruthy();
      return;
    }
    if (outcome === 'null') {
      expect({ data, errors }).toEqual({ data: { [field]: null }, errors: undefined });
      return;
    }
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    expect(errors?.[0]?.extensions.code).toBe(outcome === 'UNKNOWN' ? 'INVALID' : outcome);
    if (outcome === 'UNKNOWN') expect(errors?.[0]?.message).toMatch(/^Cannot query field|^Schema is not configured to execute mutation/);
  });

  const permitted = Object.keys(operations).flatMap((name) => {
    const permission = permissionOf(fields[name]);
    return permission ? [[name, permission] as const] : [];
  });

  it.each(permitted)('%s stands on %s: who loses that is refused', async (name, permission) => {
    const roles: Partial<Record<string, string>> = permissions[permission];
    const kind = roles.operator ? 'operatorSession' : 'workoutsKey';
    const { role } = callers[kind];
    const { id, headers } = await prepare(name, 'another', kind);
    const reach = roles[role];
    delete roles[role];
    const { errors } = await gateway.graphql(operations[name]!.text(id), {}, headers).finally(() => {
      roles[role] = reach;
    });
    expect(errors?.[0]?.extensions.code).toMatch(/^(FORBIDDEN|UNAUTHENTICATED)$/);
  });
});

/** The documented path behind a root field, about this thing. */
const restPath = (name: string, id: string) =>
  `/api${restViewOf(fields[name]!.extensions)!.path.replace(':token', runner.token).replace(':id', id)}`;

describe('over REST', () => {
  const documentedCases = cases.filter(([name]) => restViewOf(fields[name]?.extensions ?? {}));

  it.each(documentedCases)('%s about %s asked by %s is answered as over GraphQL', async (name, situation, kind) => {
    const outcome = expectedOutcome(fields[name]!, callers[kind], situation);
    const { id, headers } = await prepare(name, situation, kind);
    for (const method of ['GET', 'HEAD']) {
      const response = await gateway.get(restPath(name, id), null, { method, headers });
      const status = { ok: 200, null: 404, UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, UNKNOWN: 404 }[outcome];
      expect(response.status).toBe(status);
      const code = outcome === 'null' ? 'NOT_FOUND' : outcome;
      if (method === 'GET' && status !== 200) expect(await response.json()).toMatchObject({ status, code });
    }
  });
});

describe('what is not theirs to know', () => {
  const internals = [
    'visibility',
    'status',
    'authorId',
    'revokedAt',
    'partner',
    'secretHash',
    'searchText',
    'removedVersion',
    'lastUsedAt',
    'usage',
    'consumption',
    'replacedBy',
    'rotatedFrom',
  ];
  const hiddenCases = cases.filter(([name, situation, kind]) => {
    if (situation === 'none' || !fields[name]) return false;
    return ['null', 'NOT_FOUND'].includes(expectedOutcome(fields[name]!, callers[kind], situation));
  });

  it.each(hiddenCases)('%s about %s answers %s the same bytes as about what never existed', async (name, situation, kind) => {
    const { id, headers } = await prepare(name, situation, kind);
    const neverExisted = crypto.randomUUID();
    const wire = async (wanted: string, path: string, init: { method?: string; headers?: Record<string, string>; body?: string }) => {
      const response = await gateway.get(path, null, { ...init, headers: { ...headers, 'X-Request-Id': 'asked', ...init.headers } });
      const kept = [...response.headers.entries()].filter(([header]) => !/ratelimit/.test(header));
      return { status: response.status, headers: kept, body: (await response.text()).replaceAll(wanted, '<id>') };
    };
    const overGraphql = (wanted: string) =>
      wire(wanted, '/graphql', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: operations[name]!.text(wanted) }),
      });
    expect(await overGraphql(id)).toEqual(await overGraphql(neverExisted));
    if (!restViewOf(fields[name]!.extensions)) return;
    expect(await wire(id, restPath(name, id), {})).toEqual(await wire(neverExisted, restPath(name, neverExisted), {}));
  });

  it.each(['operator', 'coach', 'runner', 'workoutsKey'] as const)(
    'is not in the documented lists, which give %s what is published',
    async (kind) => {
      const id = await subjects.workout.another();
      const { data } = await gateway.graphql<{ workoutTemplates: { data: { id: string }[] } }>(
        '{ workoutTemplates(per_page: 100) { data { id } } }',
        {},
        callers[kind].headers,
      );
      expect(data.workoutTemplates.data.length).toBeGreaterThan(0);
      expect(data.workoutTemplates.data).not.toContainEqual({ id });
    },
  );

  it('is not in the refusal of a username that another runner has', async () => {
    const { username, id } = await createSharedRunner(gateway);
    const text = `mutation { updateRunner(id: "${runner.id}", input: { username: "${username}" }) { id } }`;
    const refusal = (await gateway.graphql(text, {}, callers.runner.headers)).errors?.[0]?.extensions;
    expect(refusal).toEqual({ code: 'CONFLICT', requestId: expect.any(String) });
    expect((await gateway.graphql(text)).errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', runnerId: id });
  });

  it.each(['nobody', 'workoutsKey'] as const)('is not in the schema that %s introspects', async (kind) => {
    const { data } = await gateway.graphql<IntrospectionQuery>(getIntrospectionQuery(), {}, callers[kind].headers);
    const seen = buildClientSchema(data);
    expect(seen.getMutationType() ?? null).toBeNull();
    expect(Object.keys(seen.getQueryType()?.getFields() ?? {}).toSorted()).toEqual(
      Object.keys(publicSchema.getQueryType()?.getFields() ?? {}).toSorted(),
    );
    const names = Object.keys(seen.getTypeMap());
    for (const name of ['Visibility', 'TemplateStatus', 'Partner', 'CreatedApiKey', 'ApiKeyStatus', 'ApiKeyDay', 'AuditEvent'])
      expect(names).not.toContain(name);
    expect(names.filter((name) => name.endsWith('Input') || name === 'Mutation')).toEqual([]);
    for (const type of Object.values(seen.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      expect(Object.keys(type.getFields()).filter((field) => internals.includes(field))).toEqual([]);
    }
  });

  it.each([
    ['nobody', 'visibility'],
    ['workoutsKey', 'visibility'],
    ['workoutsKey', 'status'],
    ['workoutsKey', 'authorId'],
  ] as const)('cannot be asked for: by %s, %s, whoever asked the same before', async (kind, field) => {
    const text = `{ workoutTemplate(id: "${(await createWorkout(gateway)).id}") { ${field} } }`;
    expect((await gateway.graphql(text)).errors).toBeUndefined();
    expect((await gateway.graphql(text, {}, callers[kind].headers)).errors?.[0]?.message).toContain('Cannot query field');
  });

  it('is there for operators', async () => {
    const { data } = await gateway.graphql<IntrospectionQuery>(getIntrospectionQuery());
    expect(buildClientSchema(data).getMutationType()?.getFields()).toHaveProperty('createPartner');
  });
});
