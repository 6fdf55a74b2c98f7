/** What a GraphQL operation may cost: the values it asks for, times the sizes of the pages they stand in. */
import {
  type ExecutionArgs,
  type GraphQLField,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';
import type { Plugin } from 'graphql-yoga';
import { schema } from '../../schema/index.ts';
import type { Caller } from '../domain/caller.ts';
import type { Context } from '../domain/context.ts';
import { healthPageSize } from '../domain/context-reading.ts';
import { DomainError } from '../domain/errors.ts';
import { pageSizeMax } from '../domain/template-list.ts';

/**
 * In values: one field of one row. 100 plans with every field are about 87 000, 100 workouts 42 000: a key may ask for
 * both at once. Operators have lists inside of lists to look at.
 */
const costMax: Record<Caller['kind'], number> = {
  anonymous: 150_000,
  partner: 150_000,
  runner: 300_000,
  coach: 300_000,
  operator: 500_000,
};

/** The arguments that say how long a page is, with the most that each can get. */
const pageArguments = { first: pageSizeMax, last: pageSizeMax, per_page: pageSizeMax, limit: healthPageSize.max };

/** What a connection gives when neither first nor last is said (plugin-relay 4.8). */
const connectionSizeDefault = 20;

/** How long a list is taken to be that has no page of its own: the steps of a workout, the keys of a partner. */
const listLength = 5;

/** More fields, counted through fragments, than a document within the other limits needs: counting has an end too. */
const countedFieldsMax = 10_000;

/** What a row of a page costs before anything is asked of it: the database reads it whole. */
const rowCost = 150;

const isPaged = ({ args }: GraphQLField<unknown, unknown>) => args.some(({ name }) => name in pageArguments);

/** The types that are pages: a list in them is as long as the page, which is counted where the page is asked for. */
const pageTypes = new Set(
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .filter(isPaged)
    .map((field) => getNamedType(field.type).name),
);

/** One for the field itself; for a page, its rows and what is asked of each of them. */
function estimate({ field, args, type, childComplexity }: ComplexityEstimatorArgs): number {
  // The schema is as large as it is.
  if (field.name.startsWith('__') || type.name.startsWith('__')) return 0;
  if (isPaged(field)) return 1 + pageSizeOf(field, args) * (rowCost + childComplexity);
  const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
  return 1 + (isList && !pageTypes.has(type.name) ? listLength : 1) * childComplexity;
}

function pageSizeOf({ args: known }: GraphQLField<unknown, unknown>, args: Record<string, unknown>): number {
  const sizes = known.flatMap(({ name }) => {
    const max = pageArguments[name as keyof typeof pageArguments];
    const size = args[name];
    return max && typeof size === 'number' ? [Math.min(max, Math.max(1, size))] : [];
  });
  return sizes.length > 0 ? Math.min(...sizes) : connectionSizeDefault;
}

/** Refuses, before anything of it is executed, what costs more than its caller may ask for at once. */
export const boundedCost: Plugin<Context> = {
  onExecute({ args }) {
    const { document, schema: asked, operationName, variableValues, contextValue } = args as ExecutionArgs;
    const variables = variableValues ?? {};
    const operation = getOperationAST(document, operationName);
    // Without an operation, or with variables that do not fit, nothing is executed either: graphql says what is wrong.
    if (!operation || getVariableValues(asked, operation.variableDefinitions ?? [], variables).errors) return;
    const max = costMax[(contextValue as { ctx: Context }).ctx.caller.kind];
    const cost = getComplexity({
      schema: asked,
      query: document,
      variables,
      ...(operation.name && { operationName: operation.name.value }),
      estimators: [estimate],
      maxQueryNodes: countedFieldsMax,
    });
    if (cost <= max) return;
    throw new DomainError(
      'INVALID',
      `This costs ${cost}, and ${max} may be asked for at once. Ask for smaller pages (${Object.keys(pageArguments).join(', ')}), fewer lists inside of lists, or fewer fields.`,
      { details: { cost, costMax: max } },
    );
  },
};
