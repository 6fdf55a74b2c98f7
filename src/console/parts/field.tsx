/** Form fields: a label, the control, what it means and what is wrong with it, tied together for screen readers. */
import { type ComponentProps, type ReactNode, useId } from 'react';
import type { Fault } from '../client.ts';
import styles from './field.module.css';

interface Common {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value; shown beside it. */
  fault?: string | undefined;
}

export function TextField({ label, hint, fault, ...rest }: Common & ComponentProps<'input'>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <input id={id} className={styles.control} aria-invalid={fault ? true : undefined} aria-describedby={`${id}-about`} {...rest} />
    </Labelled>
  );
}

export function TextArea({ label, hint, fault, ...rest }: Common & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <textarea id={id} className={styles.control} aria-invalid={fault ? true : undefined} aria-describedby={`${id}-about`} {...rest} />
    </Labelled>
  );
}

export function SelectField({ label, hint, fault, children, ...rest }: Common & ComponentProps<'select'>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} fault={fault}>
      <select id={id} className={styles.control} aria-invalid={fault ? true : undefined} aria-describedby={`${id}-about`} {...rest}>
        {children}
      </select>
    </Labelled>
  );
}

export function CheckField({ label, hint, ...rest }: Omit<Common, 'fault'> & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input id={id} type="checkbox" aria-describedby={`${id}-about`} {...rest} />
      <div>
        <label htmlFor={id}>{label}</label>
        <div id={`${id}-about`} className={styles.hint}>
          {hint}
        </div>
      </div>
    </div>
  );
}

/** What a refusal says of one field, by its path. */
export const faultOf = (faults: readonly Fault[], path: string) => faults.find((fault) => fault.path === path)?.message;

function Labelled({ id, label, hint, fault, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      <div id={`${id}-about`} className={fault ? styles.fault : styles.hint}>
        {fault ?? hint}
      </div>
    </div>
  );
}
