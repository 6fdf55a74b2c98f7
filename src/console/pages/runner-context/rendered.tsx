/** Markdown as a page, its headings placed under those of the card around it. */
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import styles from './rendered.module.css';
import { isVeiled } from './secret.ts';

const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  a: ({ href, children }) =>
    !href || isVeiled(href) ? (
      <span>{children}</span>
    ) : (
      <a href={href} target="_blank" rel="noreferrer">
        {children}
      </a>
    ),
};

/** The renderer says itself whose words it shows: nothing in them may load. */
export default function Rendered({ markdown }: { markdown: string }) {
  return (
    <div className={styles.rendered}>
      <Markdown remarkPlugins={[remarkGfm]} components={components} disallowedElements={['img']} unwrapDisallowed>
        {markdown}
      </Markdown>
    </div>
  );
}
