/** Where the package's own files (migrations, demo data) lie, from source and from the built output alike. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : findRoot(path.dirname(folder));
}

export const packageRoot = findRoot(path.dirname(fileURLToPath(import.meta.url)));
