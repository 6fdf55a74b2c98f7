import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/main.ts';

const browserPath = '/usr/bin/chromium';
const absent = !existsSync(browserPath);

/** Every other page there is, on another port: of the same site when it is called localhost, of another by its number. */
async function startForeignPages(): Promise<number> {
  const server = createServer((_request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html></html>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe.skipIf(absent)('a session cookie in a browser', async () => {
  if (absent) return;
  const folder = await mkdtemp(path.join(tmpdir(), 'ekiden-cookie-'));
  const server = await startServer(readConfig({ PORT: '0', DATA_DIR: path.join(folder, 'data'), LOG_LEVEL: 'silent' }));
  const browser = await chromium.launchPersistentContext(path.join(folder, 'profile'), {
    executablePath: browserPath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
  });
  const foreignPort = await startForeignPages();
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });
  const { localUrl, adminToken } = server;
  const mutation = JSON.stringify({ query: 'mutation { createPartner(input: { name: "made-by-a-page" }) { id } }' });

  const partners = async () => {
    const response = await fetch(`${localUrl}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ query: '{ partners(first: 10) { edges { node { name } } } }' }),
    });
    return ((await response.json()) as { data: { partners: { edges: unknown[] } } }).data.partners.edges.length;
  };

  /** What the page is told when it asks with whatever cookies it has. */
  const askFrom = (page: Page, query: string) =>
    page.evaluate(async (text) => {
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query: text }) };
      return (await (await fetch('/graphql', init)).json()) as { data?: { viewer: object } };
    }, query);

  it('is kept on http://localhost, is hidden from scripts, lets our pages in, and goes when it is told to', async () => {
    const page = await browser.newPage();
    // A page of ours that may ask the gateway; most answers may ask nobody.
    await page.goto(`${localUrl}/api/docs`);
    const status = await page.evaluate(async (token) => {
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
      return (await fetch('/session', { method: 'POST', headers, body: '{}' })).status;
    }, adminToken);
    expect([status, await page.evaluate('document.cookie')]).toEqual([204, '']);
    expect((await browser.cookies()).map(({ name, httpOnly, secure, sameSite }) => [name, httpOnly, secure, sameSite])).toEqual([
      ['__Host-ekiden-session', true, true, 'Strict'],
    ]);
    expect((await askFrom(page, '{ viewer { role id } }')).data).toEqual({ viewer: { role: 'OPERATOR', id: 'admin' } });
    await page.evaluate(async () => (await fetch('/session', { method: 'DELETE' })).status);
    expect(await browser.cookies()).toEqual([]);
    expect((await askFrom(page, '{ viewer { role id } }')).data).toBeUndefined();
    await page.close();
  });

  it.each(['localhost', '127.0.0.1'])('does nothing for a page of %s on another port, however it asks', async (host) => {
    const ours = await browser.newPage();
    await ours.goto(`${localUrl}/api/docs`);
    await ours.evaluate(async (token) => {
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
      await fetch('/session', { method: 'POST', headers, body: '{}' });
    }, adminToken);
    const theirs = await browser.newPage();
    const statuses: number[] = [];
    let attempts = 0;
    theirs.on('request', (request) => {
      if (request.url().startsWith(`${localUrl}/graphql`)) attempts += 1;
    });
    // Of most the browser hides even the status: no page of another origin gets at an answer (Cross-Origin-Resource-Policy).
    theirs.on('response', (response) => {
      if (response.url().startsWith(`${localUrl}/graphql`)) statuses.push(response.status());
    });
    await theirs.goto(`http://${host}:${foreignPort}/`);
    await theirs.evaluate(
      async ({ url, body }) => {
        for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded'])
          for (const mode of ['cors', 'no-cors'] as const)
            await fetch(url, { method: 'POST', mode, credentials: 'include', headers: { 'Content-Type': type }, body }).catch(() => null);
      },
      { url: `${localUrl}/graphql`, body: mutation },
    );
    const formAnswer = theirs.waitForNavigation();
    await theirs.evaluate(
      ({ url, body }) => {
        const form = document.createElement('form');
        Object.assign(form, { method: 'POST', action: url, enctype: 'text/plain' });
        form.append(Object.assign(document.createElement('input'), { name: body, value: '' }));
        document.body.append(form);
        form.submit();
      },
      { url: `${localUrl}/graphql`, body: mutation },
    );
    await formAnswer;
    expect(attempts).toBeGreaterThan(2);
    expect(statuses.length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    expect(await partners()).toBe(0);
    await Promise.all([ours.close(), theirs.close()]);
  });
});
