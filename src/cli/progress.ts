/** A progress bar over bytes, on terminals only. */
import { SingleBar } from 'cli-progress';

export interface Progress {
  update(bytes: number): void;
  stop(): void;
}

/** Files below this, in bytes, are done before a bar could be read. */
const worthShowing = 1_000_000;

export function startProgress(totalBytes: number): Progress {
  if (!process.stderr.isTTY || totalBytes < worthShowing) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar({ format: '{bar} {percentage}% | {eta_formatted} left', stream: process.stderr, hideCursor: true });
  bar.start(totalBytes, 0);
  return bar;
}
