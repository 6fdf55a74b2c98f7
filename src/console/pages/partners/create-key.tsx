/** Mints a key. */
import { useState } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { KeyEnvironment } from '../../gql/graphql.ts';
import { SelectField } from '../../parts/field.tsx';
import { changesOf, newKeyFields } from './key-fields.ts';
import { KeyForm } from './key-form.tsx';
import type { MintedKey } from './key-secret.tsx';

const createApiKey = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      plaintext
      apiKey {
        id
      }
    }
  }
`);

interface Props {
  partnerId: string;
  onClose: () => void;
  onMinted: (key: MintedKey) => void;
}

export function CreateKey({ partnerId, onClose, onMinted }: Props) {
  const [{ fetching, error }, create] = useMutation(createApiKey);
  const [environment, setEnvironment] = useState<KeyEnvironment>('LIVE');
  return (
    <KeyForm
      title="New key"
      save="Create key"
      initial={newKeyFields}
      failure={failureOf(error)}
      busy={fetching}
      onClose={onClose}
      onSave={async (fields) => {
        const { data } = await create({ input: { partnerId, environment, ...changesOf(fields, newKeyFields) } });
        if (data) onMinted({ plaintext: data.createApiKey.plaintext });
      }}
    >
      <SelectField
        label="Environment"
        hint="It stands in the key itself and cannot be changed later. A deployment may refuse test keys."
        value={environment}
        onChange={({ target }) => setEnvironment(target.value === 'TEST' ? 'TEST' : 'LIVE')}
      >
        <option value="LIVE">Live</option>
        <option value="TEST">Test</option>
      </SelectField>
    </KeyForm>
  );
}
