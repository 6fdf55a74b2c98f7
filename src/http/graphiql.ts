/** GraphiQL, served from the package: no other host is asked for anything. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Ask } from './exchange.ts';
import { pageHeaders } from './headers.ts';

interface Page {
  headers: Record<string, string>;
  html: Buffer;
  gzip: Buffer;
}

let page: Promise<Page> | undefined;

/** The page, about 9 MB of script; made when it is first asked for. */
export async function graphiqlPage(ask: Ask): Promise<Response> {
  page ??= makePage();
  const { headers, html, gzip } = await page;
  const compress = /\bgzip\b/.test(ask.header('accept-encoding') ?? '');
  return new Response((compress ? gzip : html) as Uint8Array<ArrayBuffer>, {
    headers: { ...headers, ...(compress && { 'Content-Encoding': 'gzip' }) },
  });
}

async function makePage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const text = renderGraphiQL({ endpoint: '/graphql', title: 'Ekiden GraphiQL' });
  const scripts = [...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  const html = Buffer.from(text);
  return {
    html,
    gzip: gzipSync(html),
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'private, max-age=3600',
      Vary: 'Accept, Accept-Encoding',
      // Monaco, the editor in it, makes style elements and workers at run time.
      ...pageHeaders(
        `default-src 'none'; script-src ${hashes.join(' ')} 'unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; img-src data:; font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      ),
    },
  };
}
