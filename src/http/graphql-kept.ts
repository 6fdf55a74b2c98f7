/** Answers to partners' GraphQL questions about the catalogue, which stand until a template of either kind changes. */
import { createHash } from 'node:crypto';
import { publicSchema } from '../../schema/index.ts';
import { restViewOf } from '../../schema/rest-view.ts';
import type { Caller } from '../domain/caller.ts';
import type { AtHand } from '../platform/at-hand.ts';
import { fieldsMax } from './graphql-observation.ts';
import type { Observation } from './observation.ts';

/** The answer and what it is told of; the length of the body is its size in bytes. */
interface KeptAnswer {
  contentType: string;
  body: Buffer;
  observed: Pick<Observation, 'operation' | 'fields'>;
}

/** Names a question by its very bytes and the form it wants, and the state of the catalogue; null without a body, and for who may see more than partners do. */
function keyOf(caller: Caller, accept: string | null, body: Uint8Array | null): string | null {
  if (caller.kind !== 'partner' || body === null) return null;
  const { workoutTemplates, trainingPlanTemplates } = caller.catalogue;
  // Hashed, so that nothing the client writes can pass for a scope; a header cannot hold the line break.
  const question = createHash('sha256')
    .update(`${accept ?? ''}\n`)
    .update(body)
    .digest('base64url');
  return `graphql ${question} ${workoutTemplates} ${trainingPlanTemplates} ${caller.scopes.join(' ')}`;
}

/** Whether everything that was asked for is made of the catalogue and of nothing else. */
function isOfCatalogue({ operation, fields, codes }: Observation): boolean {
  const [kind, only = ''] = operation.split(' ');
  const known = publicSchema.getQueryType()?.getFields() ?? {};
  const asked = fields.length > 0 ? fields : [only];
  // Of more fields than are told, the last ones are not known.
  if (kind !== 'query' || codes.length > 0 || asked.length >= fieldsMax) return false;
  return asked.every((name) => restViewOf(known[name]?.extensions ?? {})?.catalogue !== undefined);
}

/** The answer that was given to these bytes before and still stands, or what `answer` gives, which is kept when it will stand. */
export async function answerOnce(
  { caller, atHand }: { caller: Caller; atHand: AtHand },
  { body, accept, observed }: { body: Uint8Array | null; accept: string | null; observed: Observation },
  answer: () => Promise<Response>,
): Promise<Response> {
  const key = keyOf(caller, accept, body);
  const kept = key === null ? undefined : atHand.get<KeptAnswer>(key);
  if (kept) {
    Object.assign(observed, kept.observed);
    return new Response(new Uint8Array(kept.body), { headers: { 'Content-Type': kept.contentType } });
  }
  const response = await answer();
  if (key === null || response.status !== 200 || !isOfCatalogue(observed)) return response;
  const answered = Buffer.from(await response.arrayBuffer());
  const contentType = response.headers.get('content-type') ?? '';
  const { operation, fields } = observed;
  atHand.keep(key, { contentType, body: answered, observed: { operation, fields } } satisfies KeptAnswer, answered.byteLength);
  return new Response(answered, { headers: { 'Content-Type': contentType } });
}
