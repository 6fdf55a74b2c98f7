/** One gateway of a size: its database, the built server on it, and what must be known to ask it. */
import http from 'node:http';
import pg from 'pg';
import { type BuiltServer, startBuiltServer } from '../built-server.ts';
import { type FilledDatabase, fillDatabase, secretKey } from './database.ts';
import type { Size } from './sizes.ts';

export interface Gateway {
  size: Size;
  database: FilledDatabase;
  server: BuiltServer;
  /** Beside the gateway, to move revisions and to look things up. */
  client: pg.Client;
  /** One request on a connection that is kept; milliseconds until the last byte. @throws for any status but 200. */
  ask(request: Asked): Promise<{ ms: number; body: string }>;
  stop(): Promise<void>;
}

export interface Asked {
  path: string;
  /** The text of a GraphQL operation, which makes it a POST. */
  query?: string;
}

export async function startGateway(serverUrl: string, size: Size): Promise<Gateway> {
  const database = await fillDatabase(serverUrl, size);
  const server = await serveDatabase(database.url);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  return {
    size,
    database,
    server,
    client,
    ask: (request) => askOnce(agent, server.url, database.apiKey, request),
    async stop() {
      agent.destroy();
      await client.end();
      await server.stop();
    },
  };
}

export const serveDatabase = (databaseUrl: string): Promise<BuiltServer> =>
  startBuiltServer({ DATABASE_URL: databaseUrl, SECRET_KEY: secretKey, PUBLIC_URL: 'http://gateway.example' });

export function askOnce(
  agent: http.Agent | undefined,
  url: string,
  apiKey: string,
  { path, query }: Asked,
): Promise<{ ms: number; body: string }> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const method = query === undefined ? 'GET' : 'POST';
    const headers = { 'X-API-Key': apiKey, ...(query !== undefined && { 'Content-Type': 'application/json' }) };
    const request = http.request(`${url}${path}`, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const ms = performance.now() - startedAt;
        const body = Buffer.concat(chunks).toString();
        const failed = response.statusCode !== 200 || (query !== undefined && body.includes('"errors":'));
        if (failed) reject(new Error(`${path} ${query ?? ''}: ${response.statusCode} ${body.slice(0, 500)}`));
        else resolve({ ms, body });
      });
    });
    request.on('error', reject);
    request.end(query === undefined ? undefined : JSON.stringify({ query }));
  });
}
