/**
 * Where the parts of a context stand. None of these addresses needs a query string, because there are readers whose
 * fetcher drops it: from any of them they get to every section and to every day.
 */
import type { ContextScope } from './facts.ts';

/** How the last part of an address asks for markdown or JSON. */
export type AddressForm = 'md' | 'json';

/** The address that the runner hands out. */
export const contextUrl = (publicUrl: string, token: string) => `${publicUrl}/api/runner-context/${token}`;

/** What stands below it. */
export const contextAddresses = (address: string) => ({
  document: (form: AddressForm) => `${address}.${form}`,
  detail: (detail: 'brief' | 'full', form: AddressForm) => `${address}/${detail}.${form}`,
  section: (section: ContextScope, form: AddressForm) => `${address}/sections/${section}.${form}`,
  /** Every run, in JSON only. */
  runs: `${address}/runs.json`,
  runsBefore: (place: string) => `${address}/runs/before/${place}.json`,
  health: (form: AddressForm) => `${address}/health.${form}`,
  /** The page of days strictly before this one. */
  healthBefore: (day: string, form: AddressForm) => `${address}/health/before/${day}.${form}`,
});
