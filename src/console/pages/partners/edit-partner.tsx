/** Changes what is kept of a partner. */
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { PartnerDeskQuery } from '../../gql/graphql.ts';
import { showToast } from '../../parts/toast.tsx';
import { PartnerForm } from './partner-form.tsx';

const updatePartner = graphql(`
  mutation UpdatePartner($id: ID!, $input: UpdatePartnerInput!) {
    updatePartner(id: $id, input: $input) {
      id
    }
  }
`);

export function EditPartner({ partner, onClose }: { partner: NonNullable<PartnerDeskQuery['partner']>; onClose: () => void }) {
  const [{ fetching, error }, update] = useMutation(updatePartner);
  return (
    <PartnerForm
      title="Edit partner"
      save="Save"
      partner={partner}
      failure={failureOf(error)}
      busy={fetching}
      onClose={onClose}
      onSave={async (input) => {
        const { data } = await update({ id: partner.id, input });
        if (!data) return;
        showToast('The partner is saved.');
        onClose();
      }}
    />
  );
}
