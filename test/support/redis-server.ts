/** A Redis of a test's own, which may be stopped, hung and started again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

export async function startRedisServer() {
  const port = await freePort();
  const start = () =>
    spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  let server = start();
  const url = `redis://127.0.0.1:${port}`;

  async function answers() {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: null, connectTimeout: 100 });
    client.on('error', () => undefined);
    return client
      .connect()
      .then(() => client.ping())
      .then(
        () => true,
        () => false,
      )
      .finally(() => client.disconnect());
  }
  await until(answers);

  return {
    url,
    hang: () => server.kill('SIGSTOP'),
    goOn: () => server.kill('SIGCONT'),
    async stop() {
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
    },
    async startAgain() {
      server = start();
      await until(answers);
    },
  };
}
