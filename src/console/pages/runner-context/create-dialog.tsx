/** Makes a further address: for whom, with which sections, until when. */
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { CheckField, faultOf, SelectField, TextField } from '../../parts/field.tsx';
import { FailureNotice } from '../../parts/states.tsx';
import { showToast } from '../../parts/toast.tsx';
import { scopes } from './scopes.ts';

const createMutation = graphql(`
  mutation CreateContextLink($runnerId: ID!, $input: CreateContextLinkInput!) {
    createContextLink(runnerId: $runnerId, input: $input) {
      id
    }
  }
`);

const dayMs = 86_400_000;
const lives = [
  { days: 7, label: 'In a week' },
  { days: 30, label: 'In 30 days' },
  { days: 90, label: 'In 90 days' },
];

export function CreateDialog({ runnerId, onClose }: { runnerId: string; onClose: () => void }) {
  const [{ fetching, error }, send] = useMutation(createMutation);
  const [label, setLabel] = useState('');
  const [days, setDays] = useState(0);
  const [on, setOn] = useState<Record<string, boolean>>({});
  const failure = failureOf(error);
  const fault = faultOf(failure?.faults ?? [], 'label');
  async function create(event: FormEvent): Promise<void> {
    event.preventDefault();
    const expiresAt = days > 0 ? new Date(Date.now() + days * dayMs).toISOString() : null;
    const { data } = await send({ runnerId, input: { label, expiresAt, ...on } });
    if (!data) return;
    showToast(`The address “${label}” is ready to copy.`);
    onClose();
  }
  return (
    <Dialog title="New address" onClose={onClose}>
      <form className="stack" onSubmit={(event) => void create(event)}>
        <TextField
          label="Whom it is for"
          hint="Only you see this."
          required
          maxLength={60}
          value={label}
          fault={fault}
          onChange={({ target }) => setLabel(target.value)}
        />
        {scopes.map(({ scope, label: name, about, sensitive }) => (
          <CheckField
            key={scope}
            label={sensitive ? `${name} (sensitive)` : name}
            hint={about}
            checked={on[scope] ?? false}
            onChange={({ target }) => setOn((before) => ({ ...before, [scope]: target.checked }))}
          />
        ))}
        <SelectField label="It ends" value={days} onChange={({ target }) => setDays(Number(target.value))}>
          <option value={0}>Never</option>
          {lives.map(({ days: count, label: words }) => (
            <option key={count} value={count}>
              {words}
            </option>
          ))}
        </SelectField>
        {failure && !fault && <FailureNotice failure={failure} />}
        <div className="row">
          <Button type="submit" kind="primary" busy={fetching}>
            Make the address
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
