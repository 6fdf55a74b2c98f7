/** Changes what was agreed on a key. */
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { DeskKeyFragment } from '../../gql/graphql.ts';
import { showToast } from '../../parts/toast.tsx';
import { changesOf, fieldsOf } from './key-fields.ts';
import { KeyForm } from './key-form.tsx';

const updateApiKey = graphql(`
  mutation UpdateApiKey($id: ID!, $input: UpdateApiKeyInput!) {
    updateApiKey(id: $id, input: $input) {
      id
    }
  }
`);

export function EditKey({ apiKey, onClose }: { apiKey: DeskKeyFragment; onClose: () => void }) {
  const [{ fetching, error }, update] = useMutation(updateApiKey);
  const before = fieldsOf(apiKey);
  return (
    <KeyForm
      title={`Edit key ${apiKey.lookup}`}
      save="Save"
      initial={before}
      failure={failureOf(error)}
      busy={fetching}
      onClose={onClose}
      onSave={async (fields) => {
        const { data } = await update({ id: apiKey.id, input: changesOf(fields, before) });
        if (!data) return;
        showToast('The key is saved. It holds from the next request on.');
        onClose();
      }}
    />
  );
}
