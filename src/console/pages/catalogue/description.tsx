/** What an author says of a template, which is markdown. Headings become bold lines: the page has its own. */
import type { ReactNode } from 'react';
import Markdown from 'react-markdown';
import styles from './catalogue.module.css';

const Line = ({ children }: { children?: ReactNode }) => (
  <p>
    <strong>{children}</strong>
  </p>
);

/** Pictures would come from other hosts, which the console does not ask. */
const components = {
  h1: Line,
  h2: Line,
  h3: Line,
  h4: Line,
  h5: Line,
  h6: Line,
  img: ({ alt }: { alt?: string | undefined }) => <em>{alt}</em>,
};

export default function Description({ text }: { text: string }) {
  return (
    <div className={styles.description}>
      <Markdown components={components}>{text}</Markdown>
    </div>
  );
}
