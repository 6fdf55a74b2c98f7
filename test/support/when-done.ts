/** Where whatever begins something says how it ends. */
import { afterAll, onTestFinished, TestRunner } from 'vitest';

/**
 * Runs `end` when the test that runs now is done, or else with the file; what was begun last ends first. An `afterAll`
 * within a test is never called, and what is left running disturbs the next file of the process.
 */
export function whenDone(end: () => unknown): void {
  const register = TestRunner.getCurrentTest() ? onTestFinished : afterAll;
  register(async () => {
    await end();
  });
}
