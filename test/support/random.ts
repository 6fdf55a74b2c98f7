/** Random choices that a seed repeats, so that a failure can be run again. */
export type Random = ReturnType<typeof randomFrom>;

/** Mulberry32: small, fast and good enough to choose what happens next. */
export function randomFrom(seed: number) {
  let state = seed | 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    chance: (probability: number) => fraction() < probability,
    /** A whole number from 0 up to, and not including, `end`. */
    below: (end: number) => Math.floor(fraction() * end),
    pick<T>(items: readonly [T, ...T[]]): T {
      return items[Math.floor(fraction() * items.length)] ?? items[0];
    },
  };
}
