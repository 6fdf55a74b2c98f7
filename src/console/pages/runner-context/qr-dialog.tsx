/** The address as a picture that a phone can read. */
import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { Dialog } from '../../parts/dialog.tsx';
import styles from './qr-dialog.module.css';

/** Modules of empty margin, as the standard asks for. */
const quietZone = 4;

export default function QrDialog({ text, onClose }: { text: string; onClose: () => void }) {
  const code = generate(text);
  const side = code.size + 2 * quietZone;
  return (
    <Dialog title="Your address as a QR code" onClose={onClose}>
      <p className="quiet">Scan it with the phone that should read it. Nobody else should see it.</p>
      <svg className={styles.code} viewBox={`${-quietZone} ${-quietZone} ${side} ${side}`} role="img" aria-label="QR code of your address">
        <path d={toSvgPath(code)} fill="currentcolor" />
      </svg>
    </Dialog>
  );
}
