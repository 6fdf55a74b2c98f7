/**
 * What cannot be done without: Node's own server, the one indexed statement that finds the key (or the context link), and
 * bytes that are at hand. It checks no secret, counts nothing and knows no change: nothing that answers can be faster.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createPool, port } from './environment.ts';

interface Recorded {
  /** The address, or for a POST its address and body; a context's token is written `:token`. */
  request: string;
  headers: Record<string, string>;
  body: string;
}

const recorded = new Map(
  (JSON.parse(readFileSync(process.env.RECORDED_ANSWERS ?? '', 'utf8')) as Recorded[]).map(({ request, headers, body }) => [
    request,
    { headers, body: Buffer.from(body) },
  ]),
);

const pool = createPool();
const key = { name: 'key', text: 'SELECT "id", "secretHash", "scopes", "revokedAt" FROM "ApiKey" WHERE "lookup" = $1' };
const link = {
  name: 'link',
  text: `SELECT link."id", runner."revision" FROM "ContextLink" AS link JOIN "Runner" AS runner ON runner."id" = link."runnerId"
    WHERE link."tokenHash" = $1`,
};

const server = createServer(async (request, response) => {
  const url = request.url ?? '';
  const [, token] = /^\/api\/runner-context\/([^/?]+)/.exec(url) ?? [];
  const statement = token
    ? { ...link, values: [createHash('sha256').update(token).digest('hex')] }
    : { ...key, values: [(request.headers['x-api-key'] as string | undefined)?.slice(8, 20)] };
  const body = request.method === 'POST' ? await bodyOf(request) : '';
  const { rows } = await pool.query(statement);
  const answer = recorded.get((token ? url.replace(token, ':token') : url) + body);
  if (rows.length !== 1 || !answer) return response.writeHead(rows.length === 1 ? 404 : 401).end();
  if (request.headers['if-none-match'] === answer.headers.etag) return response.writeHead(304, { ETag: answer.headers.etag }).end();
  response.writeHead(200, { ...answer.headers, 'Content-Length': answer.body.length }).end(answer.body);
});

server.listen(port, '127.0.0.1');

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
