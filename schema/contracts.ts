/** The contracts that are committed, as text: what `npm run schema:print` writes and the tests hold them against. */
import { printSchema } from 'graphql';
import { createOpenApiDocument } from '../src/http/openapi/document.ts';
import { recordedPublicUrl } from '../src/http/openapi/examples.ts';
import { schema } from './index.ts';
import { printRoles } from './roles.ts';

/** By the path of the file. The OpenAPI document is that of a gateway on a laptop, which has no contact address. */
export function printContracts(): Record<string, string> {
  const openApi = createOpenApiDocument({ publicUrl: recordedPublicUrl, contactEmail: undefined });
  return {
    'schema/schema.graphql': `${printSchema(schema)}\n`,
    'docs/roles.md': printRoles(schema),
    'schema/openapi.json': `${JSON.stringify(openApi, null, 2)}\n`,
  };
}
