/** A text to take along: commands, addresses, snippets. */
import styles from './code.module.css';
import { CopyButton } from './copy-button.tsx';

export function Code({ text, label }: { text: string; label: string }) {
  return (
    <figure className={styles.code}>
      <figcaption className={styles.caption}>
        <span>{label}</span>
        <CopyButton text={text} />
      </figcaption>
      <section className={styles.text} tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
    </figure>
  );
}
