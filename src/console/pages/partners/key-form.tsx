/** What is agreed on a key, as a form in a dialog. */
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Failure, Fault } from '../../client.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { faultOf, TextField } from '../../parts/field.tsx';
import { FormFailure } from './form-failure.tsx';
import { dateFaults, type KeyFields, limitFaults } from './key-fields.ts';
import styles from './partners.module.css';
import { ScopeFields } from './scope-fields.tsx';

interface Props {
  title: string;
  save: string;
  initial: KeyFields;
  failure: Failure | null;
  busy: boolean;
  onSave: (fields: KeyFields) => Promise<void>;
  onClose: () => void;
  /** Further fields, above the others. */
  children?: ReactNode;
}

const shown = ['label', 'scopes', 'requestsPerMinute', 'requestsPerDay', 'expiresAt'];

export function KeyForm({ title, save, initial, failure, busy, onSave, onClose, children }: Props) {
  const [fields, setFields] = useState(initial);
  const [ownFaults, setOwnFaults] = useState<Fault[]>([]);
  const faults = ownFaults.length > 0 ? ownFaults : (failure?.faults ?? []);
  const set = (changed: Partial<KeyFields>) => setFields({ ...fields, ...changed });
  const text = (name: 'label' | 'requestsPerMinute' | 'requestsPerDay' | 'expiresAt') => ({
    name,
    value: fields[name],
    fault: faultOf(faults, name),
    autoComplete: 'off',
    onChange: ({ target }: { target: HTMLInputElement }) => set({ [name]: target.value }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = [...limitFaults(fields), ...dateFaults(event.currentTarget.elements.namedItem('expiresAt'))];
    setOwnFaults(found);
    if (found.length === 0) void onSave(fields);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form noValidate className="stack" onSubmit={submit}>
        {children}
        <TextField label="Label" hint="What you will know it by, such as “production server”." {...text('label')} />
        <ScopeFields
          chosen={fields.scopes}
          fault={faults.find(({ path }) => path.startsWith('scopes'))?.message}
          onChange={(scopes) => set({ scopes })}
        />
        <div className={styles.pair}>
          <TextField label="Requests a minute" hint="Empty: 60." inputMode="numeric" {...text('requestsPerMinute')} />
          <TextField label="Requests a day" hint="Empty: 10,000." inputMode="numeric" {...text('requestsPerDay')} />
        </div>
        <TextField label="Expires" hint="In your own time. Empty: never." type="datetime-local" {...text('expiresAt')} />
        {faults !== ownFaults && <FormFailure failure={failure} fields={shown} />}
        <div className="row">
          <Button type="submit" kind="primary" busy={busy}>
            {save}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
