/** Ends a key for good, after its lookup was typed. */
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { DeskKeyFragment } from '../../gql/graphql.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { FailureNotice } from '../../parts/states.tsx';
import { showToast } from '../../parts/toast.tsx';
import { Instant } from './format.tsx';

const revokeApiKey = graphql(`
  mutation RevokeApiKey($id: ID!) {
    revokeApiKey(id: $id) {
      id
    }
  }
`);

export function RevokeKey({ apiKey: { id, lookup, lastUsedAt }, onClose }: { apiKey: DeskKeyFragment; onClose: () => void }) {
  const [{ fetching, error }, revoke] = useMutation(revokeApiKey);
  const [typed, setTyped] = useState('');
  const failure = failureOf(error);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== lookup) return;
    const { data } = await revoke({ id });
    if (!data) return;
    showToast(`The key ${lookup} is revoked.`);
    onClose();
  };
  return (
    <Dialog title={`Revoke key ${lookup}?`} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>
          Whoever uses it gets 401 from the next request on, for good. To stop it for a while, disable it instead. Last used:{' '}
          <Instant at={lastUsedAt} otherwise="never" />.
        </p>
        <TextField
          label="Type the key’s lookup to confirm"
          hint={<code>{lookup}</code>}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        {failure && <FailureNotice failure={failure} />}
        <div className="row">
          <Button type="submit" kind="danger" busy={fetching} disabled={typed.trim() !== lookup}>
            Revoke for good
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
