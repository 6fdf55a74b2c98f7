/** The gateways that are compared: everything that can grow is larger by steps, in databases of their own. */

export interface Size {
  /** As columns of the table are called. */
  name: string;
  /** Of both kinds together: four workouts to one plan. */
  templates: number;
  apiKeys: number;
  runners: number;
  /** Of the runners that are measured. */
  years: number;
  /** How many runners have all those years; the others have one. */
  runnersWithAllYears: number;
}

export function sizesOf(isFull: boolean): Size[] {
  return [
    { name: '1k', templates: 1_000, apiKeys: 100, runners: 40, years: 1, runnersWithAllYears: 40 },
    { name: '10k', templates: 10_000, apiKeys: 1_000, runners: 200, years: 5, runnersWithAllYears: isFull ? 200 : 40 },
    { name: '100k', templates: 100_000, apiKeys: 10_000, runners: 1_000, years: 20, runnersWithAllYears: isFull ? 1_000 : 40 },
  ];
}

export const describeSize = ({ name, templates, apiKeys, runners, years, runnersWithAllYears }: Size): string =>
  `${name}: ${templates} templates, ${apiKeys} keys, ${runnersWithAllYears} runners × ${years} years` +
  (runners > runnersWithAllYears ? ` and ${runners - runnersWithAllYears} runners × 1 year` : '');
