/** A table that scrolls sideways in its own frame where the screen is narrow. */
import type { ReactNode } from 'react';
import styles from './table.module.css';

interface Props {
  caption: string;
  head: string[];
  /** Rows of cells, each row with a key. */
  rows: { key: string; cells: ReactNode[] }[];
}

export function Table({ caption, head, rows }: Props) {
  return (
    <section className={styles.frame} tabIndex={0} aria-label={caption}>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) => (
                <td key={head[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
