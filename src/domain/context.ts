/** What every domain function gets: who asks, the database, the time. It is the GraphQL context as well. */

import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { Caller } from './caller.ts';

export interface Context {
  caller: Caller;
  db: Db;
  now: Clock;
  log: Log;
  requestId: string;
  /** The gateway's own address as others see it, without a trailing slash. Absolute links start with it. */
  publicUrl: string;
  /** Makes the secret part of new API keys; lives with whoever verifies them. */
  mintKey: MintKey;
}

/** A transaction, or the database itself: what the inner functions of one room pass on. */
export type Tx = Parameters<Parameters<Db['$transaction']>[0]>[0];

/** A new key's parts. `plaintext` is for the caller, once; `lookup` and `secretHash` are for the database. */
export type MintKey = (environment: 'LIVE' | 'TEST') => Promise<{ plaintext: string; lookup: string; secretHash: string }>;
