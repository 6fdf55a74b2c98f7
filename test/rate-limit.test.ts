import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createWorkout } from './support/templates.ts';

const gateway = await startGateway();
const path = '/api/workout-templates';

/** What a client is told of its limits. */
const limitHeaders = (response: Response) =>
  Object.fromEntries([...response.headers].filter(([name]) => /ratelimit|retry-after/.test(name)));
const remaining = (response: Response) =>
  /"minute";r=(\d+);t=\d+, "day";r=(\d+)/
    .exec(response.headers.get('ratelimit') ?? '')
    ?.slice(1)
    .map(Number);

// The limiter asks the machine what time it is; nothing else here is faked.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function passSeconds(seconds: number) {
  vi.setSystemTime(Date.now() + seconds * 1000);
  gateway.clock.now = new Date();
}

describe('a key', () => {
  it('may ask 60 times in a minute; the next is 429, and obeying Retry-After succeeds', async () => {
    const { plaintext } = await gateway.mintKey();
    passSeconds(0);
    const startSeconds = Math.ceil(gateway.clock.now.getTime() / 1000);
    const first = await gateway.get(path, plaintext);
    expect(first.status).toBe(200);
    expect(limitHeaders(first)).toEqual({
      'ratelimit-policy': '"minute";q=60;w=60, "day";q=10000;w=86400',
      ratelimit: '"minute";r=59;t=60, "day";r=9999;t=86400',
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '59',
      'x-ratelimit-reset': String(startSeconds + 60),
    });
    for (let count = 2; count <= 60; count++) expect((await gateway.get(path, plaintext)).status).toBe(200);

    passSeconds(12.3);
    for (let refused = 0; refused < 3; refused++) {
      const response = await gateway.get(path, plaintext);
      expect(response.status).toBe(429);
      expect(await response.json()).toMatchObject({ status: 429, code: 'RATE_LIMITED', title: 'Too Many Requests' });
      expect(limitHeaders(response)).toEqual({
        'ratelimit-policy': '"minute";q=60;w=60, "day";q=10000;w=86400',
        // The refused ones did not count against the day.
        ratelimit: '"minute";r=0;t=48, "day";r=9940;t=86388',
        'x-ratelimit-limit': '60',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(gateway.clock.now.getTime() / 1000) + 48),
        'retry-after': '48',
      });
    }
    passSeconds(48);
    const obeyed = await gateway.get(path, plaintext);
    expect(obeyed.status).toBe(200);
    expect(remaining(obeyed)).toEqual([59, 9939]);
  });

  it('has limits of its own, and those of the day are told when they are nearer', async () => {
    const { plaintext } = await gateway.mintKey({ requestsPerMinute: 10, requestsPerDay: 2 });
    const other = await gateway.mintKey();
    await gateway.get(path, plaintext);
    await gateway.get(path, plaintext);
    const refused = await gateway.get(path, plaintext);
    expect(refused.status).toBe(429);
    expect(limitHeaders(refused)).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '0', 'retry-after': '86400' });
    expect((await gateway.get(path, other.plaintext)).status).toBe(200);
    passSeconds(86_400);
    expect((await gateway.get(path, plaintext)).status).toBe(200);
  });

  it('may have the largest limits there are', async () => {
    const { plaintext } = await gateway.mintKey({ requestsPerMinute: 2_147_483_647, requestsPerDay: 2_147_483_647 });
    expect(remaining(await gateway.get(path, plaintext))).toEqual([2_147_483_646, 2_147_483_646]);
  });
});

describe('a request counts one', () => {
  it('whatever its answer is', async () => {
    const { plaintext } = await gateway.mintKey({ scopes: ['workout-templates:read'] });
    const { id } = await createWorkout(gateway);
    const etag = (await gateway.get(path, plaintext)).headers.get('etag') ?? '';
    const requests: [path: string, init: RequestInit, status: number][] = [
      [path, { headers: { 'If-None-Match': etag } }, 304],
      [path, { method: 'HEAD' }, 200],
      [`${path}/${id}`, {}, 200],
      [`${path}/nothing`, {}, 404],
      [`${path}?per_page=abc`, {}, 400],
      ['/api/training-plan-templates', {}, 403],
      ['/api/key', {}, 200],
    ];
    for (const [index, [path, init, status]] of requests.entries()) {
      const response = await gateway.get(path, plaintext, init);
      expect(response.status).toBe(status);
      expect(remaining(response)).toEqual([58 - index, 9998 - index]);
      expect(response.headers.get('ratelimit-policy')).not.toBeNull();
    }
  });

  it('over GraphQL too, however much it asks for, and when it is refused', async () => {
    const { plaintext } = await gateway.mintKey({ requestsPerMinute: 3 });
    const ask = (query: string) =>
      gateway.app.fetch(
        new Request('https://gateway.example/graphql', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-API-Key': plaintext },
          body: JSON.stringify({ query }),
        }),
      );
    const [both, broken, large, over] = [
      await ask('{ workoutTemplates { total } trainingPlanTemplates { total } again: workoutTemplates { total } }'),
      await ask('{ nonsense'),
      await ask(`{ ${' '.repeat(100_000)} }`),
      await ask('{ apiKey { id } }'),
    ];
    expect([both, broken, large, over].map(remaining)).toEqual([
      [2, 9999],
      [1, 9998],
      [0, 9997],
      [0, 9997],
    ]);
    expect(large.status).toBe(413);
    expect(over.status).toBe(429);
    expect(over.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await over.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  });

  it('but not when its credentials are refused', async () => {
    const { plaintext } = await gateway.mintKey();
    const refused = await gateway.get(path, `${plaintext.slice(0, -8)}aaaaaaaa`);
    expect(refused.status).toBe(401);
    expect(limitHeaders(refused)).toEqual({});
    expect(remaining(await gateway.get(path, plaintext))).toEqual([59, 9999]);
  });
});
