/** Which of two types for the same bytes a client would rather have. */

/**
 * Whether the header asks for markdown by name, and not for plain text more. Whoever takes anything, as browsers and
 * curl do, gets plain text: they show it.
 */
export function prefersMarkdown(accept: string | null): boolean {
  const markdown = qualityOf('text/markdown', accept);
  return markdown > 0 && markdown >= qualityOf('text/plain', accept);
}

/** How much a type is wanted, from 0 to 1 (RFC 9110, 12.5.1); 0 when it is not named. */
function qualityOf(type: string, accept: string | null): number {
  for (const range of (accept ?? '').split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (name !== type) continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return weight === undefined ? 1 : Number(weight.slice(2)) || 0;
  }
  return 0;
}
