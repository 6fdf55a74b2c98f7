/** What the gateway answers to the requests that the floor must know. */
import type { RecordedAnswer } from './contenders.ts';
import type { WireRequest } from './load-plan.ts';
import { queryOnce } from './local-servers.ts';
import { contextRequest, graphqlUnchanged, type Material, nothingNew, unchangedList } from './rows.ts';
import { send } from './same-rows.ts';

const recordedHeaders = ['content-type', 'cache-control', 'vary', 'etag', 'link'];

export async function recordAnswers(url: string, material: Material): Promise<RecordedAnswer[]> {
  const token = material.tokens[0] ?? '';
  const asked: WireRequest[] = [
    unchangedList(material),
    nothingNew(material),
    graphqlUnchanged(material),
    contextRequest(token, ''),
    contextRequest(token, '?format=json'),
  ];
  const answers: RecordedAnswer[] = [];
  for (const request of asked) {
    const { status, headers, body } = await send(url, request);
    if (status !== 200) throw new Error(`the gateway answers ${status} to ${JSON.stringify(request)}: ${body.slice(0, 500)}`);
    const kept = recordedHeaders.flatMap((name): [string, string][] => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    answers.push({ request: request.path.replace(token, ':token') + (request.body ?? ''), headers: Object.fromEntries(kept), body });
  }
  return answers;
}

/** When what partners see was changed, newest first. */
export async function stampsNow(databaseUrl: string): Promise<string[]> {
  const stamps = await queryOnce<{ updatedAt: Date }>(
    databaseUrl,
    `SELECT "updatedAt" FROM "WorkoutTemplate" WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE' ORDER BY "updatedAt" DESC LIMIT 20`,
  );
  return stamps.map(({ updatedAt }) => updatedAt.toISOString());
}
