/** Those who write templates, each with a session of their own, through the API. */
import type { Gateway, GraphqlAnswer } from './gateway.ts';

export type Kind = 'workout' | 'plan';

export interface Template {
  id: string;
  slug: string;
  name: string;
  version: number;
  visibility: string;
  status: string;
  authorId: string | null;
}

export interface Change {
  version: number;
  at: string;
  actorKind: string | null;
  actorId: string | null;
  summary: string;
  changes: { path: string; before: unknown; after: unknown }[];
}

export interface Connection<Node> {
  totalCount?: number;
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

type Failure = NonNullable<GraphqlAnswer<unknown>['errors']>[number];

/** What came of a mutation: the template, or the first error. */
export interface Outcome {
  template: Template;
  error: Failure | undefined;
}

const typeOf = { workout: 'WorkoutTemplate', plan: 'TrainingPlanTemplate' } as const;
const fields = 'id slug name version visibility status authorId';
const connectionFields = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

const leastOf = {
  workout: { name: 'Least', category: 'EASY', blocks: [{ steps: [{ kind: 'RUN', durationSeconds: 60 }] }] },
  plan: { name: 'Least', durationWeeks: 1, weeks: [] },
};

/** A plan of one week whose sessions are these. */
export const weekOf = (...sessions: object[]) => ({
  durationWeeks: 1,
  weeks: [{ week: 1, days: [{ day: 1, sessions: sessions.map((session) => ({ kind: 'RUN', ...session })) }] }],
});

export const visible = { visibility: 'PUBLIC', status: 'ACTIVE' };

/** Somebody with this session, as far as templates go. */
export function authorWith(gateway: Pick<Gateway, 'graphql'>, headers: Record<string, string> | undefined) {
  const run = async (operation: string, kind: Kind, declared: string, call: string, variables: object): Promise<Outcome> => {
    const { data, errors } = await gateway.graphql<Record<string, Template> | null>(
      `mutation (${declared}) { done: ${operation}${typeOf[kind]}(${call}) ${operation === 'delete' ? '' : `{ ${fields} }`} }`,
      variables,
      headers,
    );
    return { template: data?.done as Template, error: errors?.[0] };
  };
  const step = (name: string) => (kind: Kind, id: string, expectedVersion: number) =>
    run(name, kind, '$id: ID!, $v: Int!', 'id: $id, expectedVersion: $v', { id, v: expectedVersion });
  const ask = <T>(query: string, variables: object = {}) => gateway.graphql<T>(query, variables, headers);

  return {
    ask,
    create: (kind: Kind, input: object = {}) =>
      run('create', kind, `$input: Create${typeOf[kind]}Input!`, 'input: $input', { input: { ...leastOf[kind], ...input } }),
    update: (kind: Kind, id: string, expectedVersion: number, input: object) =>
      run('update', kind, `$id: ID!, $v: Int!, $input: Update${typeOf[kind]}Input!`, 'id: $id, expectedVersion: $v, input: $input', {
        id,
        v: expectedVersion,
        input,
      }),
    publish: step('publish'),
    unpublish: step('unpublish'),
    archive: step('archive'),
    duplicate: (kind: Kind, id: string) => run('duplicate', kind, '$id: ID!', 'id: $id', { id }),
    remove: (kind: Kind, id: string) => run('delete', kind, '$id: ID!', 'id: $id', { id }),
    /** Null when there is none that they may see. */
    async find(kind: Kind, id: string): Promise<Template | null> {
      const field = kind === 'workout' ? 'workoutTemplate' : 'trainingPlanTemplate';
      return (await ask<{ found: Template | null }>(`query ($id: ID!) { found: ${field}(id: $id) { ${fields} } }`, { id })).data.found;
    },
    /** One part of the list of what is written; `args` as they stand in the query, such as `first: 2, status: DRAFT`. */
    async list(kind: Kind, args: string, selection = 'totalCount'): Promise<Connection<Template>> {
      const { data, errors } = await ask<{ list: Connection<Template> }>(
        `{ list: all${typeOf[kind]}s(${args}) { ${selection} edges { cursor node { ${fields} } } ${connectionFields} } }`,
      );
      if (errors) throw new Error(JSON.stringify(errors));
      return data.list;
    },
    /** Null when there is no history that they may see. */
    async changes(id: string, args = 'first: 100'): Promise<Connection<Change> | null> {
      const { data, errors } = await ask<{ changes: Connection<Change> | null }>(
        `query ($id: ID!) { changes(id: $id, ${args}) { totalCount ${connectionFields}
          edges { cursor node { version at actorKind actorId summary changes { path before after } } } } }`,
        { id },
      );
      if (errors) throw new Error(JSON.stringify(errors));
      return data.changes;
    },
    importCatalogue: (input: object) =>
      ask<{ importCatalogue: { counts: { noun: string; created: number; updated: number; unchanged: number }[] } } | null>(
        'mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun created updated unchanged } } }',
        { input },
      ),
    async exportCatalogue() {
      type Catalogue = { workoutTemplates: Record<string, unknown>[]; trainingPlanTemplates: Record<string, unknown>[] };
      return (await ask<{ exportCatalogue: Catalogue }>('{ exportCatalogue }')).data.exportCatalogue;
    },
  };
}

export type Author = ReturnType<typeof authorWith>;

export const coach = async (gateway: Gateway, subject: string): Promise<Author> =>
  authorWith(gateway, await gateway.session('coach', subject));

/** Somebody who has written nothing yet. */
export async function newCoach(gateway: Gateway) {
  const subject = `coach-${crypto.randomUUID()}`;
  return { subject, ...(await coach(gateway, subject)) };
}

/** The ids of so many new templates, newest first. */
export async function createMany(author: Author, kind: Kind, count: number, input: object = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.unshift((await author.create(kind, { name: `Number ${index}`, ...input })).template.id);
  return ids;
}
