/**
 * The same list over GraphQL by PostGraphile: a view of what is public, blocks and steps as types of their own, keys and
 * limits checked before it as by hand.
 */
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { type ExecutableStep, get } from 'postgraphile/grafast';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { extendSchema, gql } from 'postgraphile/utils';
import { createKeyCheck } from './api-key.ts';
import { createPool, port } from './environment.ts';
import { createLimits } from './limits.ts';

const pool = createPool();
await pool.query(`CREATE SCHEMA IF NOT EXISTS published;
  CREATE OR REPLACE VIEW published."Workout" AS
    SELECT "id", "slug", "name", "description", "category"::text, "level"::text, "language", "tags", "blocks", "version", "createdAt", "updatedAt"
    FROM public."WorkoutTemplate" WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE';
  COMMENT ON VIEW published."Workout" IS '@primaryKey id';
  COMMENT ON COLUMN published."Workout"."blocks" IS '@behavior -select';`);

/** A field of a JSON object that is already in memory. */
const fields = (...names: string[]) => Object.fromEntries(names.map((name) => [name, ($object: ExecutableStep) => get($object, name)]));

const blocksPlugin = extendSchema({
  typeDefs: gql`
    type WorkoutTarget { type: String! min: Float max: Float unit: String reference: String }
    type WorkoutStep { kind: String! durationSeconds: Int distanceMeters: Float target: WorkoutTarget notes: String }
    type WorkoutBlock { name: String repeat: Int! steps: [WorkoutStep!]! }
    extend type Workout { blocks: [WorkoutBlock!]! }
  `,
  objects: {
    Workout: { plans: { blocks: ($workout: ExecutableStep) => get($workout, 'blocks') } },
    WorkoutBlock: { plans: fields('name', 'repeat', 'steps') },
    WorkoutStep: { plans: fields('kind', 'durationSeconds', 'distanceMeters', 'target', 'notes') },
    WorkoutTarget: { plans: fields('type', 'min', 'max', 'unit', 'reference') },
  } as never,
});

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [blocksPlugin],
  pgServices: [makePgService({ pool, schemas: ['published'] })],
  grafserv: { graphiql: false, watch: false, websockets: false },
  // What a view can be ordered by is not for the names of its indexes to say.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
};

const check = createKeyCheck(pool);
const count = createLimits();
const answer = postgraphile(preset).createServ(grafserv).createHandler();

const server = createServer(async (request, response) => {
  const refuse = (status: number) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"errors":[{"message":"refused"}]}');
  const key = await check(request.headers['x-api-key'] as string | undefined);
  if (!key) return refuse(401);
  const { allowed, headers } = await count(key);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (!allowed) return refuse(429);
  if (!key.scopes.includes('workout-templates:read')) return refuse(403);
  answer(request, response);
});

server.listen(port, '127.0.0.1');
