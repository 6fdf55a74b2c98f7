/**
 * Where the parts of a context stand. None of these addresses needs a query string, because there are readers whose
 * fetcher drops it: from any of them they get to every section and to every day.
 */
import type { ContextScope } from './facts.ts';

/** How the last part of an address asks for markdown or JSON. */
export type AddressForm = 'md' | 'json';

/** `contextUrl` is the address that the runner hands out. */
export const contextAddresses = (contextUrl: string) => ({
  document: (form: AddressForm) => `${contextUrl}.${form}`,
  detail: (detail: 'brief' | 'full', form: AddressForm) => `${contextUrl}/${detail}.${form}`,
  section: (section: ContextScope, form: AddressForm) => `${contextUrl}/sections/${section}.${form}`,
  /** Every run, in JSON only. */
  runs: `${contextUrl}/runs.json`,
  runsBefore: (place: string) => `${contextUrl}/runs/before/${place}.json`,
  health: (form: AddressForm) => `${contextUrl}/health.${form}`,
  /** The page of days strictly before this one. */
  healthBefore: (day: string, form: AddressForm) => `${contextUrl}/health/before/${day}.${form}`,
});
