import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the example in the docs is the document of the fully filled runner', () => {
  const [introduction, ...document] = readFileSync('docs/runner-context-example.md', 'utf8').split('\n\n');
  expect(introduction).not.toContain('\n');
  expect(document.join('\n\n')).toBe(readFileSync('test/unit/runner-context/full-runner.md', 'utf8'));
});
