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
  /** Whether some step does not say how hard it is in a way that means a zone. */
  hasGuessedLevels: boolean;
}

/** Seconds per kilometre that a distance is drawn at, for a rest and for zones 1 to 5. */
const drawnPaces = [600, 420, 360, 320, 285, 255];
/** How wide a step is drawn that lasts until the lap button. */
const openSeconds = 90;
/** More bars than a wide screen can tell apart: then the repeats of a block are drawn as one. */
const barsMax = 600;

const levelsWithoutTarget: Record<string, number> = { WARMUP: 1, RUN: 2, RECOVERY: 1, REST: 0, COOLDOWN: 1 };

/** Null when the step does not say. */
function statedLevelOf({ target }: Step): number | null {
  const zones = target ? zonesOf(target) : null;
  return zones && (zones.low + zones.high) / 2;
}

function lengthOf(step: Step, zone: number): { seconds: number; length: Bar['length'] } {
  if (step.durationSeconds != null) return { seconds: step.durationSeconds, length: 'stated' };
  if (step.distanceMeters == null) return { seconds: openSeconds, length: 'open' };
  const { type, min, max } = step.target ?? {};
  const stated = type === 'PACE' ? ((min ?? max ?? 0) + (max ?? min ?? 0)) / 2 : 0;
  return { seconds: (step.distanceMeters / 1000) * (stated || (drawnPaces[zone] ?? 360)), length: 'estimated' };
}

function drawn(step: Step) {
  const stated = statedLevelOf(step);
  const level = stated ?? levelsWithoutTarget[step.kind] ?? 2;
  const zone = Math.round(level);
  return { level, zone, isGuessed: stated === null && step.kind !== 'REST', ...lengthOf(step, zone) };
}

export function profileOf(blocks: readonly Block[]): Profile {
  const isFolded = blocks.reduce((count, { repeat, steps }) => count + repeat * steps.length, 0) > barsMax;
  const bars: Bar[] = [];
  const repeats: Profile['repeats'] = [];
  const all = blocks.map(({ repeat, steps }) => ({ repeat, steps: steps.map(drawn) }));
  let end = 0;
  all.forEach(({ repeat, steps }, block) => {
    const start = end;
    for (let round = 0; round < (isFolded ? 1 : repeat); round++) {
      steps.forEach(({ level, zone, length, ...step }, index) => {
        const seconds = isFolded ? step.seconds * repeat : step.seconds;
        bars.push({ key: `${block}-${round}-${index}`, startSeconds: end, seconds, level, zone, length });
        end += seconds;
      });
    }
    if (repeat > 1) repeats.push({ key: `${block}`, startSeconds: start, seconds: end - start, repeat });
  });
  return {
    bars,
    repeats,
    totalSeconds: end,
    isExact: bars.every(({ length }) => length === 'stated'),
    hasOpenSteps: bars.some(({ length }) => length === 'open'),
    hasGuessedLevels: all.some(({ steps }) => steps.some(({ isGuessed }) => isGuessed)),
  };
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
