/** The same list over GraphQL: Fastify, Mercurius with its JIT, pg with prepared statements; keys and limits as by hand. */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { createKeyCheck } from './api-key.ts';
import { createPool, port, publicUrl } from './environment.ts';
import { createLimits } from './limits.ts';
import { type ListQuery, listWorkouts } from './workout-list.ts';

const schema = `
  scalar DateTime
  enum WorkoutCategory { EASY LONG RECOVERY TEMPO THRESHOLD INTERVAL REPETITION HILLS FARTLEK PROGRESSION RACE_PACE TEST STRENGTH OTHER }
  type WorkoutTarget { type: String! min: Float max: Float unit: String reference: String }
  type WorkoutStep { kind: String! durationSeconds: Int distanceMeters: Float target: WorkoutTarget notes: String }
  type WorkoutBlock { name: String repeat: Int! steps: [WorkoutStep!]! }
  type WorkoutTemplate {
    id: ID! slug: String! name: String! description: String category: WorkoutCategory! level: String language: String attribution: String
    tags: [String!]! estimatedDurationSeconds: Int estimatedDistanceMeters: Float blocks: [WorkoutBlock!]!
    version: Int! createdAt: DateTime! updatedAt: DateTime!
  }
  type WorkoutTemplatePage { data: [WorkoutTemplate!]! page: Int! per_page: Int! total: Int! total_pages: Int! next: String }
  type Query {
    workoutTemplates(search: String, category: WorkoutCategory, updatedSince: DateTime, page: Int = 1, per_page: Int = 20, cursor: String): WorkoutTemplatePage!
  }`;

const pool = createPool();
const check = createKeyCheck(pool);
const count = createLimits();

const toIso = (column: 'createdAt' | 'updatedAt') => (row: Record<string, Date>) => row[column]?.toISOString();

const resolvers = {
  Query: {
    workoutTemplates: (_root: unknown, args: Record<string, unknown>) => {
      // An argument that is not given is null or absent in GraphQL, and absent by hand.
      const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value != null)) as unknown as ListQuery;
      return listWorkouts(
        pool,
        { ...given, per_page: Math.min(100, Math.max(1, given.per_page)), page: Math.max(1, given.page) },
        publicUrl,
      );
    },
  },
  WorkoutTemplate: { createdAt: toIso('createdAt'), updatedAt: toIso('updatedAt') },
};

const app = Fastify({ logger: false });

app.addHook('onRequest', async (request, reply) => {
  const key = await check(request.headers['x-api-key'] as string | undefined);
  if (!key) return reply.code(401).send({ errors: [{ message: 'not a valid key' }] });
  const { allowed, headers } = await count(key);
  reply.headers(headers);
  if (!allowed) return reply.code(429).send({ errors: [{ message: 'over the limit' }] });
  if (!key.scopes.includes('workout-templates:read')) return reply.code(403).send({ errors: [{ message: 'not for this key' }] });
});

await app.register(mercurius, { schema, resolvers: resolvers as never, jit: 1, graphiql: false });
await app.listen({ port, host: '127.0.0.1' });
