import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * The promises that a database has a part in are kept on either; what needs a real server runs only where one is given.
 */
const { TEST_DATABASE_URL, TEST_REDIS_URL } = process.env;
const everywhere = ['test/*.test.ts'];

/** What is about doors, documents and credentials alone: no database can make a difference to it. */
const doorsAlone = [
  'context-links-to-follow',
  'context-size',
  'development-sessions',
  'docs',
  'exam',
  'form-faults',
  'graphql-*',
  'hostile-*',
  'http-server',
  'issuer-keys',
  'llms-txt',
  'masked-fields',
  'mcp*',
  'observability*',
  'openapi*',
  'provider-sign-in',
  'refused-bodies',
  'refusals',
  'security-headers',
  'session*',
  'statements',
  'traces',
].map((name) => `test/${name}.test.ts`);

/** What starts the gateway as a process of its own. */
const processes = ['test/support/built-cli.ts'];

function suite(name: string, include: string[], database?: 'embedded' | 'postgres', exclude: string[] = [], setups: string[] = []) {
  const globalSetup = [...(database ? ['test/support/global-setup.ts'] : []), ...setups];
  return { extends: true as const, test: { name, include, exclude, globalSetup, ...(database && { env: { TEST_DATABASE: database } }) } };
}

export default defineConfig({
  // Vite would take graphql's ES modules where the libraries beside us take its CommonJS ones; two copies refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    maxWorkers: 2,
    // Files of one process share its modules: loading the schema anew for each of 200 took more time than the tests.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      suite('unit', ['test/unit/*.test.ts']),
      suite('process', ['test/process/*.test.ts'], undefined, [], processes),
      suite('embedded', everywhere, 'embedded', [], processes),
      suite('browser', ['test/browser/*.test.ts'], 'embedded', [], ['test/support/console-setup.ts']),
      ...(TEST_DATABASE_URL ? [suite('postgres', [...everywhere, 'test/postgres/*.test.ts'], 'postgres', doorsAlone, processes)] : []),
      ...(TEST_DATABASE_URL && TEST_REDIS_URL ? [suite('redis', ['test/redis/*.test.ts'], 'postgres', [], processes)] : []),
    ],
  },
});
