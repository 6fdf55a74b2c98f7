/** A workout as a profile of intensity over time: what is drawn, how wide and how high. */
import { type Target, targetInWords, zonesOf } from './target.ts';
import { distanceInWords, durationInWords, inWords } from './wording.ts';

export interface Step {
  kind: string;
  durationSeconds?: number | null;
  distanceMeters?: number | null;
  target?: Target | null;
  notes?: string | null;
}

export interface Block {
  name?: string | null;
  repeat: number;
  steps: readonly Step[];
}

export interface Bar {
  key: string;
  startSeconds: number;
  seconds: number;
  /** From where on it is drawn, 0 for a rest to 5 for the top of zone 5. */
  level: number;
  /** The colour, 1 to 5; 0 for a rest. */
  zone: number;
  /** Whether the length is stated, estimated from a distance, or open until the lap button. */
  length: 'stated' | 'estimated' | 'open';
}

export interface Profile {
  bars: Bar[];
  /** Where blocks that are run more than once lie. */
  repeats: { key: string; startSeconds: number; seconds: number; repeat: number }[];
  totalSeconds: number;
  /** Whether every step says how long it takes. */
  isExact: boolean;
  hasOpenSteps: boolean;
}

/** Seconds per kilometre that a distance is drawn at, for a rest and for zones 1 to 5. */
const drawnPaces = [600, 420, 360, 320, 285, 255];
/** How wide a step is drawn that lasts until the lap button. */
const openSeconds = 90;
/** More bars than a wide screen can tell apart: then the repeats of a block are drawn as one. */
const barsMax = 600;

const levelsWithoutTarget: Record<string, number> = { WARMUP: 1, RUN: 2, RECOVERY: 1, REST: 0, COOLDOWN: 1 };

function levelOf({ kind, target }: Step): number {
  const zones = target ? zonesOf(target) : null;
  return zones ? (zones.low + zones.high) / 2 : (levelsWithoutTarget[kind] ?? 2);
}

function lengthOf(step: Step, zone: number): { seconds: number; length: Bar['length'] } {
  if (step.durationSeconds != null) return { seconds: step.durationSeconds, length: 'stated' };
  if (step.distanceMeters == null) return { seconds: openSeconds, length: 'open' };
  const { type, min, max } = step.target ?? {};
  const stated = type === 'PACE' ? ((min ?? max ?? 0) + (max ?? min ?? 0)) / 2 : 0;
  return { seconds: (step.distanceMeters / 1000) * (stated || (drawnPaces[zone] ?? 360)), length: 'estimated' };
}

export function profileOf(blocks: readonly Block[]): Profile {
  const barCount = blocks.reduce((count, { repeat, steps }) => count + repeat * steps.length, 0);
  const isFolded = barCount > barsMax;
  const profile: Profile = { bars: [], repeats: [], totalSeconds: 0, isExact: true, hasOpenSteps: false };
  blocks.forEach(({ repeat, steps }, block) => {
    const start = profile.totalSeconds;
    for (let round = 0; round < (isFolded ? 1 : repeat); round++) {
      steps.forEach((step, index) => {
        const level = levelOf(step);
        const zone = Math.round(level);
        const { seconds, length } = lengthOf(step, zone);
        const drawn = isFolded ? seconds * repeat : seconds;
        profile.bars.push({ key: `${block}-${round}-${index}`, startSeconds: profile.totalSeconds, seconds: drawn, level, zone, length });
        profile.totalSeconds += drawn;
        if (length !== 'stated') profile.isExact = false;
        if (length === 'open') profile.hasOpenSteps = true;
      });
    }
    if (repeat > 1) profile.repeats.push({ key: `${block}`, startSeconds: start, seconds: profile.totalSeconds - start, repeat });
  });
  return profile;
}

/** "Run 1.6 km at zone 4", as the list of steps says it. */
export function stepInWords({ kind, durationSeconds, distanceMeters, target }: Step): string {
  const length =
    durationSeconds != null
      ? durationInWords(durationSeconds)
      : distanceMeters != null
        ? distanceInWords(distanceMeters)
        : 'until the lap button';
  const name = kind === 'WARMUP' ? 'Warm-up' : kind === 'COOLDOWN' ? 'Cool-down' : inWords(kind);
  return `${name} ${length}${target ? ` at ${targetInWords(target)}` : ''}`;
}
