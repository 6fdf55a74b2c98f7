/** How many SQL statements an unchanged poll takes, counted by Postgres itself. */
import { queryOnce } from './local-servers.ts';
import type { Bench } from './measure.ts';
import { unchangedList } from './rows.ts';
import { send } from './same-rows.ts';

export interface Statements {
  perPoll: number;
  /** What was run, and how often for each poll. */
  statements: { query: string; perPoll: number }[];
}

const polls = 100;

/** What the gateway writes down in batches, however many requests there are: that is no poll's. */
const background = /"ApiKeyDay"|"lastUsedAt"|"ContextRead"/;

export async function countStatements(bench: Bench, databaseUrl: string): Promise<Statements> {
  const { url } = await bench.contenders.get('gateway');
  const request = unchangedList(await bench.materialFor('gateway'));
  await send(url, request);
  await queryOnce(databaseUrl, 'SELECT pg_stat_statements_reset()');
  for (let poll = 0; poll < polls; poll++) await send(url, request);
  const counted = await queryOnce<{ query: string; calls: number }>(
    databaseUrl,
    `SELECT "query", "calls"::int FROM pg_stat_statements WHERE "query" NOT LIKE '%pg_stat_statements%' ORDER BY "calls" DESC`,
  );
  const own = counted.filter(({ query }) => !background.test(query));
  const statements = own.map(({ query, calls }) => ({ query: query.replace(/\s+/g, ' ').trim(), perPoll: calls / polls }));
  return { perPoll: statements.reduce((sum, { perPoll }) => sum + perPoll, 0), statements };
}
