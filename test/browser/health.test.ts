import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations, consoleFolder, fitsAcross, listen, noBrowser, openBrowser, watch } from '../support/browser.ts';
import { signedInPage } from '../support/console.ts';
import { shareDemoRunner } from '../support/demo-runner.ts';
import { startGateway } from '../support/gateway.ts';
import { createSharedRunner, importRunner } from '../support/runners.ts';

/** How many pixels of the chart are painted: axes and their words alone are some thousand. */
const paintedPixels = (page: Page, title: string) =>
  chart(page, title)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, index) => index % 4 === 3 && value > 0).length;
    });

/** The widest stretch between two readings without any of their blue, as a share of all between the first and the last. */
const widestOpening = (page: Page, title: string) =>
  chart(page, title)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const blue = new Set<number>();
      for (let at = 0; at < data.length; at += 4) if (data[at + 2]! - data[at]! > 40) blue.add((at / 4) % canvas.width);
      const columns = [...blue].toSorted((a, b) => a - b);
      const widest = Math.max(...columns.slice(1).map((column, index) => column - columns[index]!));
      return widest / (columns.at(-1)! - columns[0]!);
    });

const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
const chart = (page: Page, title: string) => page.getByRole('region', { name: `${title}, chart.` });
const shownPeriod = (page: Page) => page.getByRole('main').getByRole('status').first();

