/** What a reader has filled into a form, by the names of its fields. */

/** Fields that were left empty are left out. */
export function filledIn(form: HTMLFormElement): Record<string, string> {
  const entries = [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value.trim() : '']);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
