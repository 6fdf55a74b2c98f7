/** Says what a new address breaks, asks once, and makes it. */
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/states.tsx';
import { showToast } from '../../parts/toast.tsx';

const rotateMutation = graphql(`
  mutation RotateContextLink($runnerId: ID!, $id: ID!) {
    rotateContextLink(runnerId: $runnerId, id: $id) {
      id
      url
      rotatedAt
    }
  }
`);

interface Props {
  runnerId: string;
  linkId: string;
  title: string;
  onClose: () => void;
}

export function RotateDialog({ runnerId, linkId, title, onClose }: Props) {
  const [{ fetching, error }, send] = useMutation(rotateMutation);
  const failure = failureOf(error);
  async function rotate(): Promise<void> {
    const { data } = await send({ runnerId, id: linkId });
    if (!data) return;
    showToast('The address is replaced. Give the new one to the tools that you still want to read.');
    onClose();
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack-tight">
        <p>The old address dies at once, and nothing brings it back.</p>
        <p>
          Every assistant, script and MCP connection that uses it gets “404 not found” until you give it the new one. QR codes and messages
          with the old address lead nowhere.
        </p>
        <p>What it shares stays as it is, and so do your other addresses.</p>
      </div>
      {failure && <FailureNotice failure={failure} />}
      <div className="row">
        <Button kind="danger" busy={fetching} onClick={() => void rotate()}>
          Replace it
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Dialog>
  );
}
