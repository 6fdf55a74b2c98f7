/** The plans of the statements behind requests, as the server itself ran them: auto_explain, with its own parameters. */
import { queryOnce } from '../local-servers.ts';
import { askOnce, type Gateway, serveDatabase } from './gateway.ts';
import { moveRevision } from './measure.ts';
import { requestsFor } from './requests.ts';

const settings = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_nested_statements': 'off',
};

/** The settings of a Postgres whose log can be read back. */
export const loggingSettings = { logging_collector: 'on', log_filename: 'server.log', log_rotation_size: '0', log_rotation_age: '0' };

/** EXPLAIN (ANALYZE, BUFFERS) of every statement of each of these requests, once the server is warm. */
export async function explain(gateway: Gateway, names: string[]): Promise<string> {
  const url = new URL(gateway.database.url);
  url.searchParams.set(
    'options',
    Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  );
  const server = await serveDatabase(url.href);
  try {
    const parts: string[] = [];
    for (const request of await requestsFor(gateway)) {
      if (!names.includes(request.name)) continue;
      const asked = request.ask(0);
      const ask = () => askOnce(undefined, server.url, gateway.database.apiKey, asked);
      const from = async () => {
        await ask();
        await moveRevision(gateway, request.dependsOn, asked.path);
        return logSize(gateway);
      };
      // What is too slow to be answered has plans all the same, and they are the ones to look at.
      const offset = await from().catch(() => logSize(gateway));
      const failure = await ask().then(
        () => '',
        (error: Error) => `${error.message}\n\n`,
      );
      parts.push(`## ${request.name}\n\n${failure}${plansOf(await logSince(gateway, offset))}`);
    }
    return parts.join('\n');
  } finally {
    await server.stop();
  }
}

async function logSize({ database }: Gateway): Promise<number> {
  const [row] = await queryOnce<{ size: string }>(database.url, 'SELECT size FROM pg_stat_file(pg_current_logfile())');
  return Number(row?.size ?? 0);
}

async function logSince({ database }: Gateway, offset: number): Promise<string> {
  const [row] = await queryOnce<{ text: string }>(
    database.url,
    `SELECT convert_from(pg_read_binary_file(pg_current_logfile(), $1, 10000000), 'UTF8') AS text`,
    [offset],
  );
  return row?.text ?? '';
}

/** The entries of the log that are plans; the lines of one begin with a tab. */
const plansOf = (log: string): string =>
  log
    .split(/^(?=\d{4}-\d\d-\d\d )/m)
    .filter((entry) => entry.includes(' plan:\n') && !entry.includes('SyncClock" SET'))
    .map((entry) => entry.replace(/^.*?duration: /, '-- ').replace(/^\t/gm, ''))
    .join('\n');
