import { defineConfig } from 'prisma/config';

// `prisma generate` only resolves the path of the schema engine and never runs it; naming any
// executable keeps it from downloading one, so that an install needs the npm registry alone.
// `prisma migrate` and friends do run the engine and are left as they are.
if (!['migrate', 'db', 'studio'].includes(process.argv[2] ?? '')) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://unset' },
});
