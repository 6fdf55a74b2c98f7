/** The OpenAPI document: Sofa's paths and schemas, completed with what partners must know. */
import { restBasePath, sofaDocument } from '../rest.ts';
import { recordedExamples } from './examples.ts';
import { describeApi, tagDescriptions } from './info.ts';
import type { JsonSchema } from './json-schema.ts';
import { describedPaths, type SofaPaths, security, unchangedResponses } from './operations.ts';
import { headerParameters } from './parameters.ts';
import { problemResponses } from './problems.ts';
import { headerComponents } from './response-headers.ts';
import { describedSchemas } from './schemas.ts';
import { unchangedContext } from './token-operations.ts';

export interface DocumentSettings {
  /** Without a trailing slash. */
  publicUrl: string;
  contactEmail: string | undefined;
}

/** The document (OpenAPI 3.1) of the gateway at `publicUrl`. */
export function createOpenApiDocument({ publicUrl, contactEmail }: DocumentSettings): object {
  const { paths, components } = sofaDocument as unknown as { paths: SofaPaths; components: { schemas: Record<string, JsonSchema> } };
  const examples = recordedExamples(publicUrl);
  return {
    openapi: '3.1.0',
    info: describeApi(contactEmail),
    servers: [{ url: `${publicUrl}${restBasePath}`, description: whereabouts(publicUrl), 'x-internal': false }],
    security,
    tags: Object.entries(tagDescriptions).map(([name, description]) => ({ name, description })),
    paths: describedPaths(paths, examples),
    components: {
      securitySchemes: {
        ApiKeyAuth: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: 'The whole key, as it was shown when it was minted: `sr_live_<lookup>_<secret>` or `sr_test_<lookup>_<secret>`.',
        },
      },
      parameters: headerParameters,
      headers: headerComponents,
      responses: { ...unchangedResponses, ...unchangedContext, ...problemResponses(examples) },
      schemas: describedSchemas(components.schemas),
    },
  };
}

const whereabouts = (publicUrl: string) =>
  new URL(publicUrl).hostname === 'localhost' ? 'A gateway on the local machine.' : 'The gateway that serves this document.';
