import { describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { adminToken, startGateway } from './support/gateway.ts';
import { nothingAtHand } from './support/nothing-at-hand.ts';
import { createPlan } from './support/templates.ts';

const gateway = await startGateway();
const key = (await gateway.mintKey({ requestsPerMinute: 100_000 })).plaintext;
const plan = await createPlan(gateway);
const sentinel = 'sentinel-a8f3';

/** Breaks whatever asks for workouts, as a defect of ours would. */
const broken = (defect: unknown) => {
  const workoutTemplate = new Proxy({}, { get: () => () => Promise.reject(defect) });
  return new Proxy(gateway.db, { get: (db, name) => (name === 'workoutTemplate' ? workoutTemplate : Reflect.get(db, name)) });
};

async function answersWith(defect: unknown, requestId: string) {
  const { gate } = gateway.parts;
  const base = { ...gate.base, db: broken(defect), run: () => Promise.reject(defect), atHand: nothingAtHand };
  const app = createApp({ ...gateway.parts, gate: { ...gate, base } });
  const headers = { 'X-API-Key': key, 'X-Request-Id': requestId, 'Content-Type': 'application/json' };
  const graphql = (query: string) =>
    app.fetch(new Request('https://gateway.example/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) }));
  return {
    rest: await app.fetch(new Request('https://gateway.example/api/workout-templates', { headers })),
    graphql: await graphql('{ workoutTemplates { total } }'),
    partly: await graphql(`{ trainingPlanTemplate(id: "${plan.id}") { id } workoutTemplate(id: "${plan.id}") { id } }`),
  };
}

const nothingInside = (response: Response, text: string) => {
  expect(text).not.toContain(sentinel);
  expect(text).not.toMatch(/stack|node_modules|prisma/i);
  expect(JSON.stringify([...response.headers])).not.toContain(sentinel);
};

describe('a defect behind the doors', () => {
  it.each([
    new Error(sentinel),
    Object.assign(new Error(sentinel), { code: 'P2002', meta: { target: sentinel } }),
    new TypeError(sentinel, { cause: new Error(sentinel) }),
    sentinel,
    { message: sentinel },
    Object.assign(new Error(sentinel), { extensions: { code: sentinel, http: { status: 418, headers: { 'X-Sentinel': sentinel } } } }),
    new AggregateError([new Error(sentinel)], sentinel),
  ])('is a masked 500 with the request id, under which it is logged: %s', async (defect) => {
    const requestId = crypto.randomUUID();
    const { rest, graphql, partly } = await answersWith(defect, requestId);
    const detail = 'Something went wrong on our side. Quote the request id when you ask about it.';

    const restText = await rest.text();
    nothingInside(rest, restText);
    expect(rest.status).toBe(500);
    expect(JSON.parse(restText)).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail,
      code: 'INTERNAL',
      requestId,
    });

    const graphqlText = await graphql.text();
    nothingInside(graphql, graphqlText);
    expect(graphql.status).toBe(500);
    expect(JSON.parse(graphqlText)).toMatchObject({ errors: [{ message: detail, extensions: { code: 'INTERNAL', requestId } }] });

    const partlyText = await partly.text();
    nothingInside(partly, partlyText);
    expect(partly.status).toBe(200);
    expect(JSON.parse(partlyText)).toMatchObject({
      data: { trainingPlanTemplate: { id: plan.id }, workoutTemplate: null },
      errors: [{ path: ['workoutTemplate'], extensions: { code: 'INTERNAL', requestId } }],
    });

    const logged = gateway
      .logged()
      .split('\n')
      .filter((line) => line.includes(requestId) && line.includes('unexpected error'));
    expect(logged).toHaveLength(3);
    for (const line of logged) expect(line).toContain(sentinel);
  });

  it('is 503 with Retry-After when it is the database that cannot be asked', async () => {
    const { rest, graphql } = await answersWith(Object.assign(new Error(sentinel), { code: 'ECONNREFUSED' }), 'lost');
    for (const response of [rest, graphql]) {
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('2');
      const text = await response.text();
      nothingInside(response, text);
      expect(text).toContain('"code":"UNAVAILABLE"');
    }
  });
});

it('a value that is not of its type is a defect, not a message for the caller', async () => {
  const row = { id: 'x', category: sentinel, createdAt: sentinel, version: sentinel };
  const workoutTemplate = { findUnique: () => Promise.resolve(row) };
  const db = new Proxy(gateway.db, { get: (target, name) => (name === 'workoutTemplate' ? workoutTemplate : Reflect.get(target, name)) });
  const { gate } = gateway.parts;
  const app = createApp({ ...gateway.parts, gate: { ...gate, base: { ...gate.base, db } } });
  for (const field of ['category', 'createdAt', 'version', 'slug']) {
    const body = JSON.stringify({ query: `{ workoutTemplate(id: "${plan.id}") { ${field} } }` });
    const headers = { Authorization: `Bearer ${adminToken}`, 'Content-Type': 'application/json' };
    const response = await app.fetch(new Request('https://gateway.example/graphql', { method: 'POST', headers, body }));
    const text = await response.text();
    nothingInside(response, text);
    expect(text).toContain('"code":"INTERNAL"');
  }
  const rest = await app.fetch(new Request(`https://gateway.example/api/workout-templates/${plan.id}`, { headers: { 'X-API-Key': key } }));
  expect(rest.status).toBe(500);
  nothingInside(rest, await rest.text());
});
