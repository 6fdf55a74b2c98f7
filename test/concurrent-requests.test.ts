import { expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';

const gateway = await startGateway();

it('requests that arrive together get their own answers, writes and reads mixed', async () => {
  const names = Array.from({ length: 6 }, (_, index) => `key number ${index}`);
  const labels = await Promise.all(
    names.map(async (label) => {
      const { plaintext, id } = await gateway.mintKey({ label });
      const own = (await (await gateway.get('/api/key', plaintext)).json()) as { id: string; label: string };
      return own.id === id ? own.label : `another key's answer`;
    }),
  );
  expect(labels).toEqual(names);
});
