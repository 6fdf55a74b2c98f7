/** What an import did, counted per kind of thing. */
import type { Fault } from './errors.ts';

export interface ImportCount {
  /** What was imported, in the plural, as the file calls it. */
  noun: string;
  created: number;
  updated: number;
  /** Found to be the same already; nothing was written. */
  unchanged: number;
}

export interface ImportReport {
  counts: ImportCount[];
  /** Single values that were not taken while the rest was; an import that is all or nothing has none. */
  refusals: Fault[];
}
