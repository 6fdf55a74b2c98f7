/** Partners that keep a copy of the catalogue, each with a key of its own: what a connection of theirs asks, one by one. */
import type autocannon from 'autocannon';
import { randomNumbers } from '../different-requests.ts';
import type { Traffic } from '../load-plan.ts';

const list = '/api/workout-templates';

/** Of a hundred times that a partner asks. A walk is as many requests as the catalogue has pages. */
const share = { fewRows: 0.08, walk: 0.02 };

/** How far back a partner is that finds a few rows. */
const rowsBehind = 4;

interface Partner {
  key: string;
  /** The highest updatedAt it has seen. */
  newest: string;
}

/**
 * Each connection speaks for its part of the partners, one after the other. They remember the newest change they have seen, as
 * the documentation tells them to, so that what a writer changes meanwhile comes to each of them once.
 */
export function partnerRequests(connection: number, { keys, stamps, seed }: Extract<Traffic, { kind: 'mix' }>): autocannon.Request[] {
  const random = randomNumbers(seed * 1_000 + connection);
  const partners = partnersOf(connection, keys, stamps[0] ?? '');
  let turn = 0;
  let walk: string | null = null;

  return [
    {
      setupRequest(request) {
        if (walk === null) turn += 1;
        const partner = partners[turn % partners.length] as Partner;
        const path = walk ?? pathFor(partner, random(), stamps);
        return Object.assign(request, { method: 'GET', path, headers: { 'x-api-key': partner.key } });
      },
      onResponse(status, body) {
        const partner = partners[turn % partners.length] as Partner;
        const [next, newest] = status === 200 ? [nextIn(body), newestIn(body)] : [null, null];
        walk = next;
        if (newest !== null && newest > partner.newest) partner.newest = newest;
      },
    },
  ];
}

function partnersOf(connection: number, keys: string[], newest: string): Partner[] {
  return keys.filter((_, index) => index % 16 === connection % 16).map((key) => ({ key, newest }));
}

function pathFor({ newest }: Partner, drawn: number, stamps: string[]): string {
  if (drawn < share.walk) return `${list}?per_page=20`;
  const since = drawn < share.walk + share.fewRows ? (stamps[rowsBehind] ?? newest) : newest;
  return `${list}?updatedSince=${encodeURIComponent(since)}`;
}

/** Cheaper than parsing the body: the load must not be what limits. */
function nextIn(body: string): string | null {
  const [, address] = /"next":"https?:\/\/[^/]+([^"]+)"\}?$/.exec(body.slice(-400)) ?? [];
  return address ?? null;
}

function newestIn(body: string): string | null {
  let newest: string | null = null;
  for (const [, stamp = ''] of body.matchAll(/"updatedAt":"([^"]+)"/g)) if (newest === null || stamp > newest) newest = stamp;
  return newest;
}
