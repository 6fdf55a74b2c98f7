/** Where a reader is in a list that comes in pages. */
import { useState } from 'react';

export interface Pages {
  /** The cursor that the page begins behind; null for the first. */
  after: string | null;
  number: number;
  next(endCursor: string): void;
  previous(): void;
}

/** Begins again at the first page whenever `list`, a text that stands for the filters, is another. */
export function usePages(list: string): Pages {
  const [walked, setWalked] = useState({ list, cursors: [] as string[] });
  const cursors = walked.list === list ? walked.cursors : [];
  return {
    after: cursors.at(-1) ?? null,
    number: cursors.length + 1,
    next: (endCursor) => setWalked({ list, cursors: [...cursors, endCursor] }),
    previous: () => setWalked({ list, cursors: cursors.slice(0, -1) }),
  };
}
