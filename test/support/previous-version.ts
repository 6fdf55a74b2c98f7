/** What an earlier version of the gateway has left behind (test/upgrade/make.ts): its database, its answers, its statements. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Under which the earlier version ran; tests must run under it for its keys to work. */
export const previousSecretKey = '22'.repeat(32);

export interface RecordedRequest {
  /** Path and query. */
  request: string;
  /** Null for what is asked without one. */
  key: string | null;
  status: number;
  contentType: string | null;
  /** JSON as what it says, everything else as text. */
  body: unknown;
}

export interface PreviousVersion {
  /** When it was asked: what depends on the day is the same only then. */
  recordedAt: string;
  /** A plaintext of each kind, and a token. */
  credentials: { live: string; test: string; revoked: string; deprecated: string; token: string };
  requests: RecordedRequest[];
  /** The text of each statement it sent to the database, whatever it was asked. */
  statements: string[];
}

const folder = 'test/upgrade/9ee223f';

export const previousVersion = (): PreviousVersion => JSON.parse(unpacked('recorded.json.gz')) as PreviousVersion;

/** SQL that makes its database in an empty one. */
export const previousDatabase = (): string => unpacked('database.sql.gz');

const unpacked = (file: string) => gunzipSync(readFileSync(path.join(folder, file))).toString();
