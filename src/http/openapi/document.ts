/** The OpenAPI document. */
import { sofaDocument } from '../rest.ts';

export interface DocumentSettings {
  publicUrl: string;
  contactEmail: string | undefined;
}

export function createOpenApiDocument(_settings: DocumentSettings): object {
  return sofaDocument;
}
