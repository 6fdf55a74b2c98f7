/** Narrows the audit log. */
import type { FormEvent } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { Fault } from '../../client.ts';
import { Button } from '../../parts/button.tsx';
import { faultOf, TextField } from '../../parts/field.tsx';
import { filledIn } from './filled-in.ts';
import styles from './partners.module.css';

const fields = [
  { name: 'actor', label: 'Actor', hint: 'Subject of a session, or id of a key' },
  { name: 'target', label: 'Target', hint: 'Id of a partner, a key, …' },
  { name: 'action', label: 'Action', hint: 'Such as api-key.revoke' },
  { name: 'from', label: 'From', hint: 'In your own time', type: 'datetime-local' },
  { name: 'to', label: 'To', hint: 'Up to, but without', type: 'datetime-local' },
];

export function AuditFilters({ faults }: { faults: Fault[] }) {
  const [filters, setFilters] = useSearchParams();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setFilters(filledIn(event.currentTarget));
  };
  return (
    <search aria-label="Audit log">
      <form className={styles.filters} onSubmit={submit}>
        {fields.map(({ name, ...rest }) => (
          <TextField
            key={name}
            name={name}
            autoComplete="off"
            spellCheck={false}
            defaultValue={filters.get(name) ?? ''}
            fault={faultOf(faults, name)}
            {...rest}
          />
        ))}
        <div className={`row ${styles.submit}`}>
          <Button type="submit">Filter</Button>
          {filters.size > 0 && <Link href="/partners/audit">Clear</Link>}
        </div>
      </form>
    </search>
  );
}
