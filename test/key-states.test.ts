/** Whatever operators do to keys, in whatever order: a key is let in exactly when a model of a few lines says so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { askEveryDoor, changeKey, setArchived, tryRotate, updateKey } from './support/keys.ts';

const gateway = await startGateway();
const start = new Date('2027-01-01T00:00:00.500Z').getTime();

/** What the model knows of a key; times in seconds after the start. */
interface ModelKey {
  id: string;
  plaintext: string;
  expires: number;
  sunset: number;
  rotated: boolean;
  disabled: boolean;
  revoked: boolean;
}

interface Model {
  partnerId: string;
  archived: boolean;
  now: number;
  keys: ModelKey[];
}

type Step =
  | { do: 'create'; lifetime: number }
  | { do: 'rotate'; key: number; grace: number }
  | { do: 'disable' | 'enable' | 'revoke'; key: number }
  | { do: 'expire'; key: number; lifetime: number }
  | { do: 'archive' | 'unarchive' }
  | { do: 'pass'; seconds: number };

const key = fc.nat(5);
const lifetime = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(Number.POSITIVE_INFINITY));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('create' as const), lifetime }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('rotate' as const), key, grace: fc.integer({ min: 0, max: 30 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('disable' as const, 'enable' as const, 'revoke' as const), key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), key, lifetime }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('archive' as const, 'unarchive' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 25 }) }) },
);

const hasEnded = (model: Model, key: ModelKey) => key.revoked || key.sunset <= model.now;
const isExpired = (model: Model, key: ModelKey) => Math.min(key.sunset, key.expires) <= model.now;
const isLetIn = (model: Model, key: ModelKey) => !model.archived && !key.revoked && !key.disabled && !isExpired(model, key);

function statusOf(model: Model, key: ModelKey): string {
  if (key.revoked) return 'REVOKED';
  if (isExpired(model, key)) return 'EXPIRED';
  if (key.disabled) return 'DISABLED';
  return key.rotated ? 'DEPRECATED' : 'ACTIVE';
}

const instant = (seconds: number) => (Number.isFinite(seconds) ? new Date(start + seconds * 1000).toISOString() : null);
const fresh = { sunset: Number.POSITIVE_INFINITY, rotated: false, disabled: false, revoked: false };
const limits = { requestsPerMinute: 1_000_000, requestsPerDay: 1_000_000 };

/** Takes the step in the gateway and in the model; the gateway must refuse what the model forbids. */
async function take(model: Model, step: Step): Promise<void> {
  switch (step.do) {
    case 'pass':
      model.now += step.seconds;
      gateway.clock.now = new Date(start + model.now * 1000);
      return;
    case 'archive':
    case 'unarchive':
      model.archived = step.do === 'archive';
      await setArchived(gateway, model.partnerId, model.archived);
      return;
    case 'create':
      if (!model.archived) await create(model, step.lifetime);
      return;
    case 'rotate':
    case 'disable':
    case 'enable':
    case 'revoke':
    case 'expire': {
      const target = model.keys[step.key % model.keys.length];
      if (target) expect(await change(model, target, step)).toBe(true);
    }
  }
}

async function create(model: Model, lifetime: number): Promise<void> {
  const expires = model.now + lifetime;
  const { id, plaintext } = await gateway.mintKey({ partnerId: model.partnerId, expiresAt: instant(expires), ...limits });
  model.keys.push({ id, plaintext, expires, ...fresh });
}

/** Whether the gateway did, or refused, what the model expects. */
async function change(model: Model, key: ModelKey, step: Extract<Step, { key: number }>): Promise<boolean> {
  if (step.do === 'rotate') return rotate(model, key, step.grace);
  const mayChange = step.do === 'revoke' || !hasEnded(model, key);
  const expires = step.do === 'expire' ? model.now + step.lifetime : key.expires;
  const { errors } =
    step.do === 'expire'
      ? await updateKey(gateway, key.id, { expiresAt: instant(expires) })
      : await changeKey(gateway, `${step.do}ApiKey`, key.id);
  if (!mayChange) return errors?.[0]?.extensions.code === 'CONFLICT';
  key.expires = expires;
  key.revoked ||= step.do === 'revoke';
  key.disabled = step.do === 'disable' || (step.do !== 'enable' && key.disabled);
  return errors === undefined;
}

async function rotate(model: Model, key: ModelKey, grace: number): Promise<boolean> {
  const mayRotate = !model.archived && statusOf(model, key) === 'ACTIVE';
  const { data, errors } = await tryRotate(gateway, key.id, grace);
  if (!mayRotate || !data) return !mayRotate && errors?.[0]?.extensions.code === 'CONFLICT';
  const { plaintext, apiKey } = data.rotateApiKey;
  model.keys.push({ id: apiKey.id, plaintext, expires: key.expires, ...fresh });
  Object.assign(key, { rotated: true, revoked: grace === 0, sunset: Math.min(model.now + grace, key.expires) });
  return true;
}

/** The status of each of the partner's keys, by its id. */
async function seenStatuses(id: string): Promise<Record<string, string>> {
  const { data } = await gateway.graphql<{ partner: { apiKeys: { id: string; status: string }[] } }>(
    'query ($id: ID!) { partner(id: $id) { apiKeys { id status } } }',
    { id },
  );
  return Object.fromEntries(data.partner.apiKeys.map((key) => [key.id, key.status]));
}

describe('a key', () => {
  it('is let in by every door exactly while it should be, whatever is done to it and to others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        gateway.clock.now = new Date(start);
        const { id, plaintext, partnerId } = await gateway.mintKey(limits);
        const first = { id, plaintext, expires: Number.POSITIVE_INFINITY, ...fresh };
        const model: Model = { partnerId, archived: false, now: 0, keys: [first] };
        for (const step of steps) {
          await take(model, step);
          const letIn = model.keys.map((key) => Array(3).fill(isLetIn(model, key) ? 200 : 401));
          expect(await Promise.all(model.keys.map((key) => askEveryDoor(gateway, key.plaintext)))).toEqual(letIn);
          expect(await seenStatuses(partnerId)).toEqual(Object.fromEntries(model.keys.map((key) => [key.id, statusOf(model, key)])));
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
