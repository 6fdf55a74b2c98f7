/** Asks as a partner does, and has every answer judged. */
import { createJudge, type Page } from './judge.ts';
import { type Answer, type Ask, publicUrl, Unanswered } from './nodes.ts';
import { type ListQuestion, questionOf, type RowQuestion } from './questions.ts';
import type { Recorder } from './recorder.ts';
import type { Report } from './report.ts';

/** Someone with a key, and when it was not to be let in. */
export interface Partner {
  key: string;
  /** Moments of this process: when its end was asked for and acknowledged, and the same of its return. */
  ended?: { askedAt: number; acknowledgedAt: number; backAskedAt: number; backAcknowledgedAt: number };
}

type Known = { etag: string; text: string };

/** What a partner remembers of earlier answers: where `next` leads, and bodies by address and ETag. */
export interface Memory {
  walks: Map<string, ListQuestion>;
  bodies: Map<string, Known>;
}

export const newMemory = (): Memory => ({ walks: new Map(), bodies: new Map() });

export function createWitness(ask: Ask, recorder: Recorder, report: Report) {
  const judge = createJudge(recorder.states);

  /** The body that the answer stands for; a 304 stands for what was asked with, which may not be what is known now. */
  function bodyOf(memory: Memory, path: string, known: Known | undefined, { status, headers, text, node }: Answer): string | null {
    const etag = headers.get('etag');
    if (status === 200 && etag) memory.bodies.set(path, { etag, text });
    if (status !== 304) return text;
    if (known && known.etag === etag) return known.text;
    report.fault(`wrong 304: ${path} on ${node.name} has another ETag than was asked with`);
    return null;
  }

  /** Where the walk goes on after this page. */
  function rememberNext(memory: Memory, question: ListQuestion, page: Page) {
    if (page.next === undefined || !page.data) return;
    const stamps = [...page.data, ...(page.removed ?? [])].map(({ updatedAt }) => updatedAt).sort();
    const after = (question.updatedSince === null ? stamps[0] : stamps.at(-1)) ?? null;
    memory.walks.set(page.next, { ...question, after });
  }

  async function judgeLater(question: ListQuestion | RowQuestion, { status, node }: Answer, body: unknown, first: number, path: string) {
    const last = await recorder.reached();
    report.count('answers judged');
    if (first < last) report.count('answers judged that others wrote beside');
    const fault = judge.faultOf(question, status, body, { first, last });
    if (fault) report.fault(`${fault} (${status} of ${path} on ${node.name})`);
  }

  return {
    faultOfDocument: judge.faultOfDocument,
    /** @throws Unanswered */
    async ask(partner: Partner, url: string, memory: Memory, headers: Record<string, string> = {}): Promise<Answer> {
      const path = url.slice(publicUrl.length);
      const question = memory.walks.get(url) ?? questionOf(new URL(url));
      const known = memory.bodies.get(path);
      const first = recorder.settled();
      const answer = await ask(path, { headers: { 'X-API-Key': partner.key, ...headers } });
      report.count(`answered ${answer.status}`);
      const wrong = faultOfStatus(partner, answer);
      if (wrong) report.fault(`${wrong} (${answer.status} of ${path} on ${answer.node.name})`);
      const text = question && isLetIn(answer.status) ? bodyOf(memory, path, known, answer) : null;
      if (!question || text === null) return answer;
      const body: unknown = JSON.parse(text);
      if ('perPage' in question) rememberNext(memory, question, body as Page);
      void judgeLater(question, answer, body, first, path);
      return answer;
    },
    /** Goes on when nobody answered, as long as there was a reason. */
    forgive(error: unknown) {
      if (!(error instanceof Unanswered)) throw error;
      if (!error.excused) report.fault(`unanswered: ${error.message}`);
      report.count('unanswered');
    },
  };
}

/** Whether this status was possible, by what was known of the key when the request began and when it ended. */
function faultOfStatus({ ended }: Partner, { status, beganAt, endedAt, headers, text }: Answer): string | null {
  if (status === 503) return headers.get('retry-after') ? null : 'bare 503: without Retry-After';
  if (status === 401 || status === 403) {
    const mayRefuse = ended && endedAt > ended.askedAt && beganAt < ended.backAcknowledgedAt;
    return mayRefuse ? null : 'refused: a good key';
  }
  if (!isLetIn(status)) return `unexpected status: ${text.slice(0, 300)}`;
  const mustRefuse = ended && beganAt > ended.acknowledgedAt && endedAt < ended.backAskedAt;
  return mustRefuse ? `after the end: asked ${Math.round(beganAt - ended.acknowledgedAt)} ms after the key had ended` : null;
}

const isLetIn = (status: number) => status === 200 || status === 304 || status === 404;

export type Witness = ReturnType<typeof createWitness>;
