import { describe, expect, it } from 'vitest';
import { consoleFolder, listen, noBrowser, openBrowser, watch } from '../support/browser.ts';
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
});
