/** The only reader of the environment. Every fault is reported at once; nothing starts on half a configuration. */
import { z } from 'zod';

const secretKey = /^[0-9a-f]{64}$/i;

export const isSecretKey = (text: string) => secretKey.test(text);

const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be an address beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );

/** Whoever can change what this address answers can sign in as anyone. */
function isSafeToFetch(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && isHere)) && !username && !password;
}

const list = (text: string) => text.split(',').map((item) => item.trim());

const port = z.coerce
  .number('must be a port number')
  .int('must be a port number')
  .min(0, 'must be a port number')
  .max(65_535, 'must be a port number');

const environment = z.object({
  PORT: port.default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: url('http:', 'https:')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  DATABASE_URL: url('postgresql:', 'postgres:').optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  ADMIN_TOKEN: z.string().min(32, 'must have at least 32 characters').regex(/^\S+$/, 'must not contain white space').optional(),
  SECRET_KEY: z
    .string()
    .transform(list)
    .pipe(z.array(z.string().regex(secretKey, 'each key must be 64 hexadecimal characters (openssl rand -hex 32)')).min(1))
    .optional(),
  KEY_ENVIRONMENTS: z
    .string()
    .default('live,test')
    .transform((text) => list(text.toUpperCase()))
    .pipe(z.array(z.enum(['LIVE', 'TEST'], 'must be live, test or both, separated by a comma')).min(1)),
  SESSION_JWKS_URL: z.string().refine(isSafeToFetch, 'must be an https address without a user name (http only on this machine)').optional(),
  SESSION_ISSUER: z.string().regex(/^\S+$/, 'must not contain white space').optional(),
  SESSION_AUDIENCE: z.string().regex(/^\S+$/, 'must not contain white space').optional(),
  SESSION_CLIENT_ID: z.string().regex(/^\S+$/, 'must not contain white space').optional(),
  SESSION_CLIENT_SECRET: z.string().optional(),
  SESSION_ROLE_CLAIM: z.string().regex(/^\S+$/, 'must not contain white space').optional(),
  CONTACT_EMAIL: z.email('must be an e-mail address').optional(),
  TRUST_PROXY_HOPS: z.coerce
    .number('must be a number of proxies')
    .int('must be a number of proxies')
    .min(0, 'must be a number of proxies')
    .max(10, 'must be a number of proxies')
    .default(0),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be fatal, error, warn, info, debug, trace or silent')
    .default('info'),
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http:', 'https:').optional(),
});

/** What a deployment on a database of its own must be told, because nothing is written to its disk. */
const requiredWithDatabaseUrl = ['PUBLIC_URL', 'SECRET_KEY'];

/** Any of these and the optional ones says that an identity provider signs sessions; then these must be known of it. */
const requiredOfIssuer = ['SESSION_JWKS_URL', 'SESSION_ISSUER', 'SESSION_AUDIENCE'];

export interface Config {
  port: number;
  host: string;
  /** Without a trailing slash. */
  publicUrl: string | undefined;
  /** Unset: the embedded database in `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  redisUrl: string | undefined;
  adminToken: string | undefined;
  /** Newest first, hexadecimal. Unset: kept in `dataDir`. */
  secretKeys: string[] | undefined;
  keyEnvironments: ('LIVE' | 'TEST')[];
  /** The identity provider that signs sessions. Unset: the gateway signs them. */
  sessionIssuer:
    | {
        jwksUrl: string;
        issuer: string;
        audience: string;
        roleClaim: string;
        /** What the provider knows the console by; without it nobody signs in there through the console. */
        clientId: string | undefined;
        clientSecret: string | undefined;
      }
    | undefined;
  contactEmail: string | undefined;
  /** How many proxies of ours stand before the server and append to X-Forwarded-For. */
  trustProxyHops: number;
  logLevel: string;
  /** Where Prometheus reads. Unset: nothing is measured. */
  metrics: { port: number; host: string } | undefined;
  /** The OpenTelemetry collector that gets traces. Unset: there are none. */
  tracesEndpoint: string | undefined;
}

/** Names every variable that is wrong, and what it should be. */
export class ConfigError extends Error {}

/** The names of all variables, for the check of .env.example. */
export const variableNames = Object.keys(environment.shape);

/** @throws ConfigError listing every fault. An empty variable counts as unset. */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const missing = given.DATABASE_URL === undefined ? [] : requiredWithDatabaseUrl.filter((name) => given[name] === undefined);
  const issuerIsMeant = [...requiredOfIssuer, 'SESSION_ROLE_CLAIM', 'SESSION_CLIENT_ID', 'SESSION_CLIENT_SECRET'].some(
    (name) => given[name] !== undefined,
  );
  const missingOfIssuer = issuerIsMeant ? requiredOfIssuer.filter((name) => given[name] === undefined) : [];
  const faults = [
    ...(parsed.error?.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`) ?? []),
    ...missing.map((name) => `${name} is required when DATABASE_URL is set`),
    ...(given.SESSION_CLIENT_ID && !isSafeToFetch(given.SESSION_ISSUER ?? '')
      ? ['SESSION_ISSUER must be an https address when SESSION_CLIENT_ID is set: signing in begins there']
      : []),
    ...missingOfIssuer.map((name) => `${name} is required when an identity provider signs sessions`),
  ];
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError(`The configuration is not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
  const env = parsed.data;
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.DATA_DIR,
    redisUrl: env.REDIS_URL,
    adminToken: env.ADMIN_TOKEN,
    secretKeys: env.SECRET_KEY,
    keyEnvironments: env.KEY_ENVIRONMENTS,
    sessionIssuer: issuerOf(env),
    contactEmail: env.CONTACT_EMAIL,
    trustProxyHops: env.TRUST_PROXY_HOPS,
    logLevel: env.LOG_LEVEL,
    metrics: env.METRICS_PORT === undefined ? undefined : { port: env.METRICS_PORT, host: env.METRICS_HOST },
    tracesEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
}

function issuerOf(env: z.infer<typeof environment>): Config['sessionIssuer'] {
  const { SESSION_JWKS_URL: jwksUrl, SESSION_ISSUER: issuer, SESSION_AUDIENCE: audience, SESSION_ROLE_CLAIM: roleClaim = 'role' } = env;
  const { SESSION_CLIENT_ID: clientId, SESSION_CLIENT_SECRET: clientSecret } = env;
  return jwksUrl && issuer && audience ? { jwksUrl, issuer, audience, roleClaim, clientId, clientSecret } : undefined;
}

export interface ClientConfig {
  /** The server that commands talk to. */
  url: string;
  /** Unset: the admin token in `dataDir`. */
  token: string | undefined;
  dataDir: string;
}

/** Where commands find their server and their credential; no fault is possible before one is used. */
export function readClientConfig({ EKIDEN_URL, EKIDEN_TOKEN, DATA_DIR, PORT }: NodeJS.ProcessEnv = process.env): ClientConfig {
  return { url: EKIDEN_URL || `http://localhost:${PORT || 4000}`, token: EKIDEN_TOKEN || undefined, dataDir: DATA_DIR || '.data' };
}
