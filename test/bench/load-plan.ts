/** What the load process is told to do, and what it reports. */

export interface WireRequest {
  method?: 'GET' | 'POST';
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export type Traffic =
  /** These in turn, over and over. */
  | { kind: 'repeat'; requests: WireRequest[] }
  /** Every request another one, drawn by the numbers from `from` on. */
  | {
      kind: 'different';
      of: 'list' | 'graphql-variables' | 'graphql-texts';
      from: number;
      headers: Record<string, string>;
      words: string[];
    }
  /** Partners that keep a copy: mostly polls with nothing new, some with a few rows, now and then a whole walk. */
  | { kind: 'mix'; keys: string[]; stamps: string[]; seed: number }
  /** One request after each change of a row: the change is made first and not timed. */
  | { kind: 'after-change'; request: WireRequest; databaseUrl: string; change: string };

export interface Load {
  /** The origin of the server. */
  url: string;
  connections: number;
  seconds: number;
  traffic: Traffic;
}

export interface LoadResult {
  requests: number;
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** How many answers had which status. */
  statuses: Record<string, number>;
  /** Connections that broke, and requests without an answer. */
  errors: number;
  /** Part of one core that the load process itself took. */
  loadCpu: number;
}
