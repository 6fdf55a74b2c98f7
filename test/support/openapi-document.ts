/** The OpenAPI document as a judge of answers. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { commonHeaders } from '../../src/http/headers.ts';
import { createOpenApiDocument } from '../../src/http/openapi/document.ts';
import { publicUrl } from './gateway.ts';

type Schema = Record<string, unknown>;

interface DocumentedHeader {
  required: boolean;
  schema: Schema;
}

interface DocumentedResponse {
  headers: Record<string, DocumentedHeader>;
  content?: Record<string, { schema: Schema; examples: Record<string, { value: unknown }> }>;
}

export interface DocumentedOperation {
  /** With `{id}` in it. */
  path: string;
  parameters: { name: string; in: string; schema: Schema }[];
  responses: Record<string, DocumentedResponse>;
}

const document = createOpenApiDocument({ publicUrl, contactEmail: undefined }) as {
  paths: Record<string, { get: unknown }>;
  components: { schemas: Record<string, Schema> };
};

/** The value with every reference outside the schemas replaced by what it refers to. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (value === null || typeof value !== 'object') return value;
  const { $ref } = value as { $ref?: string };
  if ($ref && !$ref.includes('/schemas/')) {
    const parts = $ref.slice(2).split('/');
    return resolved(parts.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], document));
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolved(part)]));
}

export const operations = Object.entries(document.paths).map(
  ([path, { get }]) => ({ path, ...(resolved(get) as object) }) as DocumentedOperation,
);

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
// The document lets answers grow; here nothing may be in them that it does not know yet.
const closed = Object.entries(document.components.schemas).map(([name, schema]) => [
  name,
  schema.type === 'object' ? { ...schema, additionalProperties: false } : schema,
]);
ajv.addSchema({ $id: 'document', components: { schemas: Object.fromEntries(closed) } });

/** Compiling takes far longer than judging. */
const validators = new WeakMap<Schema, ValidateFunction>();

function validatorOf(schema: Schema): ValidateFunction {
  const { $ref } = schema as { $ref?: string };
  const known = $ref ? ajv.getSchema(`document${$ref}`) : validators.get(schema);
  if (known) return known;
  const validator = ajv.compile(schema);
  validators.set(schema, validator);
  return validator;
}

/** What is wrong with a value by a schema of the document; empty when nothing is. */
export function faultsBySchema(schema: Schema, value: unknown): string[] {
  const validate = validatorOf(schema);
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** The values of an enumeration that the schema refers to. */
export function enumValuesOf(schema: Schema): string[] {
  const name = String(schema.$ref).replace('#/components/schemas/', '');
  return (document.components.schemas[name]?.enum ?? []) as string[];
}

/** On every answer of every door, and not the API's own. */
const universal = ['content-type', 'content-length', ...Object.keys(commonHeaders(publicUrl)).map((name) => name.toLowerCase())];

/** What the document does not say of an answer of this operation, or says differently; empty when it fits. */
export async function faultsOf(operation: DocumentedOperation, response: Response): Promise<string[]> {
  const documented = operation.responses[response.status];
  if (!documented) return [`status ${response.status} is not documented`];
  const names = Object.keys(documented.headers).map((name) => name.toLowerCase());
  const unheardOf = [...response.headers.keys()].filter((name) => !names.includes(name) && !universal.includes(name));
  const headers = Object.entries(documented.headers).flatMap(([name, header]) => headerFaults(name, header, response.headers.get(name)));
  return [...unheardOf.map((name) => `header ${name} is not documented`), ...headers, ...(await bodyFaults(documented, response))];
}

function headerFaults(name: string, { required, schema }: DocumentedHeader, value: string | null): string[] {
  if (value === null) return required ? [`header ${name} is missing`] : [];
  return faultsBySchema(schema, schema.type === 'integer' ? Number(value) : value).map((fault) => `header ${name}${fault}`);
}

async function bodyFaults({ content }: DocumentedResponse, response: Response): Promise<string[]> {
  const text = await response.text();
  if (!content) return text === '' ? [] : ['there is a body'];
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const media = content[type];
  return media
    ? faultsBySchema(media.schema, type.startsWith('text/') ? text : JSON.parse(text))
    : [`content type ${type} is not documented`];
}
