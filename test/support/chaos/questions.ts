/** What a request asks for, read off its address by the rules that partners are told. */
import type { Change, List } from './states.ts';

export interface ListQuestion {
  list: List;
  words: string[];
  /** The filter of the list, `category` or `goalDistance`, and its value. */
  filter: [name: string, value: string] | null;
  updatedSince: string | null;
  includeRemoved: boolean;
  page: number;
  perPage: number;
  /** The last stamp of the page before, in a walk by `next`. */
  after: string | null;
}

export interface RowQuestion {
  list: List;
  id: string;
}

/** The question of an address that is not a `next`; null for what is not about templates. */
export function questionOf(address: URL): ListQuestion | RowQuestion | null {
  const [, list, id] = /^\/api\/(workout-templates|training-plan-templates)(?:\/([^/]+))?$/.exec(address.pathname) ?? [];
  if (list === undefined) return null;
  if (id !== undefined) return { list: list as List, id };
  const parameters = address.searchParams;
  const filter = ['category', 'goalDistance'].find((name) => parameters.has(name));
  const updatedSince = parameters.get('updatedSince');
  return {
    list: list as List,
    words: (parameters.get('search') ?? '').toLowerCase().split(' ').filter(Boolean),
    filter: filter === undefined ? null : [filter, parameters.get(filter) ?? ''],
    updatedSince: updatedSince && new Date(updatedSince).toISOString(),
    includeRemoved: parameters.get('includeRemoved') === 'true',
    page: Number(parameters.get('page') ?? 1),
    perPage: Number(parameters.get('per_page') ?? 20),
    after: null,
  };
}

/** The rows that belong to the whole list, of which a page is taken, in the order of the list. */
export function rowsOf(question: ListQuestion, rows: Change[]): Change[] {
  const { words, filter, updatedSince, includeRemoved } = question;
  const found = rows.filter((row) => {
    if (updatedSince !== null && row.stamp <= updatedSince) return false;
    if (row.removedVersion !== null) return includeRemoved;
    const text = row.searchText.toLowerCase();
    return row.visible && words.every((word) => text.includes(word)) && (!filter || row.document[filter[0]] === filter[1]);
  });
  return found.sort((a, b) => (a.stamp < b.stamp === (updatedSince !== null) ? -1 : 1));
}

/** The page that is asked for, and whether there is one after it. */
export function pageOf(question: ListQuestion, rows: Change[]): { rows: Change[]; hasNext: boolean } {
  const { after, updatedSince, page, perPage } = question;
  const rest = after === null ? rows : rows.filter(({ stamp }) => (updatedSince === null ? stamp < after : stamp > after));
  const from = after === null ? (page - 1) * perPage : 0;
  return { rows: rest.slice(from, from + perPage), hasNext: rest.length > from + perPage };
}
