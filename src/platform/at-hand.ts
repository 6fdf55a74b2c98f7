/**
 * What was made before and is still exact: answers, documents and counts, by keys that name the state they were made of.
 * Nothing has a time to live and nothing is taken back for being old: when the state moves on, nobody asks by the old key again, and
 * what has not been asked for longest goes first when the room is full.
 */
import { LRUCache } from 'lru-cache';

export interface AtHand {
  get<Value extends object>(key: string): Value | undefined;
  /** @param bytes how much memory the value takes, its key aside. */
  keep(key: string, value: object, bytes: number): void;
  /**
   * What is at hand, or what `make` makes, which is then kept. Who asks while it is being made waits for the same: the key
   * names the same state. @throws what `make` throws; nothing is kept then.
   */
  getOrMake<Value extends object>(key: string, make: () => Promise<Value>, bytesOf: (value: Value) => number): Promise<Value>;
  /** Lets go of everything whose key begins so. It could not be found again anyway; this is for what must not lie about. */
  forget(prefix: string): void;
  /** How it stands now, and what has been counted since the start. */
  load(): { entries: number; bytes: number; hits: number; misses: number };
}

/** Enough for every page and document of some thousands of templates and the contexts that are read in a day. */
const bytesMax = 64 * 1_024 * 1_024;

/** What an entry takes besides its value: key, list pointers, object headers. */
const overheadBytes = 400;

export function createAtHand(): AtHand {
  const kept = new LRUCache<string, object>({ maxSize: bytesMax });
  const counted = { hits: 0, misses: 0 };
  const underWay = new Map<string, Promise<object>>();

  function get<Value extends object>(key: string): Value | undefined {
    const value = kept.get(key) as Value | undefined;
    counted[value ? 'hits' : 'misses'] += 1;
    return value;
  }

  function keep(key: string, value: object, bytes: number): void {
    kept.set(key, value, { size: bytes + 2 * key.length + overheadBytes });
  }

  return {
    get,
    keep,
    async getOrMake<Value extends object>(key: string, make: () => Promise<Value>, bytesOf: (value: Value) => number) {
      const known = get<Value>(key) ?? (underWay.get(key) as Promise<Value> | undefined);
      if (known) return known;
      const made: Promise<Value> = make()
        .then((value) => {
          // Unless it was to be forgotten while it was being made.
          if (underWay.get(key) === made) keep(key, value, bytesOf(value));
          return value;
        })
        .finally(() => {
          if (underWay.get(key) === made) underWay.delete(key);
        });
      underWay.set(key, made);
      return made;
    },
    forget(prefix) {
      for (const held of [kept, underWay]) {
        for (const key of [...held.keys()]) if (key.startsWith(prefix)) held.delete(key);
      }
    },
    load: () => ({ entries: kept.size, bytes: kept.calculatedSize, ...counted }),
  };
}
