/** /llms-full.txt: the whole gateway in one text, for a model that has never seen it and may not be able to ask again. */
import { type Contract, type Operation, type Parameter, typeSaid } from './contract.ts';
import { curl, curlPost, examplesOf, shell, variables } from './examples.ts';
import { mcpTools } from './mcp-words.ts';

export function llmsFull(contract: Contract): string {
  const { publicUrl, description, operations } = contract;
  return `${[
    '# Ekiden: the whole gateway in one file',
    '> A read-only gateway to running data: one runner’s profile, training, health and lab tests at an address that the runner hands out, and workout and training plan templates for partner platforms.',
    `The same contract for programs: [OpenAPI 3.1](${publicUrl}/api/openapi.json). The first five minutes: [developers.md](${publicUrl}/developers.md).`,
    `Paths below stand under ${publicUrl}/api. Every line that begins with \`curl\` works when it is pasted into a shell in which these are set:`,
    Object.entries(variables)
      .map(([name, what]) => `- \`${name}\`: ${what}`)
      .join('\n'),
    demoted(description),
    '## Operations',
    ...operations.map((operation) => operationSaid(contract, operation)),
    '## Addresses without a query string: examples',
    shell(
      [
        '.md',
        '.json',
        '/brief.md',
        '/full.md',
        '/sections/training.md',
        '/health.md',
        '/health/before/2026-03-15.md',
        '/health/before/2026-03-15.json',
        '/runs.json',
        '/runs/before/2026-03-15.json',
        '/personal-bests.json',
      ].map((rest) => curl(`${publicUrl}/api/runner-context/$TOKEN${rest}`, false)),
    ),
    '## MCP',
    mcpSaid(publicUrl),
    '## GraphQL',
    `The same questions at ${publicUrl}/graphql, several in one request. An API key sees what it sees over REST; what takes a token needs no key. Arguments and types are those above. The fields of Query: ${operations.map(({ field }) => `\`${field}\``).join(', ')}.`,
    shell([
      curlPost(`${publicUrl}/graphql`, { query: '{ workoutTemplates(per_page: 5) { total data { id name category } } }' }, [
        'X-API-Key: $EKIDEN_KEY',
      ]),
    ]),
    '## Types',
    'A field that is not *always* there is absent when there is nothing to say; over REST none is ever null.',
    ...contract.schemas.map(schemaSaid),
  ].join('\n\n')}\n`;
}

/** With its headings one level below this document's. */
const demoted = (markdown: string): string => markdown.trim().replaceAll(/^#/gm, '##');

function operationSaid(contract: Contract, operation: Operation): string {
  const { path, summary, description, parameters, answers, statuses } = operation;
  const types = [...new Set(answers.map(({ type, schema }) => (type === 'application/json' ? `${type} (${typeSaid(schema)})` : type)))];
  return [
    `### GET ${path}`,
    `${summary}. ${description}`,
    ...(parameters.length > 0 ? [parameters.map(parameterSaid).join('\n')] : []),
    shell(examplesOf(contract, operation)),
    [`- 200: ${types.join(', ')}`, ...statuses.map((status) => `- ${status.status}: ${status.description}`)].join('\n'),
  ].join('\n\n');
}

function parameterSaid({ name, in: place, required, description, schema }: Parameter): string {
  const { minimum, maximum, default: preset } = schema;
  const facts = [
    place,
    typeSaid(schema),
    ...(minimum !== undefined && maximum !== undefined ? [`${minimum} to ${maximum}`] : []),
    ...(required ? ['required'] : []),
    ...(preset === undefined ? [] : [`default ${JSON.stringify(preset)}`]),
  ];
  return `- \`${name}\` (${facts.join(', ')}): ${description}`;
}

function mcpSaid(publicUrl: string): string {
  const url = `${publicUrl}/api/runner-context/$TOKEN/mcp`;
  return [
    'Every runner’s address is an MCP server too, at the same path with `/mcp` at the end: Streamable HTTP, stateless, read-only, no key. A client that asks for a URL wants exactly that one. Tools whose section the runner does not share are not listed.',
    mcpTools.map(([name, what]) => `- \`${name}\`: ${what}`).join('\n'),
    shell([curlPost(url, { jsonrpc: '2.0', id: 1, method: 'tools/list' }, ['Accept: application/json, text/event-stream'])]),
  ].join('\n\n');
}

function schemaSaid([name, { description, properties, required, enum: values }]: Contract['schemas'][number]): string {
  const fields = Object.entries(properties ?? {}).map(
    ([field, schema]) => `- \`${field}\` (${typeSaid(schema)}${required?.includes(field) ? ', always' : ''}): ${schema.description ?? ''}`,
  );
  return [
    `### ${name}`,
    description ?? '',
    ...(values ? [`One of ${values.join(', ')}.`] : []),
    ...(fields.length > 0 ? [fields.join('\n')] : []),
  ].join('\n\n');
}
