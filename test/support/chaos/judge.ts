/** Whether an answer was true at some moment between its question and its arrival. */
import { isDeepStrictEqual } from 'node:util';
import { type ListQuestion, pageOf, type RowQuestion, rowsOf } from './questions.ts';
import type { Change, States } from './states.ts';

export interface Page {
  data: Document[];
  removed?: { id: string; version: number; updatedAt: string; reason: string }[];
  total: number;
  next?: string;
}

type Document = Record<string, unknown> & { id: string; version: number; updatedAt: string };

/** The states the catalogue can have been in while the request was under way. */
export interface Window {
  first: number;
  last: number;
}

/** Fields that are computed from the others. */
const derived = ['estimatedDurationSeconds', 'estimatedDistanceMeters', 'weeklyDistanceMetersMin', 'weeklyDistanceMetersMax'];

export function createJudge(states: States) {
  /** The text of a version that was compared before. */
  const compared = new WeakMap<Change, string>();

  /** What is wrong with a row that a partner was given; null when nothing is. */
  function faultOfDocument(document: Document): string | null {
    const { id, version } = document;
    const change = states.version(id, version);
    if (!change) return `phantom: version ${version} of ${id} was never committed`;
    if (!states.wasSeen(id, version)) return `phantom: version ${version} of ${id} was never visible`;
    const text = JSON.stringify(document);
    if (compared.get(change) === text) return null;
    const told = Object.fromEntries(Object.entries(document).filter(([name]) => !derived.includes(name)));
    if (!isDeepStrictEqual(told, change.document)) return `inexact: ${text} is not what was committed, ${JSON.stringify(change.document)}`;
    compared.set(change, text);
    return null;
  }

  /** The states of the window, newest first: most answers are of the newest. */
  function* statesOf({ first, last }: Window) {
    for (let state = last; state >= first; state--) yield state;
  }

  function faultOfPage(question: ListQuestion, page: Page, window: Window): string | null {
    if (question.includeRemoved !== (page.removed !== undefined)) return 'unexplained: removed is there without being asked for, or not';
    const fault = page.data.map(faultOfDocument).find((found) => found !== null);
    if (fault) return fault;
    const told = toldBy(page);
    const agrees = { rows: false, total: false };
    // The total may be counted by a statement of its own, a moment before or after.
    for (const state of statesOf(window)) {
      const rows = rowsOf(question, states.all(question.list, state));
      agrees.total ||= page.total === rows.length;
      agrees.rows ||= isDeepStrictEqual(told, toldOf(pageOf(question, rows)));
      if (agrees.rows && agrees.total) return null;
    }
    const newest = pageOf(question, rowsOf(question, states.all(question.list, window.last)));
    const what = agrees.rows ? `a total of ${page.total}` : `${JSON.stringify(told)}, newest state ${JSON.stringify(toldOf(newest))}`;
    return `unexplained: states ${window.first} to ${window.last} do not have ${what}`;
  }

  /** The body is null for a 404. */
  function faultOfRow({ list, id }: RowQuestion, body: Document | null, window: Window): string | null {
    const fault = body && faultOfDocument(body);
    if (fault) return fault;
    for (const state of statesOf(window)) {
      const row = states.at(list, id, state);
      if ((row?.visible ? row.version : undefined) === body?.version) return null;
    }
    return `unexplained: states ${window.first} to ${window.last} do not have ${body ? `version ${body.version} of` : 'the absence of'} ${id}`;
  }

  return {
    faultOfDocument,
    /** What is wrong with a 200 or a 404, if anything. */
    faultOf(question: ListQuestion | RowQuestion, status: number, body: unknown, window: Window): string | null {
      if ('id' in question) return faultOfRow(question, status === 404 ? null : (body as Document), window);
      return status === 404 ? 'unexplained: a list is not found' : faultOfPage(question, body as Page, window);
    },
  };
}

/** What a page says, but for the documents themselves. */
const toldBy = ({ data, removed = [], next }: Page) => [
  data.map(({ id, version, updatedAt }) => `${updatedAt} ${id} ${version}`),
  removed.map(({ id, version, updatedAt, reason }) => `${updatedAt} ${id} ${version} ${reason}`),
  next !== undefined,
];

/** What a page of these rows must say. */
function toldOf({ rows, hasNext }: { rows: Change[]; hasNext: boolean }) {
  return [
    rows.filter((row) => row.removedVersion === null).map(({ stamp, id, version }) => `${stamp} ${id} ${version}`),
    rows.flatMap(({ stamp, id, removedVersion, removedReason }) =>
      removedVersion === null ? [] : `${stamp} ${id} ${removedVersion} ${removedReason}`,
    ),
    hasNext,
  ];
}
