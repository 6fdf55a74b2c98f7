/** What a read-only door takes and gives. Node's requests and tests' Request objects both become an Ask. */
import type { Observation } from './observation.ts';

/** A request without its body, before it has come to a door. */
export interface Incoming {
  method: string;
  /** As it came, still percent-encoded. */
  path: string;
  /** Without the question mark. */
  query: string;
  /** A header's value, null when absent; several of one name are joined by a comma. */
  header(name: string): string | null;
  /** Where the client is, as an IP address; null when it is not known. */
  address: string | null;
  /** Names this request in logs and in the answer. */
  requestId: string;
}

/** The same at a door, which writes down here what it has to tell of it. */
export interface Ask extends Incoming {
  observed: Observation;
}

export interface Answer {
  status: number;
  /** Several values of one name only for what cannot be joined: Set-Cookie. */
  headers: Record<string, string | string[]>;
  body: string | Buffer;
}

export type Door = (ask: Ask) => Promise<Answer>;

/** All doors together. */
export interface Doors {
  /** Any request, as a whole: what tests, the GraphQL and the MCP door use. */
  fetch(request: Request, address?: string | null): Promise<Response>;
  /** A request without a body, for the doors that only read; null when it is not theirs. */
  read(incoming: Incoming): Promise<Answer> | null;
}
