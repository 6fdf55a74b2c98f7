/** What an author does with a whole template: publish, take back, archive, copy. Each step but the copy can be undone. */
import { useState } from 'react';
import { useClient } from 'urql';
import { useLocation } from 'wouter';
import { type Failure, failureOf } from '../../client.ts';
import { Button } from '../../parts/button.tsx';
import { showToast } from '../../parts/toast.tsx';
import { useSession } from '../../session.tsx';
import { MoveFailure } from './move-failure.tsx';
import { type Kind, movesOf, type Step } from './moves.ts';
import { isPublished, type Standing } from './standing.tsx';

export interface Template extends Standing {
  id: string;
  name: string;
  version: number;
  authorId?: string | null;
}

const done: Record<Step, string> = {
  publish: 'Partners see it now.',
  unpublish: 'It is a private draft again. Partners no longer see it.',
  archive: 'It is archived. Partners no longer see it.',
};

/** `reload` asks the gateway for the template as it is now. */
export function TemplateActions({ kind, template, reload }: { kind: Kind; template: Template; reload: () => void }) {
  const client = useClient();
  const { viewer } = useSession();
  const [, goTo] = useLocation();
  const [busy, setBusy] = useState<Step | 'duplicate' | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const moves = movesOf[kind];
  const { id, version, visibility, status } = template;
  const mayWrite = viewer?.role === 'OPERATOR' || template.authorId === viewer?.id;

  async function undo(expectedVersion: number): Promise<void> {
    const { error } = await client.mutation(moves.restore, { id, expectedVersion, input: { visibility, status } });
    const refusal = failureOf(error);
    // Whoever undoes may be on another page by now.
    if (refusal) showToast(`It could not be undone. ${refusal.message}`, 'bad');
    else showToast('It is as it was before.');
  }

  async function move(step: Step): Promise<void> {
    setBusy(step);
    const { data, error } = await client.mutation(moves[step], { id, expectedVersion: version });
    setBusy(null);
    setFailure(failureOf(error));
    if (data) showToast(done[step], 'good', () => void undo(data.moved.version));
  }

  async function duplicate(): Promise<void> {
    setBusy('duplicate');
    const { data, error } = await client.mutation(moves.duplicate, { id });
    setBusy(null);
    setFailure(failureOf(error));
    if (!data) return;
    showToast(`“${data.copy.name}” is a private draft of yours.`);
    goTo(`/catalogue/${kind}s/${data.copy.id}`);
  }

  function seeCurrent(): void {
    setFailure(null);
    reload();
  }

  const button = (step: Step, label: string, buttonKind: 'plain' | 'primary' = 'plain') => (
    <Button kind={buttonKind} busy={busy === step} disabled={busy !== null} onClick={() => void move(step)}>
      {label}
    </Button>
  );
  return (
    <div className="stack">
      <div className="row">
        {mayWrite && !isPublished(template) && button('publish', 'Publish', 'primary')}
        {mayWrite && isPublished(template) && button('unpublish', 'Unpublish')}
        {mayWrite && status !== 'ARCHIVED' && button('archive', 'Archive')}
        <Button busy={busy === 'duplicate'} disabled={busy !== null} onClick={() => void duplicate()}>
          Duplicate
        </Button>
      </div>
      {failure && <MoveFailure failure={failure} seenVersion={version} seeCurrent={seeCurrent} />}
    </div>
  );
}
