/** What the page knows of a runner's sharing, and the one way in which it changes: at once, and back again when refused. */
import { useRef, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { ContextSettingsQuery, ContextSharingInput } from '../../gql/graphql.ts';
import { showToast } from '../../parts/toast.tsx';

export type Settings = NonNullable<ContextSettingsQuery['runner']>;
export type Link = Settings['contextLinks'][number];
export type Sharing = Record<keyof ContextSharingInput, boolean>;
export type Change = (what: keyof Sharing, on: boolean) => void;

const settingsQuery = graphql(`
  query ContextSettings($id: ID!) {
    runner(id: $id) {
      id
      timezone
      sharingEnabled
      contextLinks {
        id
        label
        isDefault
        url
        profile
        training
        health
        labs
        expiresAt
        rotatedAt
      }
      contextReads(first: 50) {
        linkId
        linkLabel
        day
        section
        client
        count
        lastAt
      }
    }
  }
`);

const sharingMutation = graphql(`
  mutation ChangeContextSharing($id: ID!, $input: ContextSharingInput!) {
    updateContextSharing(runnerId: $id, input: $input) {
      id
      sharingEnabled
      contextLinks {
        id
        isDefault
        profile
        training
        health
        labs
      }
    }
  }
`);

export function useSettings(runnerId: string) {
  const [{ data, error, fetching }, ask] = useQuery({ query: settingsQuery, variables: { id: runnerId } });
  return { settings: data?.runner ?? null, failure: failureOf(error), fetching, again: () => ask({ requestPolicy: 'network-only' }) };
}

type Shared = Pick<Settings, 'sharingEnabled'> & { contextLinks: (Pick<Link, 'isDefault'> & Omit<Sharing, 'enabled'>)[] };

/** What holds for the default link, as one of its owner's five switches each. */
function sharingOf({ sharingEnabled, contextLinks }: Shared): Sharing {
  const { profile = false, training = false, health = false, labs = false } = contextLinks.find(({ isDefault }) => isDefault) ?? {};
  return { enabled: sharingEnabled, profile, training, health, labs };
}

/** `shown` follows every switch at once; `served` is what the gateway has confirmed. */
export function useSharing(settings: Settings): { shown: Sharing; served: Sharing; change: Change } {
  const [, send] = useMutation(sharingMutation);
  const [confirmed, setConfirmed] = useState<{ since: Settings; sharing: Sharing } | null>(null);
  const [pending, setPending] = useState<Partial<Sharing>>({});
  // One after the other, so that the last switch moved is the last that the gateway hears of.
  const line = useRef(Promise.resolve());
  const newest = useRef(settings);
  newest.current = settings;

  async function write(what: keyof Sharing, on: boolean): Promise<void> {
    const { data, error } = await send({ id: settings.id, input: { [what]: on } });
    if (data) setConfirmed({ since: newest.current, sharing: sharingOf(data.updateContextSharing) });
    setPending(({ [what]: wanted, ...others }) => (wanted === on ? others : { ...others, [what]: wanted }));
    const failure = failureOf(error);
    if (failure) showToast(`Nothing was changed. ${failure.message}`, 'bad');
    else if (what === 'enabled' && !on) showToast('Sharing is off. Every address answers 403 now.', 'good', () => change('enabled', true));
  }
  function change(what: keyof Sharing, on: boolean): void {
    setPending((before) => ({ ...before, [what]: on }));
    line.current = line.current.then(() => write(what, on));
  }
  // What a switch was answered holds until everything has been read again.
  const served = confirmed?.since === settings ? confirmed.sharing : sharingOf(settings);
  return { shown: { ...served, ...pending }, served, change };
}
