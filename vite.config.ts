/** How the server is built: a file for each part that is loaded by itself. To find and open a thousand is half of a start. */
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** What stays a package: it is native, looks for files beside its own, holds a page of 9 MB, or is hooked into from outside. */
const packages = [
  '@electric-sql/pglite',
  '@electric-sql/pglite-socket',
  '@graphql-yoga/render-graphiql',
  '@opentelemetry/[^/]+',
  '@prisma/client',
  '@prisma/instrumentation',
  'bcrypt',
  'ioredis',
  'pg',
  'pino',
  'swagger-ui-dist',
];

/** npm makes a command executable when it links it, and does not look again when it is built anew. */
const executable: Plugin = { name: 'executable', writeBundle: ({ dir = '' }) => chmodSync(path.join(dir, 'cli.js'), 0o755) };

export default defineConfig({
  publicDir: false,
  envDir: false,
  plugins: [executable],
  // What Node itself would take is what the tests have imported.
  ssr: { noExternal: true, resolve: { conditions: ['node'], mainFields: ['main'] } },
  build: {
    ssr: 'src/cli.ts',
    outDir: 'dist/src',
    target: 'es2023',
    sourcemap: true,
    // Names and lines of a stack in the log mean something.
    minify: false,
    rolldownOptions: {
      external: packages.map((name) => new RegExp(`^${name}(/|$)`)),
      output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name].js' },
    },
  },
});
