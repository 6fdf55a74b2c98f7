/** Compares an answer with an earlier one: what was there must be there, what is new may be. */

/** The places of `recorded` that `answered` has differently or lacks. In texts, lines may be added. */
export function missingFrom(answered: unknown, recorded: unknown, place = ''): string[] {
  if (isVolatile(place)) return typeof answered === typeof recorded ? [] : [place];
  if (Array.isArray(recorded)) {
    if (!Array.isArray(answered) || answered.length !== recorded.length) return [`${place}: another number of items`];
    return recorded.flatMap((item, index) => missingFrom(answered[index], item, `${place}[${index}]`));
  }
  if (typeof recorded === 'object' && recorded !== null) {
    if (typeof answered !== 'object' || answered === null) return [place];
    return Object.entries(recorded).flatMap(([name, value]) =>
      missingFrom((answered as Record<string, unknown>)[name], value, `${place}.${name}`),
    );
  }
  if (typeof recorded === 'string' && typeof answered === 'string' && recorded.includes('\n'))
    return missingLines(answered, recorded, place);
  return Object.is(answered, recorded) ? [] : [`${place}: ${JSON.stringify(answered)} instead of ${JSON.stringify(recorded)}`];
}

/** What is of the request and not of what was asked for. */
const isVolatile = (place: string) => /\.(requestId|generated_at)$/.test(place);

function missingLines(answered: string, recorded: string, place: string): string[] {
  const lines = answered.split('\n').map(withoutLength);
  let from = 0;
  return recorded.split('\n').flatMap((line) => {
    const found = lines.indexOf(withoutLength(line), from);
    if (found < 0) return [`${place}: no line ${JSON.stringify(line)}`];
    from = found + 1;
    return [];
  });
}

/** A document says when it was made, and how long it is. */
const withoutLength = (line: string) => line.replace(/^Generated \S+/, 'Generated').replace(/length: [^·]*·/, 'length ·');
