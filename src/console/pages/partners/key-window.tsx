/** How much of a limit is used in the window that is open. */
import { useId } from 'react';
import { formatInstant, formatNumber } from './format.tsx';
import styles from './partners.module.css';

interface Props {
  label: string;
  used: number;
  limit: number;
  resetsAt?: string | null | undefined;
}

export function KeyWindow({ label, used, limit, resetsAt }: Props) {
  const id = useId();
  const share = Math.min(100, (used / limit) * 100);
  return (
    <div>
      <div className="row spread">
        <span id={id}>{label}</span>
        <span className="quiet numbers">
          {formatNumber(used)} of {formatNumber(limit)} used
        </span>
      </div>
      <div
        role="meter"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={used}
        aria-valuetext={`${formatNumber(used)} of ${formatNumber(limit)}`}
        className={styles.meter}
      >
        <span className={share >= 100 ? styles.full : styles.used} style={{ width: `${share}%` }} />
      </div>
      {resetsAt && <p className={`quiet ${styles.small}`}>Begins anew {formatInstant(resetsAt)}</p>}
    </div>
  );
}
