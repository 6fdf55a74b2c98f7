/** A text to take along: commands, addresses, snippets. */
import styles from './code.module.css';
import { CopyButton } from './copy-button.tsx';

interface Props {
  text: string;
  label: string;
  /** What is seen in the place of a text that holds a secret. */
  shown?: string;
  /** Breaks long lines; without it they scroll. */
  wrap?: boolean;
}

export function Code({ text, label, shown = text, wrap = false }: Props) {
  return (
    <figure className={styles.code}>
      <figcaption className={styles.caption}>
        <span>{label}</span>
        <CopyButton text={text} />
      </figcaption>
      <section className={styles.text} tabIndex={0} aria-label={label}>
        <pre className={wrap ? styles.wrap : undefined}>{shown}</pre>
      </section>
    </figure>
  );
}
