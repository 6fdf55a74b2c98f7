/** What is measured: the rows of the table, who takes part in each, what is asked, and which ratios come of it. */
import type { ContenderName } from './contenders.ts';
import { differentGraphqlText, differentGraphqlVariables, differentList, graphqlList, graphqlRequest } from './different-requests.ts';
import type { Traffic, WireRequest } from './load-plan.ts';

/** What rows are made of. */
export interface Material {
  keys: string[];
  tokens: string[];
  words: string[];
  /** Of all workouts, newest first, as of now. */
  stamps: string[];
  databaseUrl: string;
}

interface Turn {
  contender: ContenderName;
  /** Counted from 0; the same for all contenders of the round. */
  round: number;
  /** What the first answer's ETag was, for rows that send it back. */
  etag: string;
}

export interface Row {
  name: string;
  title: string;
  /** In the order of their turns. */
  contenders: ContenderName[];
  /** Unless it is measured under several numbers of connections. */
  connections?: number;
  severalConnections?: boolean;
  traffic(material: Material, turn: Turn): Traffic;
  /** Requests whose answers must be the same from all, before anything is measured. */
  sample(material: Material, contender: ContenderName): WireRequest[];
  /** Every partner asks, not only the first; and a writer changes a workout every second meanwhile. */
  manyPartners?: boolean;
  /** Name of the ratio → whose speed over whose. Speed is requests per second, or the inverse of the median latency. */
  ratios: Record<string, { of: ContenderName; over: ContenderName }>;
  speedOf?: 'throughput' | 'latency';
}

const list = '/api/workout-templates';
const keyOf = ({ keys }: Material) => ({ 'x-api-key': keys[0] ?? '' });

export const unchangedList = (material: Material): WireRequest => ({ path: `${list}?per_page=20`, headers: keyOf(material) });

export const nothingNew = (material: Material): WireRequest => ({
  path: `${list}?updatedSince=${encodeURIComponent(material.stamps[0] ?? '')}`,
  headers: keyOf(material),
});

export const graphqlUnchanged = (material: Material): WireRequest => graphqlRequest(graphqlList, {}, keyOf(material));

const postgraphileQuery = `{ allWorkouts(first: 20, orderBy: UPDATED_AT_DESC) { totalCount nodes {
  rowId slug name description category level language tags version createdAt updatedAt
  blocks { name repeat steps { kind durationSeconds distanceMeters notes target { type min max unit reference } } } } } }`;

const graphqlFor = (material: Material, contender: ContenderName): WireRequest =>
  contender === 'postgraphile' ? graphqlRequest(postgraphileQuery, {}, keyOf(material)) : graphqlUnchanged(material);

export const contextRequest = (token: string, query: string): WireRequest => ({
  path: `/api/runner-context/${token}${query}`,
  headers: {},
});

const repeat = (...requests: WireRequest[]): Traffic => ({ kind: 'repeat', requests });

/** Far enough from each other that no round meets the numbers of another. */
const numbersPerRound = 1_000_000;

const different =
  (of: 'list' | 'graphql-variables' | 'graphql-texts') =>
  (material: Material, { round }: Turn): Traffic => ({
    kind: 'different',
    of,
    from: (round + 1) * numbersPerRound,
    headers: keyOf(material),
    words: material.words,
  });

type Make = typeof differentList;
const firstOf = (make: Make, count: number) => (material: Material) =>
  Array.from({ length: count }, (_, number) => make(number, keyOf(material), material.words));

const context = (query: string) => ({
  contenders: ['gateway', 'floor', 'hand-written'] as ContenderName[],
  traffic: ({ tokens }: Material): Traffic => repeat(...tokens.map((token) => contextRequest(token, query))),
  // The first alone: the floor has the bytes of one address, and a document names its own.
  sample: ({ tokens }: Material) => tokens.slice(0, 1).map((token) => contextRequest(token, query)),
});

