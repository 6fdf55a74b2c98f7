import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contractTools, runTool } from './support/contract-tools.ts';
import { fillWithExamples } from './support/example-catalogue.ts';
import { publicUrl, startGateway } from './support/gateway.ts';

interface Client {
  listWorkouts(baseUrl: string, apiKey: string, send: (request: Request) => Promise<Response>): Promise<string[]>;
}

/** Types from the document, a client on top of them, both compiled strictly. @throws what the compiler says. */
async function buildClient(tools: string): Promise<Client> {
  await mkdir(path.join(tools, 'dist'), { recursive: true });
  const folder = await mkdtemp(path.join(tools, 'dist/client-'));
  try {
    const generated = path.join(folder, 'api.d.ts');
    const types = await runTool('openapi-typescript/bin/cli.js', [path.resolve('schema/openapi.json'), '--output', generated]);
    await copyFile(path.join(tools, 'list-workouts.ts'), path.join(folder, 'list-workouts.ts'));
    const options = [
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--allowImportingTsExtensions',
      '--rewriteRelativeImportExtensions',
    ];
    const compiled = await runTool('typescript/lib/tsc.js', [...options, 'list-workouts.ts'], folder);
    if (types.code + compiled.code > 0) throw new Error(types.output + compiled.output);
    return (await import(pathToFileURL(path.join(folder, 'list-workouts.js')).href)) as Client;
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.skipIf(!contractTools)('a client generated from the OpenAPI document', async () => {
  const gateway = await startGateway();
  const client = contractTools ? await buildClient(contractTools) : null;

  it('compiles, and lists and fetches the templates of a gateway', async () => {
    await fillWithExamples(gateway);
    const { plaintext } = await gateway.mintKey();
    expect(await client?.listWorkouts(`${publicUrl}/api`, plaintext, gateway.app.fetch)).toEqual([
      'Cruise intervals 4 × 1600 m: THRESHOLD, version 1, 4 steps',
    ]);
  });

  it('reads the code of a refusal', async () => {
    expect(await client?.listWorkouts(`${publicUrl}/api`, 'not a key', gateway.app.fetch)).toEqual(['UNAUTHENTICATED']);
  });
});
