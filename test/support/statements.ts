/** The SQL that reaches the database, as the driver sends it. */
import pg from 'pg';
import { vi } from 'vitest';

const writes = /\b(INSERT INTO|UPDATE ("|ONLY)|DELETE FROM|TRUNCATE)/i;

/** Writes down every statement of this process from now on. Calls pass through; they are only read. */
export function recordStatements() {
  const statements: string[] = [];
  const { query } = pg.Client.prototype;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [config] = args as [string | { text?: string }];
    statements.push(typeof config === 'string' ? config : (config.text ?? ''));
    return Reflect.apply(query, this, args);
  });
  return {
    statements,
    writes: () => statements.filter((text) => writes.test(text)),
    stop: () => spy.mockRestore(),
  };
}

/** The statements that were sent while `work` ran, and what it gave. Nothing else may use the database meanwhile. */
export async function countStatements<T>(work: () => Promise<T>): Promise<{ statements: string[]; result: T }> {
  const { statements, stop } = recordStatements();
  try {
    return { result: await work(), statements };
  } finally {
    stop();
  }
}
