/** The steps of a workout in words, block by block. */
import type { Block } from './profile.ts';
import { stepInWords } from './profile.ts';
import styles from './step-list.module.css';

export function StepList({ id, blocks }: { id: string; blocks: readonly Block[] }) {
  return (
    <ol id={id} className={styles.blocks}>
      {numbered(blocks).map(({ key, item: block }) => (
        <li key={key}>
          {(block.repeat > 1 || block.name) && (
            <p className={styles.blockName}>{[block.name, block.repeat > 1 && `${block.repeat} times:`].filter(Boolean).join(', ')}</p>
          )}
          <ul className={styles.steps}>
            {numbered(block.steps).map(({ key: stepKey, item: step }) => (
              <li key={stepKey}>
                {stepInWords(step)}
                {step.notes && <span className="quiet"> · {step.notes}</span>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** A document's items have no name but their place. */
const numbered = <T,>(items: readonly T[]) => items.map((item, index) => ({ key: String(index), item }));
