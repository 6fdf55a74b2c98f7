/** What a template is called, in which state it is, and whom to credit; the same for either kind. */
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { Badge } from '../../parts/badge.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Empty } from '../../parts/states.tsx';
import styles from './catalogue.module.css';
import type { Kind } from './moves.ts';
import { type Standing, StandingBadges } from './standing.tsx';

const Description = lazy(() => import('./description.tsx'));

interface Template extends Standing {
  name: string;
  slug: string;
  version: number;
  description?: string | null;
  attribution?: string | null;
  authorId?: string | null;
}

interface Props {
  kind: Kind;
  template: Template;
  /** What it is, in a few words each. */
  facts: string[];
  tags?: string[];
}

export function TemplateHeader({ kind, template, facts, tags = [] }: Props) {
  return (
    <div className="stack">
      <Link href={kind === 'plan' ? '/catalogue?kind=plans' : '/catalogue'}>← All {kind}s</Link>
      <PageHeader title={template.name} about={facts.join(' · ')} />
      <div className="row">
        <StandingBadges visibility={template.visibility} status={template.status} />
        {tags.map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
      </div>
      {template.description && (
        <Suspense fallback={<p className={styles.description}>{template.description}</p>}>
          <Description text={template.description} />
        </Suspense>
      )}
      <p className={`quiet ${styles.small}`}>
        {template.authorId && <>Written by {template.authorId} · </>}
        <code>{template.slug}</code>
        {template.attribution && <> · {template.attribution}</>}
      </p>
    </div>
  );
}

export function Gone({ noun }: { noun: string }) {
  return (
    <div className="stack">
      <PageHeader title={`No such ${noun}`} />
      <Empty title={`There is no ${noun} here that you may see`}>
        It may have been deleted, or it is someone else’s draft. <Link href="/catalogue">Look for it in the catalogue</Link>.
      </Empty>
    </div>
  );
}
