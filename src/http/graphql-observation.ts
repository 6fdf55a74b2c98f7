/** What /graphql tells of an operation: its kind and its root fields as the schema spells them, and the codes of its errors. */
import { type DocumentNode, type ExecutionArgs, type GraphQLSchema, getOperationAST, Kind, type SelectionSetNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Observation } from './observation.ts';

/** Of an operation with several root fields, this many are named. */
export const fieldsMax = 20;

/**
 * To stand before what may refuse to execute. Names an operation only once it has passed validation: what was refused
 * before has no root field that could be trusted.
 */
export const observedOperations: Plugin<object, { observed: Observation }> = {
  onExecute({ args }) {
    const { document, operationName, schema, contextValue } = args as ExecutionArgs;
    Object.assign((contextValue as { observed: Observation }).observed, operationOf(document, operationName, schema));
  },
};

/** To stand behind what words the errors. */
export const observedErrors: Plugin<object, { observed: Observation }> = {
  onResultProcess({ result, serverContext: { observed } }) {
    if (Array.isArray(result) || Symbol.asyncIterator in result || !('errors' in result)) return;
    observed.codes = [...new Set(result.errors?.map((error) => String(error.extensions.code)))];
  },
};

/**
 * The operation in a bounded number of words: aliases, the operation's own name and combinations of fields are the
 * client's to invent, and any of them could be a token.
 */
function operationOf(
  document: DocumentNode,
  operationName: string | null | undefined,
  schema: GraphQLSchema,
): Pick<Observation, 'operation' | 'fields'> {
  const node = getOperationAST(document, operationName);
  if (!node) return { operation: 'unknown', fields: [] };
  const known = schema.getRootType(node.operation)?.getFields() ?? {};
  const names = [...rootFieldsOf(node.selectionSet, document)].filter((name) => Object.hasOwn(known, name)).sort();
  const [only = 'introspection', ...others] = names;
  if (others.length === 0) return { operation: `${node.operation} ${only}`, fields: [] };
  return { operation: `${node.operation} several`, fields: names.slice(0, fieldsMax) };
}

function rootFieldsOf(start: SelectionSetNode, document: DocumentNode): Set<string> {
  const names = new Set<string>();
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const waiting = [start];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const selection of next.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) waiting.push(selection.selectionSet);
      else {
        const fragment = fragments.get(selection.name.value);
        // Each is followed once.
        fragments.delete(selection.name.value);
        if (fragment) waiting.push(fragment.selectionSet);
      }
    }
  }
  return names;
}
