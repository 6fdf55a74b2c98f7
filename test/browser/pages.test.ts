import { describe, expect, it } from 'vitest';
import { listen, noBrowser, openBrowser, watch } from '../support/browser.ts';
import { startGateway } from '../support/gateway.ts';
import { createWorkout } from '../support/templates.ts';

describe.skipIf(noBrowser)('in a browser', async () => {
  if (noBrowser) return;
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
