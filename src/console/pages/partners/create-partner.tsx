/** Creates a partner. */
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { PartnerForm } from './partner-form.tsx';

const createPartner = graphql(`
  mutation CreatePartner($input: CreatePartnerInput!) {
    createPartner(input: $input) {
      id
    }
  }
`);

export function CreatePartner({ onClose, onCreated }: { onClose: () => void; onCreated: (id: string) => void }) {
  const [{ fetching, error }, create] = useMutation(createPartner);
  return (
    <PartnerForm
      title="New partner"
      save="Create partner"
      failure={failureOf(error)}
      busy={fetching}
      onClose={onClose}
      onSave={async (input) => {
        const { data } = await create({ input });
        if (data) onCreated(data.createPartner.id);
      }}
    />
  );
}
