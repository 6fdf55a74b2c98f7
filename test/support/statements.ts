/** Counts what the database is asked, at the driver: whoever asks, Prisma or a raw statement. */
import pg from 'pg';

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

/** How many statements were sent while `work` ran, and what it gave. Nothing else may use the database meanwhile. */
export async function countStatements<T>(work: () => Promise<T>): Promise<{ statements: string[]; result: T }> {
  const client = pg.Client.prototype as unknown as { query: Query };
  const { query } = client;
  const statements: string[] = [];
  client.query = function (...args) {
    const [config] = args as [string | { text: string }];
    statements.push(typeof config === 'string' ? config : config.text);
    return query.apply(this, args);
  };
  try {
    return { result: await work(), statements };
  } finally {
    client.query = query;
  }
}
