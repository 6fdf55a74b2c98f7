/** The examples of the document: answers of a running gateway, recorded in schema/examples.json by `npm run schema:print`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';

/** The address that the recorded answers name in their links; documents name their own gateway's. */
export const recordedPublicUrl = 'http://localhost:4000';

export interface RecordedAnswer {
  /** Identifies the example among those of its operation. */
  name: string;
  /** Path and query of the GET. */
  request: string;
  body: unknown;
}

export interface RecordedExamples {
  /** By the name of the Query field. */
  answers: Record<string, RecordedAnswer[]>;
  /** By the name of the problem. */
  refusals: Record<string, RecordedAnswer[]>;
}

/** The recorded examples as the gateway at `publicUrl` would answer them. */
export function recordedExamples(publicUrl: string): RecordedExamples {
  const text = readFileSync(path.join(packageRoot, 'schema/examples.json'), 'utf8');
  return JSON.parse(text.replaceAll(recordedPublicUrl, publicUrl)) as RecordedExamples;
}

/** As the document carries them. */
export function exampleObjects(recorded: RecordedAnswer[] | undefined): Record<string, object> {
  return Object.fromEntries((recorded ?? []).map(({ name, request, body }) => [name, { summary: `GET ${request}`, value: body }]));
}
