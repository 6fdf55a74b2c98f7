import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations, consoleFolder, fitsAcross, listen, noBrowser, openBrowser, watch } from '../support/browser.ts';
import { signedInPage } from '../support/console.ts';
import { startGateway } from '../support/gateway.ts';
import { createSharedRunner, everything, fullDocument, linkOf, sentinels, type WrittenRunner } from '../support/runners.ts';

const path = '/settings/runner-context';

describe.skipIf(noBrowser)('the settings of the runner context', { timeout: 60_000 }, async () => {
  if (noBrowser) return;
  const gateway = await startGateway({ consoleFolder: consoleFolder() });
  const [origin, browser] = await Promise.all([listen(gateway), openBrowser()]);
  await browser.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });

  /** The page of a new runner who shares what is said, signed in as them. */
  async function openPage(sharing?: Parameters<typeof createSharedRunner>[2]): Promise<{ page: Page; runner: WrittenRunner }> {
    const runner = await createSharedRunner(gateway, { ...fullDocument }, sharing);
    const page = await signedInPage(browser, origin, gateway, { role: 'RUNNER', user: runner.username }, path);
    page.setDefaultTimeout(10_000);
    await page.getByRole('switch', { name: 'Profile' }).waitFor();
    return { page, runner };
  }

  const read = (at: string) => fetch(origin + at);
  const [healthSentinel = ''] = sentinels.health;

  it('shows what the address serves, and a section comes and goes in both with its switch', async () => {
    const { page, runner } = await openPage({ enabled: true, profile: true, training: true, health: false, labs: false });
    const complaints = watch(page, origin);
    const rendered = page.getByRole('region', { name: 'The document, rendered' });
    await rendered.getByRole('heading', { name: 'Training', exact: true }).waitFor();
    const length = page.getByRole('status').filter({ hasText: /^[\d,]+ characters, about [\d,]+ tokens$/ });
    const before = await length.textContent();
    expect(await (await read(runner.path)).text()).not.toContain(healthSentinel);

    await page.getByRole('switch', { name: 'Health' }).click();
    await rendered.getByText(healthSentinel).first().waitFor();
    expect(await (await read(runner.path)).text()).toContain(healthSentinel);
    expect(await length.textContent()).not.toBe(before);

    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.getByRole('button', { name: 'Raw text' }).click();
    const shown = await page.getByRole('region', { name: 'The document, as raw text' }).textContent();
    const served = await (await read(runner.path)).text();
    const withoutTime = (text: string | null) => text?.trim().replace(/Generated \S+/, '');
    expect(withoutTime(shown)).toBe(withoutTime(served));

    await page.getByRole('switch', { name: 'Health' }).click();
    await page.getByText('not shared: health, labs').waitFor();
    expect(await (await read(runner.path)).text()).not.toContain(healthSentinel);
    expect(complaints).toEqual([]);
  });

  it('keeps the address covered everywhere until it is revealed, and copies the whole of it all the same', async () => {
    const { page, runner } = await openPage();
    await page.getByRole('heading', { name: 'How to read this' }).waitFor();
    expect((await page.content()).includes(runner.token)).toBe(false);
    await page.getByRole('button', { name: 'Copy address' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(runner.path);

    await page.getByRole('button', { name: 'QR code' }).click();
    await page.getByRole('img', { name: 'QR code of your address' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.getByRole('region', { name: 'Command line' }).getByText(runner.token).waitFor();
    await page.getByRole('button', { name: 'Hide' }).click();
    expect((await page.content()).includes(runner.token)).toBe(false);
  });

  it('replaces the address when it is asked twice: the old one dies, the new one works', async () => {
    const { page, runner } = await openPage();
    await page.getByRole('button', { name: 'Replace address' }).click();
    await page.getByRole('dialog', { name: 'Replace your address?' }).getByRole('button', { name: 'Keep it' }).click();
    expect((await read(runner.path)).status).toBe(200);

    await page.getByRole('button', { name: 'Replace address' }).click();
    await page.getByRole('button', { name: 'Replace it' }).click();
    await page.getByText('The address is replaced').waitFor();
    const fresh = await linkOf(gateway, runner.id);
    expect([(await read(runner.path)).status, (await read(fresh.path)).status]).toEqual([404, 200]);
    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.getByText(fresh.path).first().waitFor();
    expect((await page.content()).includes(runner.token)).toBe(false);
  });

  it('says that nothing is served while sharing is off, and offers to take that back', async () => {
    const { page, runner } = await openPage();
    await page.getByRole('switch', { name: 'Share my context' }).click();
    await page.getByText('Nothing is served').waitFor();
    await page.getByText('Sharing is off. Every address').waitFor();
    expect((await read(runner.path)).status).toBe(403);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('region', { name: 'The document, rendered' }).waitFor();
    expect((await read(runner.path)).status).toBe(200);
  });

  it('puts a switch back that the gateway did not hear of, and says so', async () => {
    const { page, runner } = await openPage({ ...everything, labs: false });
    await page.getByRole('heading', { name: 'How to read this' }).waitFor();
    await page.route('**/graphql', (route) => route.abort());
    const labs = page.getByRole('switch', { name: 'Labs' });
    await labs.click();
    await page.getByText('Nothing was changed. The gateway cannot be reached').waitFor();
    expect(await labs.getAttribute('aria-checked')).toBe('false');
    await page.unroute('**/graphql');
    await labs.click();
    await page.getByText('not shared: none').waitFor();
    expect(await (await read(runner.path)).text()).toContain('labs-ferritin');
  });

  it('lists who read it, and leaves its owner’s own looks out', async () => {
    const { page, runner } = await openPage({ enabled: true, profile: true, training: false });
    await page.getByText('Nobody has read it yet').waitFor();
    await page.getByRole('heading', { name: 'How to read this' }).waitFor();
    await fetch(origin + runner.path, { headers: { 'User-Agent': 'Claude-User/1.0' } });
    await gateway.flushReads();
    await page.getByRole('button', { name: 'Refresh' }).click();
    const rows = page.getByRole('table', { name: 'Last reads' }).getByRole('row');
    await rows.filter({ hasText: 'Claude or Anthropic' }).waitFor();
    expect(await rows.count()).toBe(2);
  });

  it('makes a further address with sections of its own, and deletes it without touching the others', async () => {
    const { page, runner } = await openPage({ enabled: true });
    await page.getByRole('button', { name: 'New address' }).click();
    await page.getByLabel('Whom it is for').fill('Doctor');
    await page.getByRole('checkbox', { name: 'Labs' }).check();
    await page.getByRole('button', { name: 'Make the address' }).click();
    const item = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Doctor' }) });
    await item.getByText('labs · no end').waitFor();
    await item.getByRole('button', { name: 'Copy' }).click();
    await item.getByRole('button', { name: 'Copied' }).waitFor();
    const { pathname } = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    expect(await (await read(pathname)).text()).toContain('scopes on: labs · ');

    await item.getByRole('button', { name: 'Delete the address' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await item.waitFor({ state: 'detached' });
    expect([(await read(pathname)).status, (await read(runner.path)).status]).toEqual([404, 200]);
  });

  it('is worked with the keyboard alone', async () => {
    const { page, runner } = await openPage({ enabled: true, profile: true, training: true });
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-labelledby') ?? '');
    const health = await page.getByRole('switch', { name: 'Health' }).getAttribute('aria-labelledby');
    for (let presses = 0; presses < 40 && (await focused()) !== health; presses += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByText('not shared: labs').waitFor();
    expect(await (await read(runner.path)).text()).toContain(healthSentinel);
  });

  it('has nothing that axe objects to and no sideways scroll, in either scheme and at any width', async () => {
    const { page } = await openPage();
    await page.getByRole('heading', { name: 'How to read this' }).waitFor();
    await page.getByRole('button', { name: 'Reveal' }).click();
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [320, 1280]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect([colorScheme, width, await fitsAcross(page), await axeViolations(page)]).toEqual([colorScheme, width, true, []]);
      }
    await page.getByRole('button', { name: 'Replace address' }).click();
    expect(await axeViolations(page)).toEqual([]);
  });
});
