/** Two gateways on one Postgres and one Redis: what one learns, the other knows on the next request. */
import { describe, expect, it } from 'vitest';
import { startRedisNode } from '../support/redis-node.ts';
import { createWorkout, updateWorkout } from '../support/templates.ts';

const redisUrl = process.env.TEST_REDIS_URL ?? '';
const a = await startRedisNode(redisUrl);
const b = await startRedisNode(redisUrl, a.database);
const path = '/api/workout-templates';

describe('two nodes', () => {
  it('refuse a key on B from the moment it is revoked on A', async () => {
    const { plaintext, id } = await a.mintKey();
    expect((await b.get(path, plaintext)).status).toBe(200);
    await a.graphql('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id });
    expect((await b.get(path, plaintext)).status).toBe(401);
  });

  it('show on B what A published, until A hides it', async () => {
    const { plaintext } = await a.mintKey();
    const { id } = await createWorkout(a);
    expect((await b.get(`${path}/${id}`, plaintext)).status).toBe(200);
    await updateWorkout(a, id, { visibility: 'PRIVATE' });
    expect((await b.get(`${path}/${id}`, plaintext)).status).toBe(404);
    expect((await (await b.get(path, plaintext)).json()) as { total: number }).toMatchObject({ total: 0 });
  });
});
