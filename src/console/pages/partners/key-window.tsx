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
  return (
    <div>
      <div className="row spread">
        <span id={id}>{label}</span>
        <span className="quiet numbers">
          {formatNumber(used)} of {formatNumber(limit)} used
        </span>
      </div>
      <meter aria-labelledby={id} className={styles.meter} min={0} max={limit} high={limit - 1} optimum={0} value={used} />
      {resetsAt && <p className={`quiet ${styles.small}`}>Begins anew {formatInstant(resetsAt)}</p>}
    </div>
  );
}
