/** The Postgres on which the long versions make their databases. @throws when none is given. */
export function givenPostgres(): string {
  const { TEST_DATABASE_URL } = process.env;
  if (!TEST_DATABASE_URL) throw new Error('TEST_DATABASE_URL is not set: a Postgres whose user may create databases');
  return TEST_DATABASE_URL;
}
