/** Shows the only copy of a new key, and lets go of it only after asking whether it was saved. */
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Code } from '../../parts/code.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Notice } from '../../parts/states.tsx';
import { formatInstant } from './format.tsx';

export interface MintedKey {
  plaintext: string;
  /** The key that it replaces; `worksUntil` is null when that one is refused already. */
  replaces?: { lookup: string; worksUntil: string | null };
}

export function KeySecret({ minted: { plaintext, replaces }, onClose }: { minted: MintedKey; onClose: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <Dialog title="The new key" onClose={() => setAsking(true)}>
      <Notice tone="warn" title="It cannot be seen again">
        <p>Copy it now and hand it over by a safe way. Only a hash of it is kept here; who loses it needs another key.</p>
      </Notice>
      <Code label="For the header X-API-Key" text={plaintext} wrap />
      {replaces && (
        <p>
          {replaces.worksUntil
            ? `The old key ${replaces.lookup} works until ${formatInstant(replaces.worksUntil)}; its answers say that it is deprecated.`
            : `The old key ${replaces.lookup} is refused from now on.`}
        </p>
      )}
      {asking ? (
        <div role="alert" className="stack">
          <p>
            <strong>Have you saved the key?</strong> When this closes, it is gone.
          </p>
          <div className="row">
            <Button kind="primary" onClick={onClose}>
              Yes, close
            </Button>
            <Button onClick={() => setAsking(false)}>Not yet</Button>
          </div>
        </div>
      ) : (
        <div>
          <Button onClick={() => setAsking(true)}>Done</Button>
        </div>
      )}
    </Dialog>
  );
}
