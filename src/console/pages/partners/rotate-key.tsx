/** Replaces a key by a new one, with time to change over. */
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { DeskKeyFragment } from '../../gql/graphql.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { SelectField } from '../../parts/field.tsx';
import { FailureNotice } from '../../parts/states.tsx';
import { formatInstant } from './format.tsx';
import type { MintedKey } from './key-secret.tsx';

const rotateApiKey = graphql(`
  mutation RotateApiKey($id: ID!, $graceSeconds: Int!) {
    rotateApiKey(id: $id, graceSeconds: $graceSeconds) {
      plaintext
      apiKey {
        id
        rotatedFrom {
          id
          lookup
          sunsetAt
          revokedAt
        }
      }
    }
  }
`);

const graces = [
  { seconds: 0, label: 'None: the old key is refused at once' },
  { seconds: 3_600, label: '1 hour' },
  { seconds: 86_400, label: '24 hours' },
  { seconds: 604_800, label: '7 days' },
];

interface Props {
  apiKey: DeskKeyFragment;
  onClose: () => void;
  onMinted: (key: MintedKey) => void;
}

export function RotateKey({ apiKey, onClose, onMinted }: Props) {
  const [{ fetching, error }, rotate] = useMutation(rotateApiKey);
  const [graceSeconds, setGraceSeconds] = useState(86_400);
  const failure = failureOf(error);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { data } = await rotate({ id: apiKey.id, graceSeconds });
    if (!data) return;
    const { plaintext, apiKey: successor } = data.rotateApiKey;
    const old = successor.rotatedFrom;
    const worksUntil = old?.revokedAt ? null : (old?.sunsetAt ?? null);
    onMinted({ plaintext, replaces: { lookup: apiKey.lookup, worksUntil } });
  };
  return (
    <Dialog title={`Rotate key ${apiKey.lookup}`} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>A new key with the same label, scopes, limits and expiry takes its place. Both work until the grace is over.</p>
        <SelectField
          label="Grace for the old key"
          hint={endOf(graceSeconds, apiKey.expiresAt)}
          value={graceSeconds}
          onChange={({ target }) => setGraceSeconds(Number(target.value))}
        >
          {graces.map(({ seconds, label }) => (
            <option key={seconds} value={seconds}>
              {label}
            </option>
          ))}
        </SelectField>
        {failure && <FailureNotice failure={failure} />}
        <div className="row">
          <Button type="submit" kind="primary" busy={fetching}>
            Rotate key
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

function endOf(graceSeconds: number, expiresAt: string | null | undefined): string {
  if (graceSeconds === 0) return 'Whoever still uses the old key gets 401 from the next request on. This cannot be undone.';
  const end = Math.min(Date.now() + graceSeconds * 1_000, expiresAt ? Date.parse(expiresAt) : Number.POSITIVE_INFINITY);
  return `The old key works until ${formatInstant(end)}. Its answers carry Deprecation and Sunset until then.`;
}
