/** Leads through the pages of a list; nothing where one page holds it all. */
import { Button } from '../../parts/button.tsx';
import type { Pages } from './use-pages.ts';

interface Props {
  label: string;
  pages: Pages;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null | undefined };
  busy: boolean;
}

export function Pager({ label, pages, pageInfo: { hasNextPage, endCursor }, busy }: Props) {
  if (pages.number === 1 && !hasNextPage) return null;
  return (
    <nav aria-label={label} className="row">
      <Button disabled={busy || pages.number === 1} onClick={pages.previous}>
        Previous
      </Button>
      <span className="quiet numbers" aria-live="polite">
        Page {pages.number}
      </span>
      <Button disabled={busy || !hasNextPage} onClick={() => endCursor && pages.next(endCursor)}>
        Next
      </Button>
    </nav>
  );
}
