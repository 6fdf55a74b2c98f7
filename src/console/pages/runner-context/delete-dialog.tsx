/** Asks before an address is deleted, since nothing brings it back. */
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/states.tsx';
import { showToast } from '../../parts/toast.tsx';
import type { Link } from './settings.ts';

const deleteMutation = graphql(`
  mutation DeleteContextLink($runnerId: ID!, $id: ID!) {
    deleteContextLink(runnerId: $runnerId, id: $id)
  }
`);

interface Props {
  runnerId: string;
  link: Link;
  refresh: () => void;
  onClose: () => void;
}

export function DeleteDialog({ runnerId, link: { id, label }, refresh, onClose }: Props) {
  const [{ fetching, error }, send] = useMutation(deleteMutation);
  const failure = failureOf(error);
  async function remove(): Promise<void> {
    const { data } = await send({ runnerId, id });
    if (!data) return;
    showToast(`The address “${label}” is deleted.`);
    onClose();
    refresh();
  }
  return (
    <Dialog title={`Delete the address “${label}”?`} onClose={onClose}>
      <p>Whoever uses it gets “404 not found” from now on. What was counted of its reads goes with it.</p>
      {failure && <FailureNotice failure={failure} />}
      <div className="row">
        <Button kind="danger" busy={fetching} onClick={() => void remove()}>
          Delete it
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Dialog>
  );
}
