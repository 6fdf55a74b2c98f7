/** What every contender is told when it is started. */
import pg from 'pg';

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

export const port = Number(required('PORT'));
const databaseUrl = required('DATABASE_URL');
export const secretKey = required('SECRET_KEY');
/** What absolute links begin with. */
export const publicUrl = required('PUBLIC_URL');
export const redisUrl = process.env.REDIS_URL || undefined;

/** As many connections as the gateway has. */
export const createPool = () => new pg.Pool({ connectionString: databaseUrl, max: 10, keepAlive: true });
