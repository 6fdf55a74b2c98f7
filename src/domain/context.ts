/** What every domain function gets: who asks, the database, the time. It is the GraphQL context as well. */
import type { AtHand } from '../platform/at-hand.ts';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { LookUp } from '../platform/lookups.ts';
import type { RunStatement } from '../platform/statements.ts';
import type { Caller } from './caller.ts';
import type { OpenedContext } from './opened-contexts.ts';
import type { MintSession } from './session.ts';

export interface Context {
  caller: Caller;
  db: Db;
  /** Single statements past Prisma, for the few that most requests wait for. */
  run: RunStatement;
  /** Rows by their keys, for the few that nearly every request begins with. */
  lookUp: LookUp;
  /** What was made before and is still exact. */
  atHand: AtHand;
  now: Clock;
  log: Log;
  requestId: string;
  /** The gateway's own address as others see it, without a trailing slash. Absolute links start with it. */
  publicUrl: string;
  /** Makes the secret part of new API keys; lives with whoever verifies them. */
  mintKey: MintKey;
  /** The deployment's secret keys by their ids, newest first. */
  secretKeyIds: readonly string[];
  /** Writes a backup; null where the database is not ours to copy. */
  writeBackup: WriteBackup | null;
  /** Counts what is asked with API keys. */
  keyUsage: KeyUsage;
  /** Where a key stands with its limits, without counting; null when that cannot be asked just now. */
  peekLimits: PeekLimits;
  /** Makes sessions; null where an identity provider does. */
  mintSession: MintSession | null;
  /** Where the request comes from, as far as the door can tell. */
  client: Client;
  /** What the reading of runners' context links needs of other rooms. */
  contextLinks: ContextLinkParts;
  /** The context that this request has opened; unset until then. */
  opened?: OpenedContext;
  /** Does the work as a named part of the request's trace; unset where requests are not traced. */
  trace?: <T>(name: string, work: () => T | Promise<T>) => Promise<T>;
}

export interface Client {
  /** Null when it is not known. */
  address: string | null;
  userAgent: string | null;
}

interface ContextLinkParts {
  tokens: ContextTokens;
  limits: ContextLimits;
  reads: ContextReads;
}

/** Makes and opens the tokens of context links; lives with the secret keys. */
export interface ContextTokens {
  /** What a link is found by; null when the text cannot be a token at all. */
  hash(token: string): string | null;
  /** A new token for this link, in the two forms in which it is stored. */
  mint(linkId: string): { tokenHash: string; encryptedToken: string };
  /** The token itself; null when the secret key it was stored under is gone. */
  open(linkId: string, encryptedToken: string): string | null;
  /** Which secret key it was stored under, by its place in the list: 0 is the newest. Null when that key is gone. */
  secretKeyOf(linkId: string, encryptedToken: string): number | null;
  /** The token as it is stored under the newest secret key. */
  seal(linkId: string, token: string): string;
}

/** Set when the limit is passed: the answer must say so. */
type Overrun = { limit: number; retryAfterSeconds: number } | null;

export interface ContextLimits {
  /** Counts one read through a link. */
  countRead(linkId: string): Promise<Overrun>;
  /** Counts one token that is not known; an unknown address is not counted. */
  countMiss(address: string | null): Promise<Overrun>;
}

/** Counts reads in memory and writes them down now and then. */
export interface ContextReads {
  count(linkId: string, sections: readonly string[], client: Client): void;
  /** Writes down what has been counted. */
  flush(): Promise<void>;
}

/** Writes everything that is in the database to a new file on the server's machine. */
type WriteBackup = (now: Date) => Promise<Backup>;

export interface Backup {
  /** Where it lies; absolute. */
  file: string;
  bytes: number;
}

/** A transaction, or the database itself: what the inner functions of one room pass on. */
export type Tx = Parameters<Parameters<Db['$transaction']>[0]>[0];

/** A new key's parts. `plaintext` is for the caller, once; the others are for the database. */
export type MintKey = (environment: 'LIVE' | 'TEST') => Promise<{
  plaintext: string;
  lookup: string;
  secretHash: string;
  secretKeyId: string;
}>;

/** Counts requests in memory and writes them down now and then. */
export interface KeyUsage {
  /** `refused`: the request was over a limit. */
  count(key: { keyId: string; secretKeyId: string }, refused: boolean): void;
  /** Writes down what has been counted. */
  flush(): Promise<void>;
}

/** One window of a key's limits. */
export interface WindowUse {
  used: number;
  limit: number;
  /** Until the window ends; null when none is open, because nothing was asked in it. */
  resetsInMs: number | null;
}

type PeekLimits = (key: {
  keyId: string;
  requestsPerMinute: number;
  requestsPerDay: number;
}) => Promise<{ minute: WindowUse; day: WindowUse } | null>;
