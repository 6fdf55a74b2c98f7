/** One command that asks a gateway something. */
import type { Ask } from './client.ts';

export interface Command {
  /** Noun, verb and arguments, such as `key revoke <id>`; or one word. */
  name: string;
  description: string;
  /** Flags and what they mean. */
  options?: Record<string, string>;
  /** Options without which the command makes no sense, by the name they have in `options` of `run`. */
  required?: string[];
  /** What is asked; the answer is what `--json` prints. */
  run(ask: Ask, args: string[], options: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The answer for a person. */
  render(answer: Record<string, unknown>): string;
}
