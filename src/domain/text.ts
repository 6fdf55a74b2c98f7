/** Text that every layer can carry: bounded, and free of what Postgres or JSON cannot hold. */

import { createHash } from 'node:crypto';
import slugify from '@sindresorhus/slugify';
import { z } from 'zod';

/** NUL, which Postgres refuses, and lone surrogates, which UTF-8 cannot encode. */
const unstorable = /\0|\p{Surrogate}/u;

export const isStorable = (text: string): boolean => !unstorable.test(text);

/** Trimmed text of 1 to `lengthMax` characters. */
export const text = (lengthMax: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(lengthMax, `at most ${lengthMax} characters`)
    .refine(isStorable, 'holds a NUL or a broken character');

/** The longest slug, also of a name that is longer. */
const slugLengthMax = 120;

export const slug = text(slugLengthMax).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens only');

/** The slug that a name gets; a name without a single Latin letter or digit gets one derived from its hash. */
export function slugOf(name: string): string {
  const made = slugify(name).slice(0, slugLengthMax).replace(/-+$/, '');
  return made || `t-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

/** What RFC 5646 (4.4.1) asks a reader of language tags to have room for. */
const languageTagLengthMax = 35;

/** A language tag (BCP 47) in its canonical form, such as `en-GB`. */
export const languageTag = z
  .string()
  .max(languageTagLengthMax, `at most ${languageTagLengthMax} characters`)
  .transform((tag, issue) => {
    try {
      const [canonical] = Intl.getCanonicalLocales(tag);
      if (canonical) return canonical;
    } catch {
      // A RangeError is how Intl says that the tag is malformed; the issue below says so to the caller.
    }
    issue.addIssue('not a language tag; write it like en or pt-BR');
    return z.NEVER;
  });
