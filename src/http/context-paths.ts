/**
 * The paths under a context's address that say what others say in a query string, for readers whose fetcher drops it:
 * each is one of the documented paths with parameters that the query string cannot change. The form stands last:
 * `.md` is markdown, `.json` is JSON, and without either it is what the documented path answers.
 */
import { contextScopes } from '../domain/runner-context/facts.ts';

export interface ContextPath {
  /** The documented path it stands for. */
  path: string;
  /** What it says, by the names of the parameters. */
  parameters: Record<string, string>;
}

const form = '(?:\\.(?<form>md|json))?';
const patterns = [
  // The form is required: without it this is the documented path itself.
  '^(?<base>/[^/]+)\\.(?<form>md|json)$',
  `^(?<base>/[^/]+)/(?<detail>brief|full)${form}$`,
  `^(?<base>/[^/]+)/sections/(?<sections>${contextScopes.join('|')})${form}$`,
  '^(?<base>/[^/]+/health)\\.(?<form>md|json)$',
  `^(?<base>/[^/]+/health)/before/(?<before>[^/]+?)${form}$`,
  // Of these there is no markdown.
  '^(?<base>/[^/]+/(?:runs|personal-bests))\\.(?<form>json)$',
  '^(?<base>/[^/]+/runs)/before/(?<before>[^/]+?)(?:\\.(?<form>json))?$',
].map((pattern) => new RegExp(pattern));

const formats: Record<string, string> = { md: 'markdown', json: 'json' };

/** What a path below `prefix` stands for; null for every other path, the documented ones too. */
export function readContextPath(path: string, prefix: string): ContextPath | null {
  if (!path.startsWith(`${prefix}/`)) return null;
  const rest = path.slice(prefix.length);
  for (const pattern of patterns) {
    const { base, form: asked, ...said } = pattern.exec(rest)?.groups ?? {};
    if (!base) continue;
    const parameters = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    const format = formats[asked ?? ''];
    return { path: `${prefix}${base}`, parameters: { ...parameters, ...(format && { format }), links: 'path' } };
  }
  return null;
}
