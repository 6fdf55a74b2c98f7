import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The same promises on either database; what needs a real server runs only where one is given. */
const { TEST_DATABASE_URL, TEST_REDIS_URL } = process.env;
const everywhere = ['test/*.test.ts'];
const setup = { globalSetup: 'test/support/global-setup.ts', testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  // Vite would take graphql's ES modules where the libraries beside us take its CommonJS ones; two copies refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/*.test.ts'] } },
      { extends: true, test: { ...setup, name: 'embedded', include: everywhere, env: { TEST_DATABASE: 'embedded' } } },
      ...(TEST_DATABASE_URL
        ? [
            {
              test: { ...setup, name: 'postgres', include: [...everywhere, 'test/postgres/*.test.ts'], env: { TEST_DATABASE: 'postgres' } },
            },
          ]
        : []),
      ...(TEST_DATABASE_URL && TEST_REDIS_URL
        ? [{ extends: true, test: { ...setup, name: 'redis', include: ['test/redis/*.test.ts'], env: { TEST_DATABASE: 'postgres' } } }]
        : []),
    ],
  },
});
