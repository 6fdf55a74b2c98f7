/** The address that opens the context: hidden until its owner asks, to copy, to scan, to replace. */
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Notice } from '../../parts/states.tsx';
import styles from './address-card.module.css';
import { RotateDialog } from './rotate-dialog.tsx';
import { tokenOf, veil } from './secret.ts';
import type { Link } from './settings.ts';

const QrDialog = lazy(() => import('./qr-dialog.tsx'));

interface Props {
  runnerId: string;
  link: Link;
  timezone: string;
  revealed: boolean;
  setRevealed: (revealed: boolean) => void;
}

export function AddressCard({ runnerId, link: { id, url, rotatedAt }, timezone, revealed, setRevealed }: Props) {
  const [open, setOpen] = useState<'qr' | 'rotate' | null>(null);
  const since = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: timezone }).format(new Date(rotatedAt));
  const close = () => setOpen(null);
  return (
    <Card title="Your address" about="Whoever has it can read what you share. Treat it as a password.">
      {url ? (
        <>
          <p className={styles.address}>
            <code>{veil(url, tokenOf(url), revealed)}</code>
          </p>
          <div className="row">
            <Button aria-pressed={revealed} onClick={() => setRevealed(!revealed)}>
              {revealed ? 'Hide' : 'Reveal'}
            </Button>
            <CopyButton text={url} label="Copy address" />
            <Button onClick={() => setOpen('qr')}>QR code</Button>
          </div>
        </>
      ) : (
        <Notice tone="warn" title="This address cannot be shown any more">
          <p>The gateway’s key has changed since it was made. It still works; replace it to see a new one.</p>
        </Notice>
      )}
      <div className={`row spread ${styles.foot}`}>
        <span className="quiet">In use since {since}</span>
        <Button kind="danger" onClick={() => setOpen('rotate')}>
          Replace address…
        </Button>
      </div>
      {open === 'rotate' && <RotateDialog runnerId={runnerId} linkId={id} title="Replace your address?" onClose={close} />}
      {open === 'qr' && url && (
        <Suspense>
          <QrDialog text={url} onClose={close} />
        </Suspense>
      )}
    </Card>
  );
}
