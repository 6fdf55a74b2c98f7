/** What is wrong with the variables of a GraphQL request, in the form that forms use: every fault with its path. */
import { coerceInputValue, type ExecutionArgs, GraphQLError, getOperationAST, isInputType, isNonNullType, typeFromAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../domain/context.ts';
import { type Fault, invalid } from '../domain/errors.ts';
import { formatPath } from '../domain/input.ts';

/** More than a form shows; a body that is all faults would make a longer answer than a question. */
const faultsMax = 100;

/** graphql 16 tells of an absent or an unknown field at the object that it belongs to. */
const fieldOfObject = /^Field "(\w+)" (?:of required type|is not defined by type)/;

/**
 * GraphQL itself refuses values that its types do not admit before anything of ours sees them, one error each and the
 * path in its words. Makes one error of them that reads like those of the domain: `extensions.errors` with every fault,
 * by the path within its variable.
 */
export const variableFaults: Plugin<Context> = {
  onExecute: () => ({
    onExecuteDone({ result, setResult, args }) {
      if (Symbol.asyncIterator in result || result.data != null || !result.errors?.some(isAboutVariable)) return;
      const faults = faultsOf(args as ExecutionArgs);
      if (faults.length === 0) return;
      const [first] = result.errors;
      setResult({
        errors: [new GraphQLError(invalid(faults).message, { nodes: first?.nodes, extensions: { ...first?.extensions, errors: faults } })],
      });
    },
  }),
};

const isAboutVariable = ({ message, path }: GraphQLError) => path === undefined && message.startsWith('Variable "$');

function faultsOf({ schema, document, operationName, variableValues }: ExecutionArgs): Fault[] {
  const faults: Fault[] = [];
  for (const { variable, type: node, defaultValue } of getOperationAST(document, operationName)?.variableDefinitions ?? []) {
    const name = variable.name.value;
    const value = variableValues?.[name];
    const type = typeFromAST(schema, node as never);
    if (!isInputType(type) || (value === undefined && (defaultValue || !isNonNullType(type)))) continue;
    if (value === undefined) faults.push({ path: name, message: `Variable "$${name}" of required type "${type}" was not provided.` });
    else
      coerceInputValue(value, type, (path, _value, { message }) => {
        const field = fieldOfObject.exec(message)?.[1];
        if (faults.length < faultsMax) faults.push({ path: formatPath(field ? [...path, field] : path) || name, message });
      });
  }
  return faults;
}
