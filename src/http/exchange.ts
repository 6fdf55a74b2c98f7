/** What a read-only door takes and gives. Node's requests and tests' Request objects both become an Ask. */

export interface Ask {
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

export interface Answer {
  status: number;
  /** Several values of one name only for what cannot be joined: Set-Cookie. */
  headers: Record<string, string | string[]>;
  body: string | Buffer;
}

export type Door = (ask: Ask) => Promise<Answer>;
