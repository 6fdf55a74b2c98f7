/** Single statements past Prisma, for the few that most requests wait for: Prisma's own share of them would be the larger. */
import type { Pool, QueryResultRow } from 'pg';

interface Statement {
  /** Under which each connection prepares it; the same name must always mean the same text. Unnamed is planned every time. */
  name?: string;
  text: string;
}

/** Runs one statement and gives its rows, with the driver's types: a timestamp is a Date, a bigint is text. */
export type RunStatement = <Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>;

/** @param prepares whether the server can keep prepared statements by name; the embedded one cannot. */
export function createRunStatement(pool: Pool, prepares: boolean): RunStatement {
  return async ({ name, text }, values) => {
    const { rows } = await pool.query({ text, values: values as unknown[], ...(prepares && name !== undefined && { name }) });
    return rows;
  };
}
