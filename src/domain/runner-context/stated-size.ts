/** How a document states its own length, though the statement is a part of it. */

/** Characters are Unicode code points: what most languages count, and never more than what the others do. */
export function countCharacters(text: string): number {
  // Each pair of surrogates is one code point; to walk over all the others takes ten times as long.
  return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}

/** A rule of thumb for English text, and said to be one: every model cuts text into tokens of its own. */
const charactersPerToken = 4;

const sizeSaid = (characters: number): string =>
  `length: ${characters} characters, about ${Math.ceil(characters / charactersPerToken)} tokens (characters / ${charactersPerToken})`;

/** Where the statement will stand. It is a private-use character, which no text of a runner keeps. */
export const sizePlace = '\uE000';

/** The text with its length stated in the one place for it, counted as the text will be, statement and all. */
export function withStatedSize(text: string): string {
  const unstated = countCharacters(text) - 1;
  // A longer number makes a longer text, never a shorter one: this climbs to the first number that is its own length.
  let characters = unstated;
  while (unstated + countCharacters(sizeSaid(characters)) !== characters) {
    characters = unstated + countCharacters(sizeSaid(characters));
  }
  return text.replace(sizePlace, sizeSaid(characters));
}
