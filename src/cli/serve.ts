/** The commands that are a server: `serve`, and `demo`, which fills it first. */

import { type Config, ConfigError } from '../config.ts';
import { type RunningServer, startServer } from '../main.ts';
import { DataFolderInUse } from '../platform/data-folder.ts';
import { createLog } from '../platform/log.ts';
import { MigrationError } from '../platform/migrations.ts';
import { CommandError, connect } from './client.ts';
import { readConfigOrExplain } from './server-config.ts';

/** Runs until SIGTERM or SIGINT. @throws CommandError when the configuration or the surroundings do not allow it. */
export async function serve(): Promise<void> {
  const server = await start(readConfigOrExplain());
  console.log(`${welcome(server)}

Sign in to the console, or give a partner a key, in another terminal:
  npx ekiden login --as operator
  npx ekiden catalogue import <file>
  npx ekiden partner create partner-a
`);
}

/** The same with a small catalogue, a partner, a key and a runner, kept apart from what `serve` keeps unless DATA_DIR says otherwise. */
export async function demo(): Promise<void> {
  const config = readConfigOrExplain();
  if (config.databaseUrl) throw new CommandError('The demo brings its own database: unset DATABASE_URL, or use "npx ekiden serve".');
  const dataDir = config.dataDir === '.data' ? '.data-demo' : config.dataDir;
  const server = await start({ ...config, dataDir });
  const ask = connect({ url: server.localUrl, token: server.adminToken, dataDir: config.dataDir });
  const { fillWithDemo } = await import('../demo/fill.ts');
  const { key, contextPath } = await fillWithDemo(ask);
  console.log(`${welcome(server)}

A demo catalogue is loaded, and partner-a has a new key. Paste:
  curl -H "X-API-Key: ${key}" '${server.localUrl}/api/workout-templates?per_page=2'
  curl -H "X-API-Key: ${key}" '${server.localUrl}/api/training-plan-templates?goalDistance=five_k'
  curl -H "X-API-Key: ${key}" '${server.localUrl}/api/key'

The runner runner-a shares everything at this address, without a key. For a language model, for a program, day by day:
  curl '${server.localUrl}${contextPath}'
  curl '${server.localUrl}${contextPath}?format=json'
  curl '${server.localUrl}${contextPath}/health?limit=7'

To look around as that runner, or as an operator, open the link that this prints:
  DATA_DIR=${dataDir} npx ekiden login --as runner --user runner-a
  DATA_DIR=${dataDir} npx ekiden login --as operator
`);
}

async function start(config: Config): Promise<RunningServer> {
  const log = createLog(config.logLevel);
  // Rejections that nobody handles come here too. Node would print the error with everything that hangs on it.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error that nobody caught ends the process');
    process.exit(1);
  });
  // A new embedded database takes seconds to make; longer on a busy machine.
  console.log('Ekiden is starting …');
  const server = await startServer(config).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof DataFolderInUse || error instanceof MigrationError || error instanceof ConfigError)
      throw new CommandError(`Ekiden cannot start: ${error.message}.`);
    if (error.code === 'EADDRINUSE') throw new CommandError(`Ekiden cannot start: port ${config.port} is in use; set PORT to another.`);
    throw new CommandError(`Ekiden cannot start: ${error.message || error.code}`);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      server.stop().then(
        () => process.exit(0),
        (error) => {
          log.fatal({ err: error }, 'the server could not be stopped in order');
          process.exit(1);
        },
      );
    });
  }
  return server;
}

const welcome = ({ publicUrl, database, redis }: RunningServer) => `
Ekiden is running at ${publicUrl}

  Console            ${publicUrl}/
  API documentation  ${publicUrl}/api/docs
  GraphiQL           ${publicUrl}/graphql
  Templates in       ${database === 'embedded' ? 'the embedded database' : 'Postgres'}
  Limits counted in  ${redis ? 'Redis' : 'this process'}`;
