/** Disables a key and enables it again; either is undone by the other. */
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { DeskKeyFragment } from '../../gql/graphql.ts';
import { Button } from '../../parts/button.tsx';
import { showToast } from '../../parts/toast.tsx';

const disableApiKey = graphql(`
  mutation DisableApiKey($id: ID!) {
    disableApiKey(id: $id) {
      id
    }
  }
`);

const enableApiKey = graphql(`
  mutation EnableApiKey($id: ID!) {
    enableApiKey(id: $id) {
      id
    }
  }
`);

export function KeySwitchButton({ apiKey: { id, lookup, disabledAt } }: { apiKey: DeskKeyFragment }) {
  const [disabling, disable] = useMutation(disableApiKey);
  const [enabling, enable] = useMutation(enableApiKey);
  async function turn(on: boolean, undoes = false): Promise<void> {
    const { error } = await (on ? enable({ id }) : disable({ id }));
    const failure = failureOf(error);
    if (failure) return showToast(failure.message, 'bad');
    const news = on ? `The key ${lookup} is let in again.` : `The key ${lookup} is disabled.`;
    showToast(news, 'good', undoes ? undefined : () => void turn(!on, true));
  }
  return (
    <Button busy={disabling.fetching || enabling.fetching} onClick={() => void turn(disabledAt != null)}>
      {disabledAt ? 'Enable' : 'Disable'}
    </Button>
  );
}
