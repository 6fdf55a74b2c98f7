import { describe, expect, it } from 'vitest';
import { axeViolations, consoleFolder, listen, noBrowser, openBrowser, watch } from '../support/browser.ts';
import { signInLink } from '../support/console.ts';
import { startGateway } from '../support/gateway.ts';

describe.skipIf(noBrowser)('the console', async () => {
  if (noBrowser) return;
  const gateway = await startGateway({ consoleFolder: consoleFolder() });
  const [origin, browser] = await Promise.all([listen(gateway), openBrowser()]);

  it('leads a visitor without a session to the page for developers, and asks no other host for anything', async () => {
    const page = await browser.newPage();
    const complaints = watch(page, origin);
    await page.goto(origin);
    await page.getByRole('heading', { name: 'Start in five minutes' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/developers');
    expect(complaints).toEqual([]);
  });

  it('signs in with a one-time link, which works once, keeps the session from scripts, and signs out', async () => {
    const page = await browser.newPage();
    const complaints = watch(page, origin);
    const link = await signInLink(gateway, { role: 'OPERATOR', user: 'operator-a' });
    await page.goto(origin + link);
    await page.getByText('operator-a').waitFor();
    expect(await page.evaluate(() => document.cookie)).toBe('');
    expect(page.url()).not.toContain('code_');
    expect(complaints).toEqual([]);

    const second = await browser.newPage();
    await second.goto(origin + link);
    await second.getByText('This code is not valid (any more)').waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect((await browser.cookies()).filter(({ name }) => name.includes('session'))).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('is usable by everybody before signing in (%s)', async (colorScheme) => {
    const page = await browser.newPage();
    await page.emulateMedia({ colorScheme });
    for (const [path, heading] of [
      ['/developers', 'Start in five minutes'],
      ['/sign-in', 'With a one-time link'],
    ] as const) {
      await page.goto(origin + path);
      await page.getByRole('heading', { name: heading }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
    }
  });
});
