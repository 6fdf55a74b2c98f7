import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations, consoleFolder, fitsAcross, listen, noBrowser, openBrowser, watch } from '../support/browser.ts';
import { signedInPage } from '../support/console.ts';
import { startGateway } from '../support/gateway.ts';

const plaintextPattern = /sr_(?:live|test)_\w{12}_\w{51}/;

describe.skipIf(noBrowser)('the partner desk', async () => {
  if (noBrowser) return;
  const gateway = await startGateway({ consoleFolder: consoleFolder() });
  const [origin, browser] = await Promise.all([listen(gateway), openBrowser()]);
  const operator = (path: string) => signedInPage(browser, origin, gateway, { role: 'OPERATOR', user: 'operator-a' }, path);
  const ask = (apiKey: string) => fetch(`${origin}/api/key`, { headers: { 'X-API-Key': apiKey } });
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  async function openPartner(name: string): Promise<Page> {
    const page = await operator('/partners');
    await button(page, 'New partner').click();
    await page.getByLabel('Name').fill(name);
    await button(page, 'Create partner').click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    return page;
  }

  /** Takes the plaintext from the dialog, and closes it the way a person does who has saved it. */
  async function takeKey(page: Page): Promise<string> {
    const dialog = page.getByRole('dialog', { name: 'The new key' });
    await dialog.getByText('It cannot be seen again').waitFor();
    const [plaintext = ''] = plaintextPattern.exec((await dialog.textContent()) ?? '') ?? [];
    await button(page, 'Done').click();
    await button(page, 'Yes, close').click();
    await dialog.waitFor({ state: 'hidden' });
    return plaintext;
  }

  async function mint(page: Page, label: string): Promise<string> {
    await button(page, 'New key').click();
    await page.getByLabel('Label').fill(label);
    await button(page, 'Create key').click();
    return takeKey(page);
  }

  const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const lookupOf = (plaintext: string) => plaintext.split('_')[2] ?? '';

  /** Everything that scripts of the page still hold on to. */
  async function heapOf(page: Page): Promise<string> {
    const session = await browser.newCDPSession(page);
    const chunks: string[] = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    await session.detach();
    return chunks.join('');
  }

  it('mints a key that works, and shows its use once it is counted', async () => {
    const page = await openPartner('Partner A');
    const complaints = watch(page, origin);
    const apiKey = await mint(page, 'production');
    expect((await ask(apiKey)).status).toBe(200);
    const key = card(page, 'production');
    await key.getByText('No requests in the last 30 days').waitFor();
    await gateway.flushUsage();
    await button(page, 'Refresh').click();
    await key.getByText('1 request in 30 days').waitFor();
    await key.getByText('1 of 60 used').waitFor();
    await key.getByText('Requests per day as a table').click();
    expect(await key.getByRole('row').allTextContents()).toEqual(['DayRequestsRefused (429)', expect.stringMatching(/10$/)]);
    expect(complaints).toEqual([]);
  });

  it('shows the secret of a key once, and keeps it nowhere', async () => {
    const page = await openPartner('Partner B');
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await button(page, 'New key').click();
    await button(page, 'Create key').click();
    const dialog = page.getByRole('dialog', { name: 'The new key' });
    await dialog.getByText('It cannot be seen again').waitFor();
    // However often Escape is pressed, it asks.
    for (let press = 0; press < 3; press++) await page.keyboard.press('Escape');
    await dialog.getByText('Have you saved the key?').waitFor();
    await button(page, 'Not yet').click();
    const apiKey = await takeKey(page);
    expect(apiKey).toMatch(plaintextPattern);
    const kept = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify([localStorage, sessionStorage]));
    expect([page.url(), kept, ...said].join('\n')).not.toContain(apiKey);
    expect(await heapOf(page)).not.toContain(apiKey);
    await page.reload();
    await page.getByText(`sr_live_${lookupOf(apiKey)}_…`).waitFor();
    expect(await page.content()).not.toContain(apiKey);
  });

  it('shows what is wrong with a form beside its fields', async () => {
    const page = await openPartner('Partner C');
    await button(page, 'Edit').click();
    await page.getByLabel('Contact').fill('nobody');
    await page.getByLabel('Name').fill('');
    await button(page, 'Save').click();
    await page.getByText('Not saved: see what is said beside the marked fields.').waitFor();
    for (const label of ['Name', 'Contact']) expect(await page.getByLabel(label).getAttribute('aria-invalid')).toBe('true');
    await button(page, 'Cancel').click();
    await button(page, 'New key').click();
    await page.getByLabel('Requests a minute').fill('many');
    await page.getByRole('checkbox', { name: 'Workouts' }).uncheck();
    await page.getByRole('checkbox', { name: 'Training plans' }).uncheck();
    await button(page, 'Create key').click();
    await page.getByText('Write a whole number, such as 60.').waitFor();
    await page.getByLabel('Expires').pressSequentially('12');
    await button(page, 'Create key').click();
    await page.getByText('Fill in the whole date and time, or clear it.').waitFor();
    await page.getByLabel('Requests a minute').fill('0');
    await page.getByLabel('Expires').fill('2020-01-01T00:00');
    await button(page, 'Create key').click();
    await page.getByText('name at least one scope').waitFor();
    expect(await page.getByLabel('Requests a minute').getAttribute('aria-invalid')).toBe('true');
  });

  it('rotates with a grace, disables, undoes, revokes what was typed, and tells of it in the audit log', async () => {
    const page = await openPartner('Partner D');
    const old = await mint(page, 'to rotate');
    await button(page, 'Rotate').click();
    await page.getByLabel('Grace for the old key').selectOption('1 hour');
    await button(page, 'Rotate key').click();
    await page.getByText(`The old key ${lookupOf(old)} works until`).waitFor();
    const successor = await takeKey(page);
    const [answerOfOld, answerOfNew] = await Promise.all([ask(old), ask(successor)]);
    expect([answerOfOld.status, answerOfNew.status]).toEqual([200, 200]);
    expect([answerOfOld.headers.has('deprecation'), answerOfNew.headers.has('deprecation')]).toEqual([true, false]);

    const key = card(page, 'to rotate').filter({ hasText: `sr_live_${lookupOf(successor)}_` });
    await key.getByRole('button', { name: 'Disable' }).click();
    await key.getByText('Disabled', { exact: true }).first().waitFor();
    expect((await ask(successor)).status).toBe(401);
    await button(page, 'Undo').click();
    await key.getByText('Active', { exact: true }).waitFor();
    expect((await ask(successor)).status).toBe(200);

    await key.getByRole('button', { name: 'Revoke' }).click();
    const revoke = button(page, 'Revoke for good');
    await page.getByLabel('Type the key’s lookup to confirm').fill('something else');
    expect(await revoke.isDisabled()).toBe(true);
    await page.getByLabel('Type the key’s lookup to confirm').fill(lookupOf(successor));
    await revoke.click();
    await page.getByText('1 ended key').click();
    await key.getByText('Revoked', { exact: true }).first().waitFor();
    expect((await ask(successor)).status).toBe(401);

    await key.getByRole('link', { name: 'History' }).click();
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
    const actions = () =>
      page
        .getByRole('list', { name: 'Events, newest first' })
        .getByRole('link', { name: /^api-key\./ })
        .allTextContents();
    await page.getByRole('link', { name: 'api-key.enable' }).waitFor();
    expect(await actions()).toEqual(['api-key.revoke', 'api-key.enable', 'api-key.disable']);
    await page.getByLabel('Action').fill('api-key.disable');
    await button(page, 'Filter').click();
    await page.getByRole('link', { name: 'api-key.enable' }).waitFor({ state: 'hidden' });
    expect(await actions()).toEqual(['api-key.disable']);
    await page.getByRole('link', { name: 'Clear' }).click();
    await page.getByRole('link', { name: 'api-key.rotate' }).waitFor();
  });

  it('archives a partner after a question, finds it among the archived ones, and brings it back', async () => {
    const page = await openPartner('Partner E');
    const apiKey = await mint(page, 'of an archived one');
    await button(page, 'Archive').click();
    await button(page, 'Archive partner').click();
    await page.getByText('This partner is archived').waitFor();
    expect((await ask(apiKey)).status).toBe(401);
    await page.getByRole('link', { name: 'All partners' }).click();
    await page.getByRole('searchbox', { name: 'Search' }).fill('partner e');
    await button(page, 'Search').click();
    await page.getByText('No partner matches').waitFor();
    await page.getByLabel('Show').selectOption('Archived');
    await page.getByRole('link', { name: 'Partner E' }).click();
    await button(page, 'Unarchive').click();
    await page.getByText('This partner is archived').waitFor({ state: 'hidden' });
    expect((await ask(apiKey)).status).toBe(200);
  });

  it('leads through long lists page by page', async () => {
    for (let count = 0; count < 21; count++) {
      const input = { name: `paged-${String(count).padStart(2, '0')}` };
      await gateway.graphql('mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { id } }', { input });
    }
    const page = await operator('/partners');
    await page.getByRole('searchbox', { name: 'Search' }).fill('paged-');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'paged-19' }).waitFor();
    await button(page, 'Next').click();
    await page.getByRole('link', { name: 'paged-20' }).waitFor();
    expect(await page.getByRole('link', { name: /^paged-/ }).count()).toBe(1);
    await button(page, 'Previous').click();
    await page.getByRole('link', { name: 'paged-00' }).waitFor();
  });

  it('is not for coaches, who are told so', async () => {
    const page = await signedInPage(browser, origin, gateway, { role: 'COACH', user: 'coach-a' }, '/partners');
    await page.getByText('This page is not for your role').waitFor();
    expect(await page.getByRole('link', { name: 'Partners' }).count()).toBe(0);
  });

  it('has nothing that axe finds wrong, and fits a narrow screen, in both colour schemes', async () => {
    const page = await openPartner('Partner F with a name that goes on for a good while, as names of companies do');
    const apiKey = await mint(page, 'seen by axe');
    await ask(apiKey);
    await gateway.flushUsage();
    await page.reload();
    await page.getByText('1 request in 30 days').waitFor();
    const path = new URL(page.url()).pathname;
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1280, 320]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        for (const place of ['/partners', path, '/partners/audit']) {
          await page.goto(origin + place);
          await page
            .getByText(place === path ? '1 request in 30 days' : /^\d+ of \d+ key|api-key\.create/)
            .first()
            .waitFor();
          expect([place, colorScheme, width, await axeViolations(page), await fitsAcross(page)]).toEqual([
            place,
            colorScheme,
            width,
            [],
            true,
          ]);
        }
        await page.goto(origin + path);
        await button(page, 'New key').click();
        expect(await axeViolations(page)).toEqual([]);
      }
    }
  }, 120_000);
});
