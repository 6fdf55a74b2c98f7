/** An on/off switch that acts at once. */
import { type ReactNode, useId } from 'react';
import styles from './switch.module.css';

interface Props {
  label: ReactNode;
  about?: ReactNode;
  on: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

export function Switch({ label, about, on, disabled, onChange }: Props) {
  const id = useId();
  return (
    <div className={styles.row}>
      <div className={styles.text}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        {about && (
          <span id={`${id}-about`} className={styles.about}>
            {about}
          </span>
        )}
      </div>
      <button
        type="button"
        role="switch"
        className={styles.switch}
        aria-checked={on}
        aria-labelledby={id}
        aria-describedby={about ? `${id}-about` : undefined}
        disabled={disabled}
        onClick={() => onChange(!on)}
      >
        <span className={styles.knob} />
      </button>
    </div>
  );
}
