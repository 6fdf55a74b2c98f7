/** Example requests as lines for a shell; what only the reader can know stands in variables. */
import { type Contract, type Operation, type Parameter, valuesOf } from './contract.ts';

/** What the variables in the examples stand for. */
export const variables = {
  EKIDEN_KEY: 'your API key',
  TOKEN: 'the last part of the address that a runner gave you: 43 letters, digits, - and _',
  WORKOUT_ID: 'the `id` of a workout template',
  PLAN_ID: 'the `id` of a training plan template',
};

/** The operation as it is, and with each of its parameters that can be made up. */
export function examplesOf(contract: Contract, operation: Operation): string[] {
  const path = operation.path.replace('{token}', '$TOKEN').replace('{id}', operation.path.includes('plan') ? '$PLAN_ID' : '$WORKOUT_ID');
  const queries = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap((parameter) => {
      const value = exampleOf(contract, parameter);
      return value === undefined ? [] : [`?${parameter.name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`];
    });
  return ['', ...queries].map((query) => curl(`${contract.publicUrl}/api${path}${query}`, operation.takesKey));
}

function exampleOf(contract: Contract, { schema }: Parameter): string | undefined {
  const [example] = [...(schema.examples ?? []), ...valuesOf(contract, schema)];
  return example === undefined && schema.type === 'boolean' ? 'true' : example?.toString();
}

/** The request as one line. */
export const curl = (url: string, takesKey: boolean): string => `curl ${takesKey ? '-H "X-API-Key: $EKIDEN_KEY" ' : ''}"${url}"`;

/** A request with a body of JSON. */
export const curlPost = (url: string, body: object, headers: string[] = []): string =>
  [
    'curl',
    ...headers.map((header) => `-H "${header}"`),
    '-H "Content-Type: application/json"',
    `-d '${JSON.stringify(body)}'`,
    `"${url}"`,
  ].join(' ');

/** Lines for a shell as markdown. */
export const shell = (lines: readonly string[]): string => ['```sh', ...lines, '```'].join('\n');
