/** What a key may read, to be ticked. */
import { useId } from 'react';
import { CheckField } from '../../parts/field.tsx';
import { scopes } from './key-fields.ts';
import styles from './partners.module.css';

interface Props {
  chosen: string[];
  fault: string | undefined;
  onChange: (scopes: string[]) => void;
}

export function ScopeFields({ chosen, fault, onChange }: Props) {
  const id = useId();
  return (
    <fieldset className={styles.scopes} aria-describedby={fault ? id : undefined}>
      <legend>It may read</legend>
      {scopes.map(({ scope, label, about }) => (
        <CheckField
          key={scope}
          label={label}
          hint={about}
          checked={chosen.includes(scope)}
          onChange={({ target }) =>
            onChange(scopes.map((known) => known.scope).filter((known) => (known === scope ? target.checked : chosen.includes(known))))
          }
        />
      ))}
      {fault && (
        <p id={id} className={styles.fault}>
          {fault}
        </p>
      )}
    </fieldset>
  );
}
