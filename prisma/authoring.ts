/**
 * Writes and checks migrations without Prisma's downloaded schema engine and without a database server.
 *
 *   npm run migration:new -- <name>   writes prisma/migrations/<timestamp>_<name>/migration.sql from schema.prisma
 *   npm run migration:check           exits 1 and prints the missing SQL when schema.prisma and the migrations disagree
 *
 * The engine is the same code, compiled to WebAssembly; its scratch database is an in-memory PGlite.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';

const schemaPath = 'prisma/schema.prisma';
const migrationsDir = path.resolve('prisma/migrations');
const lockFile = path.join(migrationsDir, 'migration_lock.toml');
// TypeScript declares WebAssembly in its DOM library only, which nothing else here needs.
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { instantiate(bytes: Buffer, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }> };
};
const filters = { externalTables: [], externalEnums: [] };

interface Engine {
  applyMigrations(input: object): Promise<unknown>;
  devDiagnostic(input: object): Promise<{ action: { tag: string; reason?: string } }>;
  createMigration(input: object): Promise<{ migrationScript: string | null; generatedMigrationName: string }>;
  diff(input: object): Promise<{ exitCode: number; stdout?: string }>;
}

async function memoryDatabase() {
  const database = await PGlite.create({ extensions: { pg_trgm } });
  const adapter = await new PrismaPGlite(database).connect();
  // pglite-prisma-adapter 0.7.2 does not wait for executeScript, and its dispose closes nothing.
  adapter.executeScript = async (sql) => {
    await database.exec(sql);
  };
  adapter.dispose = () => database.close();
  return adapter;
}

async function openEngine(): Promise<Engine> {
  // The generated glue of wasm-bindgen reports a panic through this registry, which Prisma's own CLI provides.
  const registry = {
    message: '',
    get: () => registry.message,
    set_message: (message: string) => {
      registry.message = message;
    },
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
  const glueName = '@prisma/schema-engine-wasm/schema_engine_bg';
  const glue = await import(glueName);
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const { instance } = await WebAssembly.instantiate(readFileSync(path.join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: 'pglite-memory',
    connect: memoryDatabase,
    connectToShadowDb: memoryDatabase,
  });
  const datamodels = [[schemaPath, readFileSync(schemaPath, 'utf8')]];
  return glue.SchemaEngine.new({ datamodels }, () => {}, factory);
}

/** The migrations folder in the form the engine takes: every folder, oldest first, with its SQL. */
function listMigrations() {
  const names = readdirSync(migrationsDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    baseDir: migrationsDir,
    shadowDbInitScript: '',
    lockfile: { path: 'migration_lock.toml', content: existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : null },
    migrationDirectories: names
      .map((entry) => entry.name)
      .sort()
      .map((name) => {
        const value = readFileSync(path.join(migrationsDir, name, 'migration.sql'), 'utf8');
        return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
      }),
  };
}

const schemaFiles = () => ({ files: [{ path: schemaPath, content: readFileSync(schemaPath, 'utf8') }] });

async function createMigration(name: string): Promise<string> {
  const engine = await openEngine();
  const migrationsList = listMigrations();
  await engine.applyMigrations({ migrationsList, filters });
  // Fills the cache of the scratch schema, without which createMigration refuses.
  const { action } = await engine.devDiagnostic({ migrationsList, filters });
  if (action.tag !== 'createMigration') throw new Error(action.reason);
  const created = await engine.createMigration({
    draft: false,
    migrationName: name,
    migrationsList,
    schema: schemaFiles(),
    filters,
  });
  if (created.migrationScript === null) return 'schema.prisma and the migrations agree: nothing to write';
  const folder = path.join(migrationsDir, created.generatedMigrationName);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'migration.sql'), created.migrationScript);
  if (!existsSync(lockFile)) writeFileSync(lockFile, 'provider = "postgresql"\n');
  return `wrote ${path.relative('.', folder)}/migration.sql: read it before you commit it`;
}

async function checkMigrations(): Promise<string> {
  const engine = await openEngine();
  const { exitCode, stdout } = await engine.diff({
    from: { tag: 'migrations', ...listMigrations() },
    to: { tag: 'schemaDatamodel', ...schemaFiles() },
    script: true,
    exitCode: true,
    filters,
  });
  if (exitCode !== 0) throw new Error(`schema.prisma and the migrations disagree; missing SQL:\n${stdout ?? ''}`);
  return 'schema.prisma and the migrations agree';
}

const [command, name] = process.argv.slice(2);
try {
  if (command === 'new' && name) console.log(await createMigration(name));
  else if (command === 'check') console.log(await checkMigrations());
  else throw new Error('usage: authoring.ts new <name> | check');
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
