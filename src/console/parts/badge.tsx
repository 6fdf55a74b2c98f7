/** A word that says in which state something is. */
import styles from './badge.module.css';

export function Badge({ tone = 'plain', children }: { tone?: 'plain' | 'good' | 'warn' | 'bad'; children: string }) {
  return <span className={`${styles.badge} ${styles[tone]}`}>{children}</span>;
}
