/** Archives a partner after a question, and brings it back. */
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/states.tsx';
import { showToast } from '../../parts/toast.tsx';

const archivePartner = graphql(`
  mutation ArchivePartner($id: ID!) {
    archivePartner(id: $id) {
      id
    }
  }
`);

const unarchivePartner = graphql(`
  mutation UnarchivePartner($id: ID!) {
    unarchivePartner(id: $id) {
      id
    }
  }
`);

interface Props {
  id: string;
  name: string;
  onClose: () => void;
}

export function ArchivePartner({ id, name, onClose }: Props) {
  const [{ fetching, error }, archive] = useMutation(archivePartner);
  const failure = failureOf(error);
  async function confirm(): Promise<void> {
    const { data } = await archive({ id });
    if (!data) return;
    showToast(`${name} is archived.`);
    onClose();
  }
  return (
    <Dialog title={`Archive ${name}?`} onClose={onClose}>
      <p>
        From the next request on every one of its keys is refused, and it gets no new ones. Nothing is deleted, and you can unarchive it
        later.
      </p>
      {failure && <FailureNotice failure={failure} />}
      <div className="row">
        <Button kind="danger" busy={fetching} onClick={() => void confirm()}>
          Archive partner
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </Dialog>
  );
}

export function UnarchiveButton({ id, name }: Omit<Props, 'onClose'>) {
  const [{ fetching }, unarchive] = useMutation(unarchivePartner);
  async function bringBack(): Promise<void> {
    const { error } = await unarchive({ id });
    const failure = failureOf(error);
    if (failure) showToast(failure.message, 'bad');
    else showToast(`${name} is not archived any more.`);
  }
  return (
    <Button busy={fetching} onClick={() => void bringBack()}>
      Unarchive
    </Button>
  );
}
