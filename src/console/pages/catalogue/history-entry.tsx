/** One version: who made it, when, and each place that changed with what was there before. */
import styles from './history.module.css';
import { instantInWords } from './wording.ts';

interface Change {
  version: number;
  at: string;
  actorKind?: string | null;
  actorId?: string | null;
  summary: string;
  changes: readonly { path: string; before?: unknown; after?: unknown }[];
}

const whoOf = ({ actorKind, actorId }: Change) => (actorKind ? `${actorKind.toLowerCase()} ${actorId ?? ''}`.trim() : 'past the gateway');

export function HistoryEntry({ change }: { change: Change }) {
  const { version, at, summary, changes } = change;
  return (
    <details className={styles.entry}>
      <summary>
        <span className={styles.version}>Version {version}</span>
        <span className="quiet">
          <time dateTime={at}>{instantInWords(at)}</time> · {whoOf(change)}
        </span>
        <span className={styles.summary}>{summary}</span>
      </summary>
      <section className={styles.scroll} tabIndex={0} aria-label={`Changes of version ${version}`}>
        <dl className={styles.changes}>
          {changes.map(({ path, before, after }) => (
            <div key={path}>
              <dt>
                <code>{path}</code>
              </dt>
              {before != null && (
                <dd>
                  <span className="visually-hidden">Before: </span>
                  <del>{valueInWords(before)}</del>
                </dd>
              )}
              {after != null && (
                <dd>
                  <span className="visually-hidden">After: </span>
                  <ins>{valueInWords(after)}</ins>
                </dd>
              )}
            </div>
          ))}
        </dl>
      </section>
    </details>
  );
}

/** A list or an object as long as this is easier to read over several lines. */
const lineLength = 80;

function valueInWords(value: unknown): string {
  if (typeof value === 'string') return value;
  const line = JSON.stringify(value);
  return line.length > lineLength ? JSON.stringify(value, null, 2) : line;
}
