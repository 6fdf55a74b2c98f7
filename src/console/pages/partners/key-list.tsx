/** A partner's keys: those that work, those that have ended, and the one that was just minted. */
import { useState } from 'react';
import type { DeskKeyFragment } from '../../gql/graphql.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/states.tsx';
import { CreateKey } from './create-key.tsx';
import { counted } from './format.tsx';
import { KeyCard } from './key-card.tsx';
import { KeySecret, type MintedKey } from './key-secret.tsx';
import styles from './partners.module.css';

interface Props {
  partnerId: string;
  keys: DeskKeyFragment[];
  archived: boolean;
}

const hasEnded = ({ status }: DeskKeyFragment) => status === 'REVOKED' || status === 'EXPIRED';

export function KeyList({ partnerId, keys, archived }: Props) {
  const [creating, setCreating] = useState(false);
  // The only copy of a secret: here while its dialog is open, and nowhere else.
  const [minted, setMinted] = useState<MintedKey | null>(null);
  const [showsEnded, setShowsEnded] = useState(false);
  const forget = () => {
    // React keeps the state before the last, with what it holds, until it renders again.
    if (minted) minted.plaintext = '';
    setMinted(null);
  };
  const lasting = keys.filter((key) => !hasEnded(key)).reverse();
  const ended = keys.filter(hasEnded).reverse();
  return (
    <section className="stack" aria-label="Keys">
      <div className="row spread">
        <h2>Keys</h2>
        <Button kind="primary" disabled={archived} onClick={() => setCreating(true)}>
          New key
        </Button>
      </div>
      {lasting.length === 0 && (
        <Empty title={keys.length === 0 ? 'No keys yet' : 'No key works any more'}>
          {archived ? 'Unarchive the partner before you mint one.' : 'Mint one with “New key”. Its secret is shown once.'}
        </Empty>
      )}
      {lasting.map((key) => (
        <KeyCard key={key.id} apiKey={key} onMinted={setMinted} />
      ))}
      {ended.length > 0 && (
        <details className={styles.ended} onToggle={({ currentTarget }) => setShowsEnded(currentTarget.open)}>
          <summary>{counted(ended.length, 'ended key')}</summary>
          {showsEnded && (
            <div className="stack">
              {ended.map((key) => (
                <KeyCard key={key.id} apiKey={key} onMinted={setMinted} />
              ))}
            </div>
          )}
        </details>
      )}
      {creating && (
        <CreateKey
          partnerId={partnerId}
          onClose={() => setCreating(false)}
          onMinted={(key) => {
            setCreating(false);
            setMinted(key);
          }}
        />
      )}
      {minted && <KeySecret minted={minted} onClose={forget} />}
    </section>
  );
}
