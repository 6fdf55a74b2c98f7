/** A gateway where a browser can open it, and Debian's Chromium to open it with. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type { Gateway } from './gateway.ts';
import { whenDone } from './when-done.ts';

const browserPath = '/usr/bin/chromium';

/** Whether the pages have to be left out, for want of a browser. */
export const noBrowser = !existsSync(browserPath);
if (noBrowser) console.log(`Left out, because there is no ${browserPath}: the pages in a browser`);

declare module 'vitest' {
  interface ProvidedContext {
    consoleFolder: string;
  }
}

/** The console as it is built from what is there now. */
export const consoleFolder = () => inject('consoleFolder');

async function answer({ app }: Gateway, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = chunks.length > 0 ? new Uint8Array(Buffer.concat(chunks)) : null;
  const headers = request.headers as Record<string, string>;
  const given = await app.fetch(new Request(`http://localhost${request.url}`, { method: request.method ?? 'GET', headers, body }));
  response.writeHead(given.status, Object.fromEntries(given.headers));
  response.end(Buffer.from(await given.arrayBuffer()));
}

/** The gateway on a port of this machine, where a browser can open it. */
export async function listen(gateway: Gateway): Promise<string> {
  const server = createServer((request, response) => void answer(gateway, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function openBrowser(): Promise<BrowserContext> {
  const profile = await mkdtemp(path.join(tmpdir(), 'ekiden-browser-'));
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const args = ['--no-sandbox', '--disable-gpu', ...quiet];
  const browser = await chromium.launchPersistentContext(profile, { executablePath: browserPath, headless: true, args });
  whenDone(async () => {
    await browser.close();
    await rm(profile, { recursive: true });
  });
  return browser;
}

/** Everything that the page complains of, and every address outside `origin` that it asks for. */
export function watch(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
  page.on('request', (request) => {
    if (
      !request
        .url()
        .replace(/^blob:/, '')
        .startsWith(`${origin}/`)
    )
      complaints.push(`${request.url()} is elsewhere`);
  });
  return complaints;
}

/** What axe finds wrong with the page as it is now: the rule, and where. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
}

/** Whether nothing of the page stands beyond its right edge. */
export const fitsAcross = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
