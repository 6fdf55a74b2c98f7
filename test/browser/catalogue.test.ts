import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations, consoleFolder, fitsAcross, listen, noBrowser, openBrowser, watch } from '../support/browser.ts';
import { signedInPage } from '../support/console.ts';
import { startGateway } from '../support/gateway.ts';

const demoPath = path.resolve('src/demo/catalogue.json');
const demo = readFileSync(demoPath, 'utf8');

/** As if the file had been dragged there from a folder. */
async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName = '', content = '']) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName, { type: 'application/json' }));
      return transfer;
    },
    [name, text],
  );
  await page.getByRole('group', { name: 'Where the file comes from' }).dispatchEvent('drop', { dataTransfer });
}

/** The cells of a row of the table by that name, which begins with `first`. */
const cellsOf = async (page: Page, table: string, first: string) =>
  page.getByRole('table', { name: table }).getByRole('row', { name: first }).getByRole('cell').allTextContents();

describe.skipIf(noBrowser)('the catalogue page', async () => {
  if (noBrowser) return;
  const gateway = await startGateway({ consoleFolder: consoleFolder() });
  const [origin, browser] = await Promise.all([listen(gateway), openBrowser()]);
  const operator = { role: 'OPERATOR', user: 'operator-a' } as const;
  const coach = { role: 'COACH', user: 'coach-a' } as const;
  const openAs = (who: typeof operator | typeof coach, at: string) => signedInPage(browser, origin, gateway, who, at);
  const countAll = async () => {
    const { data } = await gateway.graphql<{ allWorkoutTemplates: { totalCount: number } }>('{ allWorkoutTemplates { totalCount } }');
    return data.allWorkoutTemplates.totalCount;
  };

  it('refuses a file that is no JSON, and one with faults, which it lists by their places; nothing is written', async () => {
    const page = await openAs(operator, '/catalogue/import');
    await dropFile(page, 'notes.txt', 'Tuesday: 6 × 800 m');
    await page.getByText('It is not JSON').waitFor();

    const broken = { workoutTemplates: [{ name: 'Easy', category: 'EASY', blocks: [{ steps: [{ kind: 'SPRINT' }] }] }, { name: '' }] };
    await dropFile(page, 'broken.json', JSON.stringify(broken));
    await page.getByText('Nothing was written.').waitFor();
    const faults = page.getByRole('table', { name: 'Faults by place' });
    await faults.getByText('workoutTemplates[0].blocks[0].steps[0].kind').waitFor();
    await faults.getByText('workoutTemplates[1].name').waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the list as text' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('broken-faults.txt');
    expect(readFileSync(await download.path(), 'utf8')).toContain('workoutTemplates[0].blocks[0].steps[0].kind: ');
    expect(await countAll()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
  });

  it('shows the first 200 of many faults and counts the rest', async () => {
    const page = await openAs(operator, '/catalogue/import');
    await dropFile(page, 'many.json', JSON.stringify({ workoutTemplates: Array.from({ length: 250 }, () => 'none') }));
    await page.getByText('And 50 more faults: the saved list has them all.').waitFor();
    expect(await page.getByRole('table', { name: 'Faults by place' }).getByRole('row').count()).toBe(201);
  });

  it('imports a catalogue that is dropped, and finds everything the same when it is chosen once more', async () => {
    const page = await openAs(operator, '/catalogue/import');
    const complaints = watch(page, origin);
    await dropFile(page, 'catalogue.json', demo);
    await page.getByRole('heading', { name: 'What was written' }).waitFor();
    expect(await cellsOf(page, 'Counts by kind', 'Workout templates')).toEqual(['Workout templates', '10', '0', '0']);
    expect(await cellsOf(page, 'Counts by kind', 'Training plan templates')).toEqual(['Training plan templates', '2', '0', '0']);

    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Choose a file' }).click()]);
    await chooser.setFiles(demoPath);
    await page.getByRole('row', { name: 'Workout templates 0 0 10' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('finds a workout by words and category, and tells the steps of its document', async () => {
    const page = await openAs(operator, '/catalogue');
    await page.getByText('10 workouts').waitFor();
    await page.getByLabel('Search').fill('cruise');
    await page.getByText('1 workout', { exact: true }).waitFor();
    await page.getByLabel('Category').selectOption('Easy');
    await page.getByText('No workout is like that').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByText('10 workouts').waitFor();
    await page.getByLabel('Category').selectOption('Threshold');
    await page.getByRole('link', { name: 'Cruise intervals 4 × 1600 m' }).click();

    await page.getByRole('heading', { level: 1, name: 'Cruise intervals 4 × 1600 m' }).waitFor();
    const image = page.getByRole('img', { name: /^Intensity over time of Cruise intervals/ });
    const words = page.locator(`[id="${await image.getAttribute('aria-describedby')}"]`);
    expect(
      await words
        .getByRole('listitem')
        .filter({ hasNot: page.getByRole('listitem') })
        .allTextContents(),
    ).toEqual(['Warm-up 15 min', 'Run 1.6 km at 98 to 102 % of threshold pace', 'Rest 1 min', 'Cool-down 10 min']);
    await words.getByText('Main set, 4 times:').waitFor();
    await page.getByText('Striped: time estimated from the distance').waitFor();

    await page.goBack();
    expect(await page.getByLabel('Category').inputValue()).toBe('THRESHOLD');
  });

  it('offers to clear a filter that the gateway does not know', async () => {
    const page = await openAs(operator, '/catalogue');
    await page.goto(`${origin}/catalogue?category=SPRINT`);
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByText('10 workouts').waitFor();
  });

  it('marks a step that lasts until the lap button', async () => {
    const page = await openAs(operator, '/catalogue');
    await page.getByRole('link', { name: 'Hills 10 × 45 seconds' }).click();
    await page.getByText('Recovery until the lap button').waitFor();
    await page.getByText('Outlined: until the lap button').waitFor();
  });

  it('shows a plan week by week, and leads from a session to its workout', async () => {
    const page = await openAs(operator, '/catalogue');
    await page.getByLabel('Show', { exact: true }).selectOption('Training plans');
    await page.getByRole('link', { name: 'Four weeks to 5 km' }).click();
    const week = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Week 3: The hard one' }) });
    await week.getByText('25 km · 3 sessions').waitFor();
    await week.getByRole('link', { name: 'Tempo 20 minutes' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tempo 20 minutes' }).waitFor();
  });

  it('lets a coach copy what is published, publish the copy, undo that, and see who did what', async () => {
    const page = await openAs(coach, '/catalogue');
    await page.getByText('There is no workout yet').waitFor();
    await page.getByLabel('Whose').selectOption('Everything published');
    await page.getByRole('link', { name: 'Tempo 20 minutes' }).click();
    await page.getByText('Its author and operators see its history.').waitFor();
    expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Duplicate' }).click();

    await page.getByRole('heading', { level: 1, name: 'Tempo 20 minutes (copy)' }).waitFor();
    await page.getByText('Draft', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Partners see it now.').waitFor();
    await page.getByText('This is version 2.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('This is version 3.').waitFor();
    await page.getByText('3 versions in all').waitFor();

    await page.getByText('Version 2', { exact: true }).click();
    const entry = page.getByRole('group').filter({ hasText: 'Version 2' });
    await entry.getByText('coach coach-a').waitFor();
    expect(await entry.getByRole('definition').allTextContents()).toEqual([
      'Before: PRIVATE',
      'After: PUBLIC',
      'Before: DRAFT',
      'After: ACTIVE',
    ]);
    expect(await axeViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Archive' }).click();
    await page.getByText('Archived', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByText('This is version 5.').waitFor();
    await page.getByText('Draft', { exact: true }).waitFor();
  });

  it('tells of a version that is no longer the current one, and shows that one', async () => {
    const page = await openAs(operator, '/catalogue');
    await page.getByRole('link', { name: 'Recovery 30 minutes' }).click();
    await page.getByText('This is version 1.').waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1);
    await gateway.graphql(
      'mutation ($id: ID!) { updateWorkoutTemplate(id: $id, expectedVersion: 1, input: { name: "Shake-out" }) { id } }',
      {
        id,
      },
    );
    await page.getByRole('button', { name: 'Archive' }).click();
    await page.getByText('You see version 1, the current one is version 2.').waitFor();
    await page.getByRole('button', { name: 'Show version 2' }).click();
    await page.getByRole('heading', { level: 1, name: 'Shake-out' }).waitFor();
    await page.getByText('name: “Recovery 30 minutes” → “Shake-out”').waitFor();
  });

  it('shows a long history page by page', async () => {
    const page = await openAs(operator, '/catalogue');
    await page.getByRole('link', { name: 'Long run 16 km' }).click();
    await page.getByText('1 version in all').waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1);
    for (let version = 1; version <= 11; version++) {
      await gateway.graphql(
        'mutation ($id: ID!, $version: Int!, $name: String!) { updateWorkoutTemplate(id: $id, expectedVersion: $version, input: { name: $name }) { id } }',
        { id, version, name: `Long run, take ${version}` },
      );
    }
    await page.reload();
    await page.getByText('12 versions in all').waitFor();
    expect(await page.getByText('Version 2', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show older changes' }).click();
    await page.getByText('Version 1', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Show older changes' }).count()).toBe(0);
  });

  it('saves the catalogue as a file that may be imported again', async () => {
    const page = await openAs(operator, '/catalogue');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
    expect(download.suggestedFilename()).toBe('catalogue.json');
    await page.goto(`${origin}/catalogue/import`);
    await dropFile(page, 'catalogue.json', readFileSync(await download.path(), 'utf8'));
    // The ten of the file, and the copy that a coach has made of one of them.
    await page.getByRole('row', { name: 'Workout templates 0 0 11' }).waitFor();
  });

  it('says which plan keeps a workout from being unpublished, and leads there', async () => {
    const page = await openAs(operator, '/catalogue');
    await page.getByRole('link', { name: 'Tempo 20 minutes', exact: true }).click();
    await page.getByRole('button', { name: 'Unpublish' }).click();
    await page.getByText('Another template stands in the way').waitFor();
    await page.getByRole('alert').getByRole('link', { name: 'Four weeks to 5 km' }).click();
    await page.getByRole('heading', { level: 1, name: 'Four weeks to 5 km' }).waitFor();
  });

  it('is accessible in both colour schemes, and fits a phone', async () => {
    const page = await openAs(operator, '/catalogue');
    await page.getByRole('link', { name: 'Hills 10 × 45 seconds' }).waitFor();
    const workout = await page.getByRole('link', { name: 'Hills 10 × 45 seconds' }).getAttribute('href');
    await page.getByLabel('Show', { exact: true }).selectOption('Training plans');
    const plan = await page.getByRole('link', { name: 'Four weeks to 5 km' }).getAttribute('href');
    const places = [
      { at: '/catalogue', shown: 'Hills 10 × 45 seconds' },
      { at: workout ?? '', shown: 'version in all' },
      { at: plan ?? '', shown: 'version in all' },
      { at: '/catalogue/import', shown: 'Drop a catalogue file here' },
    ];
    for (const { at, shown } of places) {
      await page.goto(origin + at);
      await page.getByText(shown).waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const width of [320, 1280]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 800 });
          expect({ at, colorScheme, width, violations: await axeViolations(page), fits: await fitsAcross(page) }).toEqual({
            at,
            colorScheme,
            width,
            violations: [],
            fits: true,
          });
        }
      }
    }
  });

  it('leads through a long list page by page, and back', async () => {
    const workoutTemplates = Array.from({ length: 25 }, (_, index) => ({
      name: `Loop ${index}`,
      category: 'EASY',
      description: '## Where\n\nRound the **lake**.',
      blocks: [{ steps: [{ kind: 'RUN' }] }],
    }));
    await gateway.graphql('mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun } } }', {
      input: { workoutTemplates },
    });
    const page = await openAs(operator, '/catalogue');
    await page.getByLabel('Search').fill('loop');
    await page.getByText('1 to 20 of 25 workouts').waitFor();
    const first = await page.getByRole('link', { name: /^Loop/ }).allTextContents();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('21 to 25 of 25 workouts').waitFor();
    const rest = await page.getByRole('link', { name: /^Loop/ }).allTextContents();
    expect(new Set([...first, ...rest]).size).toBe(25);
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.getByText('1 to 20 of 25 workouts').waitFor();
    expect(await page.getByRole('link', { name: /^Loop/ }).allTextContents()).toEqual(first);

    await page.getByRole('link', { name: /^Loop/ }).first().click();
    await page.getByRole('strong').filter({ hasText: 'lake' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});
