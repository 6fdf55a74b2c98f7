import { describe, expect, it } from 'vitest';
import { axeViolations, consoleFolder, fitsAcross, listen, noBrowser, openBrowser, watch } from '../support/browser.ts';
import { signedInPage } from '../support/console.ts';
import { shareDemoRunner } from '../support/demo-runner.ts';
import { startGateway } from '../support/gateway.ts';
import { createSharedRunner } from '../support/runners.ts';

describe.skipIf(noBrowser)('the page of training', async () => {
  if (noBrowser) return;
  const gateway = await startGateway({ consoleFolder: consoleFolder() });
  const [origin, browser, demo] = await Promise.all([listen(gateway), openBrowser(), shareDemoRunner(gateway)]);
  const open = (user: string) => signedInPage(browser, origin, gateway, { role: 'RUNNER', user }, '/training');

  it('shows weeks, runs, bests with VDOT, paces and equivalent times, and asks no other host for anything', async () => {
    const page = await open(demo.username);
    const complaints = watch(page, origin);
    const weeks = page.getByRole('region', { name: 'Weekly volume', exact: true });
    await weeks.getByText(/\d+ runs in 26 of 26 weeks/).waitFor();
    const rows = (name: string) => page.getByRole('region', { name, exact: true }).getByRole('row');
    expect(await rows('Table of recent runs').count()).toBe(21);
    await rows('Training paces')
      .filter({ hasText: /Threshold\d:\d\d/ })
      .waitFor();
    await rows('Equivalent race times')
      .filter({ hasText: /half marathon\d:\d\d:\d\d/ })
      .waitFor();
    await page.getByRole('row', { name: /^half marathon \d:\d\d:\d\d \d:\d\d 4\d\.\d / }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('zooms into the weeks by keys and back, and takes another range', async () => {
    const page = await open(demo.username);
    const weeks = page.getByRole('region', { name: 'Weekly volume', exact: true });
    await page.getByRole('region', { name: 'Weekly volume, chart.' }).focus();
    await page.keyboard.press('+');
    await weeks.getByText('in 13 of 13 weeks').waitFor();
    await page.keyboard.press('0');
    await weeks.getByText('in 26 of 26 weeks').waitFor();
    await page.getByRole('button', { name: '12 weeks' }).click();
    await weeks.getByText('in 12 of 12 weeks').waitFor();
    await page.close();
  });

  it('speaks in miles to a runner who does, and shows a week without runs as none', async () => {
    const run = (startedOn: string) => ({ source: 'watch', startedOn, distanceMeters: 16_093.44, movingSeconds: 4_800 });
    const { username } = await createSharedRunner(gateway, { units: 'IMPERIAL', runs: [run('2026-06-02'), run('2026-06-16')] });
    const page = await open(username);
    await page.getByText('2 runs in 2 of 3 weeks, 20.0 mi in all and 6.7 mi a week.').waitFor();
    await page.getByText('Latest values as a table').click();
    await page.getByRole('row', { name: /^Mon, 8 Jun 2026 0\.0 mi/ }).waitFor();
    await page.getByRole('row', { name: /^Tue, 16 Jun 2026 Run 10\.00 mi 1:20:00 8:00 / }).waitFor();
    await page.close();
  });

  it('tells a runner without data what to do', async () => {
    const { username } = await createSharedRunner(gateway);
    const page = await open(username);
    for (const title of ['No runs yet', 'No VDOT yet', 'No best times yet']) await page.getByText(title).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('has nothing for axe to find and fits a narrow screen, in %s', async (colorScheme) => {
    const page = await open(demo.username);
    await page.emulateMedia({ colorScheme });
    await page.getByRole('region', { name: 'Weekly volume, chart.' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    await expect.poll(() => fitsAcross(page)).toBe(true);
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });
});
