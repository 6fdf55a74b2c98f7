/** A button; `busy` keeps its place and says that something is under way. */
import type { ComponentProps } from 'react';
import styles from './button.module.css';

interface Props extends ComponentProps<'button'> {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  busy?: boolean;
}

export function Button({ kind = 'plain', busy = false, type = 'button', className = '', disabled, children, ...rest }: Props) {
  return (
    <button
      type={type}
      className={`${styles.button} ${styles[kind]} ${className}`}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      {...rest}
    >
      {children}
    </button>
  );
}
