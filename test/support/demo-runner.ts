/** The runner that the examples of the OpenAPI document are recorded from: the demo's. */
import { demoRunner } from '../../src/demo/runner.ts';
import type { Gateway } from './gateway.ts';
import { createSharedRunner, type WrittenRunner } from './runners.ts';

/** Imports the demo's runner as of the gateway's present, with everything shared. */
export function shareDemoRunner(gateway: Gateway): Promise<WrittenRunner> {
  return createSharedRunner(gateway, demoRunner(gateway.clock.now));
}
