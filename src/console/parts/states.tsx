/** The states a page can be in besides having something to show: loading, empty, failed. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Failure } from '../client.ts';
import { Button } from './button.tsx';
import styles from './states.module.css';

/** Shown only after a moment, so that what is quick does not flicker. */
export function Loading({ what }: { what: string }) {
  return (
    <p className={styles.loading} role="status">
      {what} is loading…
    </p>
  );
}

/** Says what is not there yet, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.emptyTitle}>{title}</p>
      {children && <div className="quiet">{children}</div>}
    </div>
  );
}

interface NoticeProps {
  tone: 'plain' | 'good' | 'warn' | 'bad';
  title: string;
  children?: ReactNode;
}

export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={tone === 'bad' ? 'alert' : 'note'}>
      <p className={styles.noticeTitle}>{title}</p>
      {children}
    </div>
  );
}

const titles: Record<Failure['kind'], string> = {
  offline: 'No connection',
  'signed-out': 'Your session has ended',
  forbidden: 'Not for your role',
  'not-found': 'Not there (any more)',
  conflict: 'Someone was faster',
  invalid: 'Something is not right yet',
  busy: 'Too busy just now',
  broken: 'Something went wrong',
};

/** Why something did not work, and the next step. */
export function FailureNotice({ failure, retry }: { failure: Failure; retry?: () => void }) {
  const others = failure.faults.filter(({ path, message }) => failure.message !== `${path}: ${message}`);
  return (
    <Notice tone="bad" title={titles[failure.kind]}>
      <p>{failure.message}</p>
      {others.length > 0 && (
        <ul>
          {others.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {failure.kind === 'signed-out' && <Link href="/sign-in">Sign in again</Link>}
      {retry && failure.kind !== 'signed-out' && <Button onClick={retry}>Try again</Button>}
    </Notice>
  );
}
