import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { consoleFolder, noBrowser } from '../support/browser.ts';

interface Chunk {
  file: string;
  imports?: string[];
  isDynamicEntry?: boolean;
}

/** What a first visit to a page may load, gzipped. */
const scriptBytesMax = 150_000;

describe.skipIf(noBrowser)('the first load of a page', () => {
  if (noBrowser) return;
  const folder = consoleFolder();
  const manifest = JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const pages = Object.keys(manifest).filter((name) => /^pages\/([\w-]+)\/\1\.tsx$/.test(name));

  /** The chunk and everything that it cannot run without. */
  function scriptsOf(name: string, found = new Set<string>()): Set<string> {
    const chunk = manifest[name];
    if (!chunk || found.has(chunk.file)) return found;
    found.add(chunk.file);
    for (const imported of chunk.imports ?? []) scriptsOf(imported, found);
    return found;
  }

  it('is measured for every page', () => expect(pages.length).toBeGreaterThanOrEqual(8));

  it.each(pages)('%s is at most 150 kB of script', (name) => {
    const scripts = scriptsOf(name, scriptsOf('index.html'));
    const bytes = [...scripts].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(folder, file))).byteLength, 0);
    expect(bytes).toBeLessThan(scriptBytesMax);
  });
});
