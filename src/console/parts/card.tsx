/** A part of a page with a heading of its own. */
import { type ReactNode, useId } from 'react';
import styles from './card.module.css';

interface Props {
  title: string;
  /** One sentence under the heading. */
  about?: ReactNode;
  /** Buttons beside the heading. */
  actions?: ReactNode;
  children: ReactNode;
}

export function Card({ title, about, actions, children }: Props) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.header}>
        <div className="stack-tight">
          <h2 id={id}>{title}</h2>
          {about && <p className="quiet">{about}</p>}
        </div>
        {actions && <div className="row">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
