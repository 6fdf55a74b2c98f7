/** Request paths as logs may hold them: an address that is a secret is not written down. */

/** No id is this long; a token is 43 characters. */
const idLengthMax = 36;

/** The text with everything that looks like a whole token replaced by `:token`: GraphQL repeats values in its own words. */
export const withoutTokens = (text: string): string => text.replace(/(?<![\w-])[\w-]{43}(?![\w-])/g, ':token');

/** The path with everything that could be a context token, or part of one, replaced by `:token`. */
export function pathForLog(path: string): string {
  return path
    .replace(/(runner-context\/+)[^/]+/i, '$1:token')
    .split('/')
    .map((segment) => (segment.length > idLengthMax ? ':token' : segment))
    .join('/');
}
