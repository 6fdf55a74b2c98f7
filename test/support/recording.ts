/** Answers of a gateway as they are written down: with ids, stamps and addresses that are the same every time. */
import { formatCursor, parseCursor } from '../../src/domain/template-cursor.ts';
import { type RecordedAnswer, type RecordedExamples, recordedPublicUrl } from '../../src/http/openapi/examples.ts';
import { type Gateway, publicUrl } from './gateway.ts';

/** Asks the gateway and keeps what it answers, if it answers with this status. */
export async function recordAnswer(
  gateway: Pick<Gateway, 'get'>,
  name: string,
  request: string,
  key: string | null,
  status = 200,
): Promise<RecordedAnswer> {
  const response = await gateway.get(request, key);
  if (response.status !== status) throw new Error(`${request}: ${response.status} ${await response.text()}`);
  const isText = response.headers.get('content-type')?.startsWith('text/plain');
  return { name, request, body: isText ? await response.text() : await response.json() };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const cursor = /(?<=cursor=)[\w-]+/g;
const firstInstant = Date.UTC(2026, 5, 13, 19);
/** A day and a bit, so that recorded instants look like instants. */
const betweenInstantsMs = 93_784_021;

/**
 * The recording as text: what differs from one gateway to the next is numbered in the order it appears, stamps in the
 * order of time. `contexts` were recorded under a clock of their own; their instants stay as they are. Each secret is
 * replaced by what it is given.
 */
export function writeDown(recording: RecordedExamples, contexts: RecordedExamples['answers'], secrets: Record<string, string>): string {
  const text = JSON.stringify(recording, null, 2);
  const ids = [...new Set(text.match(uuid))];
  const stamps = [...new Set(text.match(instant))].sort();
  const stampOf = (given: string) => new Date(firstInstant + stamps.indexOf(given) * betweenInstantsMs);
  const cursorOf = (given: string) => {
    const order = Buffer.from(given, 'base64url').toString().startsWith('oldest') ? 'oldest' : 'newest';
    const parsed = parseCursor(given, order);
    return formatCursor({ ...parsed, updatedAt: stampOf(parsed.updatedAt.toISOString()) });
  };
  const written = text
    .replace(cursor, cursorOf)
    .replace(uuid, (given) => `01977b2c-4c00-7000-8000-${String(ids.indexOf(given) + 1).padStart(12, '0')}`)
    .replace(instant, (given) => stampOf(given).toISOString())
    .replace(/Try again in \d+ s/g, 'Try again in 37 s');
  const { answers, refusals } = JSON.parse(written) as RecordedExamples;
  const whole = JSON.stringify({ answers: { ...answers, ...contexts }, refusals }, null, 2).replaceAll(publicUrl, recordedPublicUrl);
  return `${Object.entries(secrets).reduce((said, [secret, instead]) => said.replaceAll(secret, instead), whole)}\n`;
}
