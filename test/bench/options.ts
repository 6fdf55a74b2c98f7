/** What the command line of the benchmark may say. */
import { parseArgs } from 'node:util';

export interface Options {
  /** Nothing on standard output but one JSON object. */
  json: boolean;
  /** Names of rows; empty: all of them. */
  only: string[];
  /** How often each contender of a row gets its turn. */
  rounds: number;
  /** How long a turn is. */
  seconds: number;
  /** How many partners the mix has. */
  partners: number;
  /** Under which numbers of connections a row is measured that asks for several. */
  connections: number[];
}

export const usage = `npm run bench -- [--json] [--quick] [--only <row>]… [--rounds <n>] [--seconds <n>]

  --quick   two short rounds of every row, at 16 connections: about a minute
  --only    this row alone; may be given again
  --json    ratios and figures as one JSON object on standard output

BENCH_CATALOGUE_FILE names a catalogue to measure with, in the format of src/demo/catalogue.json.`;

/** @throws when an option is unknown or no number. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
    },
  });
  const { json, quick, only } = values;
  const rounds = positive('rounds', values.rounds ?? (quick ? '2' : '5'));
  const seconds = positive('seconds', values.seconds ?? (quick ? '0.4' : '1'));
  return { json, only, rounds, seconds, partners: quick ? 32 : 200, connections: quick ? [16] : [1, 16, 64] };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a number greater than 0`);
  return number;
}
