import { expect, it } from 'vitest';
import { shareDemoRunner } from './support/demo-runner.ts';
import { startGateway } from './support/gateway.ts';
import { callTool, connectGatewayMcp } from './support/mcp.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

it('tries', async () => {
  const { path } = await shareDemoRunner(gateway);
  const client = await connectGatewayMcp(gateway, path);
  await client.listTools();
  for (const [name, args] of [['get_context', { detail: 'brief' }], ['get_health', { limit: 3 }], ['get_runs', { limit: 3 }], ['get_personal_bests', {}], ['get_runs', { limit: 1000, foo: 1 }]] as const) {
    const t = performance.now();
    const r = await callTool(client, name, args);
    console.log(name, performance.now() - t, r.isError, '\n', r.text, '\n', JSON.stringify(r.data).slice(0,1500));
  }
  console.log(JSON.stringify([await client.listResources(), await client.listPrompts(), client.getInstructions()], null, 1));
  expect(1).toBe(1);
});
