/** The Pothos builder: which types and plugins the schema is made of. It holds no types of its own. */
import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import TracingPlugin, { isRootField } from '@pothos/plugin-tracing';
import type PrismaTypes from '../prisma/generated/pothos-types.ts';
import { getDatamodel } from '../prisma/generated/pothos-types.ts';
import type { CatalogueDocument } from '../src/domain/catalogue-export.ts';
import type { Context } from '../src/domain/context.ts';
import { connectionDescriptions } from './connection-descriptions.ts';

export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: false;
  PrismaTypes: PrismaTypes;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    AuditDetails: { Input: never; Output: unknown };
    CatalogueDocument: { Input: unknown; Output: CatalogueDocument };
    DocumentValue: { Input: unknown; Output: unknown };
    ImportCatalogueInput: { Input: unknown; Output: unknown };
    ImportRunnerInput: { Input: unknown; Output: unknown };
    RunnerDocument: { Input: unknown; Output: Record<string, unknown> };
  };
}>({
  plugins: [TracingPlugin, PrismaPlugin, RelayPlugin],
  defaultFieldNullability: false,
  prisma: { client: (ctx) => ctx.db, dmmf: getDatamodel(), onUnusedQuery: null },
  tracing: {
    default: isRootField,
    wrap:
      (resolver, _options, { parentType, name }) =>
      (source, args, ctx, info) => {
        const resolve = () => resolver(source, args, ctx, info);
        return ctx.trace ? ctx.trace(`${parentType}.${name}`, resolve) : resolve();
      },
  },
  // `node` and `nodes` would be a second door to every type, past the rules of the first.
  relay: { nodeQueryOptions: false, nodesQueryOptions: false, ...connectionDescriptions },
});

builder.queryType({ description: 'What can be read.' });
builder.mutationType({ description: 'What can be changed.' });

/** What Pothos knows of the types above, for functions that several nouns share. */
export type SchemaTypes = (typeof builder)['$inferSchemaTypes'];

/** The builder of input types' fields. */
export type InputFields = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>;
