/** The list of workouts as a good engineer would write it by hand: Fastify, pg, prepared statements, a response schema. */
import etag from '@fastify/etag';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { createKeyCheck, type KeyRow } from './api-key.ts';
import { contextRoutes } from './context-routes.ts';
import { createPool, port, publicUrl } from './environment.ts';
import { createLimits } from './limits.ts';
import { pageSchema, querySchema } from './list-schema.ts';
import { createPageCache, type PageCache } from './page-cache.ts';
import { BadCursor, type ListQuery, listWorkouts } from './workout-list.ts';

const path = '/api/workout-templates';

/** @param cached whether it keeps the bytes of pages while the catalogue's revision has not moved. */
export async function serveHandWritten({ cached }: { cached: boolean }): Promise<void> {
  const pool = createPool();
  const check = createKeyCheck(pool, cached ? 'keyAndRevision' : 'key');
  const count = createLimits();
  const cache = cached ? createPageCache() : null;
  const app = Fastify({ logger: false, ajv: { customOptions: { removeAdditional: false } } });
  await app.register(etag, { weak: true });

  // Before the query is looked at: whoever has no key learns nothing.
  const admit = async (request: FastifyRequest, reply: FastifyReply) => {
    const key = await check(request.headers['x-api-key'] as string | undefined);
    if (!key) return reply.code(401).header('WWW-Authenticate', 'ApiKey').send({ code: 'UNAUTHENTICATED' });
    const { allowed, headers } = await count(key);
    reply.headers(headers);
    if (!allowed) return reply.code(429).send({ code: 'RATE_LIMITED' });
    if (!key.scopes.includes('workout-templates:read')) return reply.code(403).send({ code: 'FORBIDDEN' });
    reply.headers({ 'Cache-Control': 'private, no-cache', Vary: 'X-API-Key' });
    const kept = cache?.find(request.url, key.revision);
    if (kept) return reply.headers(kept.headers).send(kept.body);
    keys.set(request, key);
  };
  const keys = new WeakMap<FastifyRequest, KeyRow>();

  app.get<{ Querystring: ListQuery }>(
    path,
    { schema: { querystring: querySchema, response: { 200: pageSchema } }, onRequest: admit },
    async (request, reply) => {
      const revision = keys.get(request)?.revision;
      // Nothing can be newer than the newest change.
      const isUpToDate =
        revision !== undefined && request.query.updatedSince !== undefined && new Date(request.query.updatedSince) >= revision;
      const { page, per_page } = request.query;
      const found =
        isUpToDate && !request.query.cursor
          ? { data: [], page, per_page, total: 0, total_pages: 0 }
          : await listWorkouts(pool, request.query, publicUrl);
      if (found.next) reply.header('Link', `<${found.next}>; rel="next"`);
      if (!cache || !revision) return found;
      const kept = keep(cache, request, revision, reply.serialize(found as never), found.next);
      return reply.headers(kept.headers).send(kept.body);
    },
  );

  contextRoutes(app, pool);

  app.setErrorHandler((error, _request, reply) => {
    const isFault = error instanceof BadCursor || (error as { validation?: unknown }).validation !== undefined;
    if (!isFault) console.error(error);
    return reply.code(isFault ? 400 : 500).send({ code: isFault ? 'INVALID' : 'INTERNAL' });
  });

  await app.listen({ port, host: '127.0.0.1' });
}

function keep(cache: PageCache, { url }: FastifyRequest, revision: Date, body: string | ArrayBuffer | Buffer, next: string | undefined) {
  return cache.keep(url, revision, Buffer.from(body as string), next ? { Link: `<${next}>; rel="next"` } : {});
}