export const rows: Row[] = [
  {
    name: 'unchanged',
    title: 'Unchanged list of 20, limits in process',
    contenders: ['gateway', 'floor', 'hand-written', 'hand-written-cached'],
    severalConnections: true,
    traffic: (material) => repeat(unchangedList(material)),
    sample: (material) => [unchangedList(material)],
    ratios: {
      unchangedOverFloor: { of: 'gateway', over: 'floor' },
      unchangedOverHandWritten: { of: 'gateway', over: 'hand-written' },
      unchangedOverHandWrittenCached: { of: 'gateway', over: 'hand-written-cached' },
    },
  },
  {
    name: 'unchangedRedis',
    title: 'The same, limits in Redis',
    contenders: ['gateway-redis', 'floor', 'hand-written-redis'],
    traffic: (material) => repeat(unchangedList(material)),
    sample: (material) => [unchangedList(material)],
    ratios: {
      unchangedRedisOverFloor: { of: 'gateway-redis', over: 'floor' },
      unchangedRedisOverHandWritten: { of: 'gateway-redis', over: 'hand-written-redis' },
    },
  },
  {
    name: 'unchangedLog',
    title: 'The same, every request logged',
    contenders: ['gateway-log', 'gateway', 'floor'],
    traffic: (material) => repeat(unchangedList(material)),
    sample: (material) => [unchangedList(material)],
    ratios: {
      unchangedLogOverFloor: { of: 'gateway-log', over: 'floor' },
      unchangedLogOverWithout: { of: 'gateway-log', over: 'gateway' },
    },
  },
  {
    name: 'unchangedEmbedded',
    title: 'The same, embedded database',
    contenders: ['gateway-embedded', 'gateway', 'floor'],
    traffic: (material) => repeat(unchangedList(material)),
    sample: (material) => [unchangedList(material)],
    ratios: { unchangedEmbeddedOverFloor: { of: 'gateway-embedded', over: 'floor' } },
  },
  {
    name: 'nothingNew',
    title: 'Poll with nothing new (updatedSince)',
    contenders: ['gateway', 'floor', 'hand-written', 'hand-written-cached'],
    traffic: (material) => repeat(nothingNew(material)),
    sample: (material) => [nothingNew(material)],
    ratios: {
      nothingNewOverFloor: { of: 'gateway', over: 'floor' },
      nothingNewOverHandWritten: { of: 'gateway', over: 'hand-written' },
      nothingNewOverHandWrittenCached: { of: 'gateway', over: 'hand-written-cached' },
    },
  },
  {
    name: 'notModified',
    title: 'Poll with If-None-Match, 304',
    contenders: ['gateway', 'floor', 'hand-written', 'hand-written-cached'],
    traffic: (material, { etag }) => {
      const asked = unchangedList(material);
      return repeat({ ...asked, headers: { ...asked.headers, 'if-none-match': etag } });
    },
    sample: (material) => [unchangedList(material)],
    ratios: {
      notModifiedOverFloor: { of: 'gateway', over: 'floor' },
      notModifiedOverHandWritten: { of: 'gateway', over: 'hand-written' },
      notModifiedOverHandWrittenCached: { of: 'gateway', over: 'hand-written-cached' },
    },
  },
  {
    name: 'different',
    title: 'Every request a different query',
    contenders: ['gateway', 'hand-written', 'hand-written-cached'],
    traffic: different('list'),
    sample: firstOf(differentList, 40),
    ratios: {
      differentOverHandWritten: { of: 'gateway', over: 'hand-written' },
      differentOverHandWrittenCached: { of: 'gateway', over: 'hand-written-cached' },
    },
  },
  {
    name: 'context',
    title: 'Runner context as markdown, unchanged',
    ...context(''),
    ratios: {
      contextOverFloor: { of: 'gateway', over: 'floor' },
      contextOverHandWritten: { of: 'gateway', over: 'hand-written' },
    },
  },
  {
    name: 'contextJson',
    title: 'Runner context as JSON, unchanged',
    ...context('?format=json'),
    ratios: {
      contextJsonOverFloor: { of: 'gateway', over: 'floor' },
      contextJsonOverHandWritten: { of: 'gateway', over: 'hand-written' },
    },
  },
  {
    name: 'graphql',
    title: 'GraphQL, list of 20 with blocks and steps',
    contenders: ['gateway', 'postgraphile', 'mercurius'],
    traffic: (material, { contender }) => repeat(graphqlFor(material, contender)),
    sample: (material, contender) => [graphqlFor(material, contender)],
    ratios: {
      graphqlOverPostgraphile: { of: 'gateway', over: 'postgraphile' },
      graphqlOverMercurius: { of: 'gateway', over: 'mercurius' },
    },
  },
  {
    name: 'graphqlDifferent',
    title: 'GraphQL, the same text with different variables each time',
    contenders: ['gateway', 'mercurius'],
    traffic: different('graphql-variables'),
    sample: firstOf(differentGraphqlVariables, 20),
    ratios: { graphqlDifferentOverMercurius: { of: 'gateway', over: 'mercurius' } },
  },
  {
    name: 'graphqlTexts',
    title: 'GraphQL, a different text each time',
    contenders: ['gateway', 'mercurius'],
    traffic: different('graphql-texts'),
    sample: firstOf(differentGraphqlText, 20),
    ratios: { graphqlTextsOverMercurius: { of: 'gateway', over: 'mercurius' } },
  },
  {
    name: 'contextCold',
    title: 'Runner context as markdown, after a change each time (p50)',
    contenders: ['gateway', 'hand-written'],
    connections: 1,
    traffic: ({ tokens, databaseUrl }, { round }) => ({
      kind: 'after-change',
      // Each round another address, so that the read limit of an address is never met.
      request: contextRequest(tokens[round % tokens.length] ?? '', ''),
      databaseUrl,
      change: `UPDATE "Runner" SET "heightCm" = 170 + random() WHERE "username" = 'runner-a'`,
    }),
    sample: ({ tokens }) => [contextRequest(tokens[0] ?? '', '')],
    ratios: { contextColdOverHandWritten: { of: 'gateway', over: 'hand-written' } },
    speedOf: 'latency',
  },
  {
    name: 'realMix',
    title: 'The real mix, a workout edited every second',
    contenders: ['gateway', 'hand-written', 'hand-written-cached'],
    manyPartners: true,
    traffic: ({ keys, stamps }, { round }) => ({ kind: 'mix', keys, stamps, seed: round }),
    sample: (material) => [unchangedList(material), nothingNew(material)],
    ratios: {
      realMixOverHandWritten: { of: 'gateway', over: 'hand-written' },
      realMixOverHandWrittenCached: { of: 'gateway', over: 'hand-written-cached' },
    },
  },
];