describe.skipIf(noBrowser)('the page of health', async () => {
  if (noBrowser) return;
  const gateway = await startGateway({ consoleFolder: consoleFolder() });
  const [origin, browser, demo] = await Promise.all([listen(gateway), openBrowser(), shareDemoRunner(gateway)]);
  const open = (user: string) => signedInPage(browser, origin, gateway, { role: 'RUNNER', user }, '/health');

  it('draws every metric, says in words and in a table what it draws, and asks no other host for anything', async () => {
    const page = await open(demo.username);
    const complaints = watch(page, origin);
    for (const title of ['Resting heart rate', 'Heart rate variability', 'Sleep', 'Respiration', 'Weight']) {
      await chart(page, title).waitFor();
      expect(await paintedPixels(page, title), title).toBeGreaterThan(3_000);
      expect(await card(page, title).textContent()).toMatch(
        /\d+ of 90 days have a reading, from .+ to .+\. The newest is .*7-day baseline .+, 28-day baseline .+(The longest gap is \d+ days?|There is no gap)\./,
      );
    }
    await card(page, 'Sleep').getByText('Latest values as a table').click();
    const table = page.getByRole('region', { name: 'Sleep, latest values' });
    expect(await table.getByRole('columnheader').allTextContents()).toEqual([
      'Day',
      'Deep',
      'Light',
      'REM',
      'Awake',
      '7-day baseline',
      '28-day baseline',
    ]);
    expect(await table.getByRole('row').count()).toBe(15);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('zooms all charts by dragging, by buttons and by keys, and shows everything again', async () => {
    const page = await open(demo.username);
    await chart(page, 'Resting heart rate').waitFor();
    const whole = await shownPeriod(page).textContent();
    const box = (await chart(page, 'Resting heart rate').locator('canvas').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.4, box.y + 80);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 90, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => shownPeriod(page).textContent()).not.toBe(whole);
    expect(await card(page, 'Weight').textContent()).toMatch(/of (1\d|2\d) days have a reading/);
    await page.mouse.dblclick(box.x + box.width * 0.5, box.y + 80);
    await expect.poll(() => shownPeriod(page).textContent()).toBe(whole);

    await page.getByRole('button', { name: 'Zoom in' }).click();
    await card(page, 'Sleep').getByText('of 45 days have a reading').waitFor();
    await page.getByRole('button', { name: 'Reset zoom' }).click();
    await card(page, 'Sleep').getByText('of 90 days have a reading').waitFor();

    await chart(page, 'Sleep').focus();
    await page.keyboard.press('+');
    await card(page, 'Sleep').getByText('of 45 days have a reading').waitFor();
    const zoomed = await shownPeriod(page).textContent();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => shownPeriod(page).textContent()).not.toBe(zoomed);
    await page.keyboard.press('Escape');
    await expect.poll(() => shownPeriod(page).textContent()).toBe(whole);
    await page.close();
  });

  it('reads all pages of a longer range, and draws anew for the other colour scheme', async () => {
    const page = await open(demo.username);
    await chart(page, 'Sleep').waitFor();
    const requests: string[] = [];
    page.on('request', (request) => request.postData()?.includes('query RunnerDays(') && requests.push(request.url()));
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await card(page, 'Sleep')
      .getByText(/of 1[78]\d days have a reading/)
      .waitFor();
    expect(requests.length).toBe(2);
    const colours = () =>
      chart(page, 'Sleep')
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await colours();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(colours).not.toBe(light);
    await page.close();
  });

  it('says when days cannot be read, keeps what it has, and reads them when asked again', async () => {
    const page = await open(demo.username);
    await card(page, 'Sleep').getByText('of 90 days have a reading').waitFor();
    const isForDays = (text: string | null) => text?.includes('query RunnerDays(') ?? false;
    await page.route('**/graphql', (route) => (isForDays(route.request().postData()) ? route.abort() : route.continue()));
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.getByRole('alert').getByText('The gateway cannot be reached.').waitFor();
    await card(page, 'Sleep').getByText('of 90 days have a reading').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await card(page, 'Sleep')
      .getByText(/of 1[78]\d days have a reading/)
      .waitFor();
    await page.close();
  });

  it('leaves gaps open: days without a reading are told, shaded and never bridged', async () => {
    const dates = ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-09', '2026-06-10', '2026-06-11', '2026-06-12'];
    const dailyMetrics = dates.map((date, index) => ({ date, source: 'watch', restingHeartRate: 50 + index }));
    const { username } = await createSharedRunner(gateway, { dailyMetrics });
    const page = await open(username);
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await card(page, 'Resting heart rate').getByText('7 of 12 days have a reading, from 50 bpm to 56 bpm.').waitFor();
    await card(page, 'Resting heart rate').getByText('The longest gap is 5 days.').waitFor();
    await card(page, 'Resting heart rate').getByText('No reading', { exact: true }).waitFor();
    expect(await widestOpening(page, 'Resting heart rate')).toBeGreaterThan(0.45);
    await page.getByText('No reading in this range: heart rate variability, sleep, respiration, weight').waitFor();
    await page.close();
  });

  it('stops and resumes sharing a source, with an undo', async () => {
    const { id, username } = await createSharedRunner(gateway);
    await importRunner(gateway, { username, dailyMetrics: [{ date: '2026-06-01', source: 'ring', restingHeartRate: 50 }] });
    const page = await open(username);
    const excluded = async () => (await gateway.db.healthSource.findFirstOrThrow({ where: { runnerId: id, name: 'ring' } })).excluded;
    const share = page.getByRole('switch', { name: 'Share ring with LLM tools' });
    await share.click();
    await page.getByText('Nothing of ring is shared with tools any more.').waitFor();
    expect(await excluded()).toBe(true);
    await expect.poll(() => share.getAttribute('aria-checked')).toBe('false');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('ring is shared with tools again.').waitFor();
    expect(await excluded()).toBe(false);
    await expect.poll(() => share.getAttribute('aria-checked')).toBe('true');
    await page.close();
  });

  it('tells a runner without data what to do', async () => {
    const { username } = await createSharedRunner(gateway);
    const page = await open(username);
    await page.getByText('No days yet').waitFor();
    await page.getByText('No source yet').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('has nothing for axe to find and fits a narrow screen, in %s', async (colorScheme) => {
    const page = await open(demo.username);
    await page.emulateMedia({ colorScheme });
    await chart(page, 'Weight').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    await expect.poll(() => fitsAcross(page)).toBe(true);
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });
});
