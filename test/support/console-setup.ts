/** Builds the console once for all tests that open it, from what is there now. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

export default function setup(project: TestProject): (() => void) | undefined {
  if (!existsSync('/usr/bin/chromium')) return;
  const folder = mkdtempSync(path.join(tmpdir(), 'ekiden-console-'));
  execFileSync('npm', ['run', '--silent', 'console:build', '--', '--outDir', folder, '--emptyOutDir'], {
    stdio: 'inherit',
    // vitest says "test", with which React would be built for development.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  project.provide('consoleFolder', folder);
  return () => rmSync(folder, { recursive: true });
}
