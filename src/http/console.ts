/** The console: the pages and files that its build left, from memory and from nowhere else. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Answer, Door } from './exchange.ts';
import { filesDoor } from './files.ts';
import { pageHeaders } from './headers.ts';

const filesPath = '/console/';

/** The addresses that are pages; what each shows, the page itself decides. */
export const consolePattern = /^\/($|console\/|(sign-in|settings\/runner-context|health|training|partners|catalogue|developers)(\/|$))/;

/** Everything from here: no inline script or style, no other host, no frame around it, no form that leaves. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
};

/** Answers the console's pages and files. @param folder what `npm run build` made. @throws when it is not there. */
export function consoleDoor(folder: string): Door {
  const files = new Map<string, Answer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[path.extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const file = path.join(entry.parentPath, entry.name);
    const address = filesPath + path.relative(folder, file).split(path.sep).join('/');
    files.set(address, fileAnswer(type, readFileSync(file)));
  }
  const page = files.get(`${filesPath}index.html`);
  if (!page) throw new Error(`the console is not built: ${folder} has no index.html`);
  files.delete(`${filesPath}index.html`);
  const pageAnswer = {
    ...page,
    headers: { ...page.headers, 'Cache-Control': 'no-cache', ...pageHeaders(contentSecurityPolicy) },
  };

  return filesDoor((asked) => (asked.startsWith(filesPath) ? files.get(asked) : pageAnswer));
}

/** The build puts a hash into each name, so that what a name stands for never changes. */
function fileAnswer(type: string, body: Buffer): Answer {
  const headers = { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' };
  return { status: 200, headers, body };
}
