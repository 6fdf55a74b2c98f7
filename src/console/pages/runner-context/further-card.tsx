/** Addresses beside the default one, each for one reader: what they show, until when, and how they end. */
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Empty } from '../../parts/states.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import styles from './further-card.module.css';
import { RotateDialog } from './rotate-dialog.tsx';
import { sharedWords } from './scopes.ts';
import type { Link, Settings } from './settings.ts';

type Open = { what: 'create' } | { what: 'rotate' | 'delete'; link: Link };

export function FurtherCard({ settings: { id: runnerId, contextLinks, timezone }, refresh }: { settings: Settings; refresh: () => void }) {
  const [open, setOpen] = useState<Open | null>(null);
  const links = contextLinks.filter(({ isDefault }) => !isDefault);
  const close = () => setOpen(null);
  return (
    <Card
      title="Further addresses"
      about="One for each reader, with sections and an end of its own. The switch “Share my context” holds for them too."
      actions={<Button onClick={() => setOpen({ what: 'create' })}>New address</Button>}
    >
      {links.length === 0 ? (
        <Empty title="None yet">Make one for a coach or a doctor, and end it without touching your own.</Empty>
      ) : (
        <ul className={styles.links}>
          {links.map((link) => (
            <li key={link.id} className="row spread">
              <div>
                <h3>{link.label}</h3>
                <p className="quiet">
                  {sharedWords(link) || 'No section'} · {endOf(link, timezone)}
                </p>
              </div>
              <div className="row">
                {link.url && <CopyButton text={link.url} />}
                <Button aria-label={`Replace the address “${link.label}”`} onClick={() => setOpen({ what: 'rotate', link })}>
                  Replace…
                </Button>
                <Button kind="danger" aria-label={`Delete the address “${link.label}”`} onClick={() => setOpen({ what: 'delete', link })}>
                  Delete…
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {open?.what === 'create' && <CreateDialog runnerId={runnerId} onClose={close} />}
      {open?.what === 'rotate' && (
        <RotateDialog runnerId={runnerId} linkId={open.link.id} title={`Replace the address “${open.link.label}”?`} onClose={close} />
      )}
      {open?.what === 'delete' && <DeleteDialog runnerId={runnerId} link={open.link} refresh={refresh} onClose={close} />}
    </Card>
  );
}

function endOf({ expiresAt }: Link, timeZone: string): string {
  if (!expiresAt) return 'no end';
  const end = new Date(expiresAt);
  const written = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(end);
  return end <= new Date() ? `ended ${written}` : `until ${written}`;
}
