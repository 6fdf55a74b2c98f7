/** What the guides read off the OpenAPI document, so that paths, parameters and types in them are true. */
import { createOpenApiDocument, type DocumentSettings } from '../openapi/document.ts';

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  default?: unknown;
  examples?: unknown[];
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  description: string;
  schema: Schema;
}

export interface Operation {
  /** Below the server's address, such as `/key`. */
  path: string;
  /** The field of GraphQL's Query that asks the same. */
  field: string;
  summary: string;
  description: string;
  /** Those of the path and of the query string. */
  parameters: Parameter[];
  /** Whether an API key lets the request in; otherwise the token in the path does. */
  takesKey: boolean;
  /** The types of a good answer, and the schema of the JSON one. */
  answers: { type: string; schema: Schema }[];
  /** Statuses, without the good one. */
  statuses: { status: string; description: string }[];
}

export interface Contract extends DocumentSettings {
  /** What holds for all operations, in markdown whose highest headings are of the first level. */
  description: string;
  /** Those of a runner's address first, the address itself before what stands below it. */
  operations: Operation[];
  schemas: [name: string, schema: Schema][];
}

/** The shape of the document as far as it is read here. */
interface Document {
  info: { description: string };
  paths: Record<string, { get: PathOperation }>;
  components: { schemas: Record<string, Schema>; responses: Record<string, { description: string }> };
}

interface PathOperation {
  operationId: string;
  summary: string;
  description: string;
  security: object[];
  parameters: (Parameter | { $ref: string })[];
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: Schema }> }>;
}

/** The contract of the gateway at `publicUrl`. */
export function readContract(settings: DocumentSettings): Contract {
  const { info, paths, components } = createOpenApiDocument(settings) as Document;
  const operations = Object.entries(paths).map(([path, { get }]) => readOperation(path, get, components.responses));
  const withToken = operations.filter(({ takesKey }) => !takesKey).sort((a, b) => (a.path < b.path ? -1 : 1));
  const sorted = [...withToken, ...operations.filter(({ takesKey }) => takesKey)];
  return { ...settings, description: info.description, operations: sorted, schemas: Object.entries(components.schemas) };
}

function readOperation(path: string, operation: PathOperation, responses: Document['components']['responses']): Operation {
  const { operationId, summary, description, security, parameters } = operation;
  const { 200: good, ...others } = operation.responses;
  return {
    path,
    field: operationId.replace(/^(?:get|list)(.)/, (_verb, initial: string) => initial.toLowerCase()),
    summary,
    description,
    parameters: parameters.filter((parameter) => 'name' in parameter),
    takesKey: security.length > 0,
    answers: Object.entries(good?.content ?? {}).map(([type, { schema }]) => ({ type, schema })),
    statuses: Object.entries(others).map(([status, { $ref }]) => ({
      status,
      description: responses[nameOf($ref)]?.description ?? '',
    })),
  };
}

/** The last part of a reference: the name of what it refers to. */
const nameOf = (reference: string | undefined): string => reference?.split('/').at(-1) ?? '';

/** `string`, `integer`, `WorkoutStep[]`, `"metric" or "imperial"`. */
export function typeSaid({ $ref, type, items, enum: values }: Schema): string {
  if ($ref) return nameOf($ref);
  if (items) return `${typeSaid(items)}[]`;
  return values ? values.map((value) => JSON.stringify(value)).join(' or ') : (type ?? 'any');
}

/** The values that a reference to an enumeration, or a schema itself, allows. */
export const valuesOf = ({ schemas }: Contract, { $ref, enum: values }: Schema): string[] =>
  values ?? schemas.find(([name]) => name === nameOf($ref))?.[1].enum ?? [];
