import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { createWorkout } from '../support/templates.ts';

const browserPath = '/usr/bin/chromium';
const absent = !existsSync(browserPath);
if (absent) console.log(`Left out, because there is no ${browserPath}: the pages in a browser`);

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
async function listen(gateway: Gateway): Promise<string> {
  const server = createServer((request, response) => void answer(gateway, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function openBrowser(): Promise<BrowserContext> {
  const profile = await mkdtemp(path.join(tmpdir(), 'ekiden-browser-'));
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const args = ['--no-sandbox', '--disable-gpu', ...quiet];
  const browser = await chromium.launchPersistentContext(profile, { executablePath: browserPath, headless: true, args });
  afterAll(async () => {
    await browser.close();
    await rm(profile, { recursive: true });
  });
  return browser;
}

/** Everything that the page complains of, and every address outside `origin` that it asks for. */
function watch(page: Page, origin: string): string[] {
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

describe.skipIf(absent)('in a browser', async () => {
  if (absent) return;
  const gateway = await startGateway();
  const [origin, browser, { plaintext }] = await Promise.all([listen(gateway), openBrowser(), gateway.mintKey()]);
  await createWorkout(gateway, { name: 'Seen-in-a-browser' });

  it('the API docs answer "Try it out" with a pasted key, and ask no other host for anything', async () => {
    const page = await browser.newPage();
    const complaints = watch(page, origin);
    await page.goto(`${origin}/api/docs`);
    await page.click('.btn.authorize');
    await page.fill('.modal-ux input', plaintext);
    await page.click('.modal-ux .btn.authorize');
    await page.click('.modal-ux .btn-done');
    const operation = page.locator('#operations-Workout_templates-listWorkoutTemplates');
    await operation.locator('.opblock-summary').click();
    await operation.locator('.try-out__btn').click();
    await operation.locator('.execute').click();
    const shown = operation.locator('.live-responses-table tr.response');
    expect(await shown.locator('.response-col_status').textContent()).toBe('200');
    expect(await shown.locator('.response-col_description').textContent()).toContain('Seen-in-a-browser');
    expect(complaints).toEqual([]);
  });

  it('GraphiQL runs a query with a key among its headers, and asks no other host for anything', async () => {
    const page = await browser.newPage();
    const complaints = watch(page, origin);
    await page.goto(`${origin}/graphql`);
    const write = async (editor: string, text: string) => {
      await page.locator(`${editor} .monaco-editor`).last().click();
      await page.keyboard.press('Control+A');
      // Over a selection the editor would close the brackets that it is given.
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(text);
    };
    await write('.graphiql-query-editor', '{ workoutTemplates { data { name } } }');
    await page.getByRole('button', { name: 'Headers' }).click();
    await write('.graphiql-editor-tool', JSON.stringify({ 'X-API-Key': plaintext }));
    await page.click('.graphiql-execute-button');
    await page.locator('.result-window', { hasText: 'Seen-in-a-browser' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
