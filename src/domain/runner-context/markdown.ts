/** Markdown that stays what it is, whatever a runner has written into it. */

/** What a reader cannot see: controls, direction marks, zero-width and tag characters. Text may hide in them. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Piles of combining marks that would run over the lines around them; no script needs more than four. */
const markPile = /(\p{M}{4})\p{M}+/gu;

const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;

/** Text without anything unseen, on one line, and without the two signs that could end a code span or a table cell. */
const visible = (line: string): string =>
  line.replaceAll(/\s+/gu, ' ').replaceAll(unseen, '').replaceAll(markPile, '$1').replaceAll('`', "'").replaceAll('|', '¦').trim();

/** At most that many characters; what was cut is shown by an ellipsis. Never cuts a surrogate pair in two. */
function shortened(text: string, lengthMax: number): string {
  const characters = text.length <= lengthMax ? [] : Array.from(text);
  if (characters.length <= lengthMax) return text;
  const kept = characters.slice(0, lengthMax - 1).join('');
  return `${kept.trimEnd()}…`;
}

/**
 * Runner-written text as a code span on one line: it cannot end the span, the line or a table cell, and nothing in it
 * is a heading, a link or HTML. The document tells its reader that such spans are data.
 */
export function quoted(text: string, lengthMax = 80): string {
  const line = text.split(lineBreak).map(visible).filter(Boolean).join(' / ');
  return line === '' ? '`(no readable text)`' : `\`${shortened(line, lengthMax)}\``;
}

/** Runner-written text of several lines as a fenced block that nothing in it can close; each line is marked as quoted. */
export function fenced(text: string): string {
  const lines = text.split(lineBreak).map(visible).filter(Boolean);
  return ['```text', ...lines.map((line) => `> ${line}`), '```'].join('\n');
}

/** A column: its label, with the unit, and what it says of a row; null or empty when the row says nothing. */
export type Column<T> = [label: string, cell: (row: T) => string | null];

/** A table of the columns of which at least one row says something. */
export function table<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const cells = columns.map(([label, cell]) => ({ label, texts: rows.map((row) => cell(row) ?? '') }));
  const used = cells.filter(({ texts }) => texts.some((text) => text !== ''));
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`;
  return [
    line(used.map(({ label }) => label)),
    `|${used.map(() => '---|').join('')}`,
    ...rows.map((_, index) => line(used.map(({ texts }) => texts[index] ?? ''))),
  ].join('\n');
}

/** A list item for each text; null when there is none. */
export function list(items: readonly (string | null)[]): string | null {
  const said = items.filter((item) => item !== null);
  return said.length > 0 ? said.map((item) => `- ${item}`).join('\n') : null;
}

/** The parts that say something, with a middle dot between them; null when none does. */
export function joined(parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null);
  return said.length > 0 ? said.join(' · ') : null;
}
