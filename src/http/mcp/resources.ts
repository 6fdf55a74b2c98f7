/** What can be attached to a conversation: the document, and each shared section of it by itself. */
import type { ContextScope } from '../../domain/runner-context/facts.ts';
import { type ContextReading, withoutAddresses } from './reading.ts';

/** Not an address on the web: that would hold the token. */
const documentUri = 'ekiden://context';

const sectionUri = (scope: ContextScope) => `${documentUri}/sections/${scope}`;

const sectionTitles: Record<ContextScope, string> = {
  profile: 'Runner profile',
  training: 'Training',
  health: 'Recent health',
  labs: 'Lab tests',
};

export const markdownType = 'text/markdown';

/** Those that exist now, as `resources/list` gives them. */
export function listResources(shared: readonly ContextScope[]) {
  const whole = {
    uri: documentUri,
    name: 'context',
    title: 'Runner context',
    description: 'The whole document, within the sections that the runner shares.',
    mimeType: markdownType,
  };
  const sections = shared.map((scope) => ({
    uri: sectionUri(scope),
    name: scope,
    title: sectionTitles[scope],
    description: `The section ${scope} of the document.`,
    mimeType: markdownType,
  }));
  return [whole, ...sections];
}

/** The markdown behind a URI; null when there is none, or when its section is not shared. */
export async function readResource(reading: ContextReading, uri: string): Promise<string | null> {
  const scope = reading.shared.find((candidate) => sectionUri(candidate) === uri);
  if (uri !== documentUri && scope === undefined) return null;
  const value = await reading.read('runnerContext', { ...(scope && { sections: scope }), ...withoutAddresses });
  return String(value.context_markdown);
}
