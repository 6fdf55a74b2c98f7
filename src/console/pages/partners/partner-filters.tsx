/** Narrows the list of partners; what is asked for stands in the address. */
import type { FormEvent } from 'react';
import { useSearchParams } from 'wouter';
import { Button } from '../../parts/button.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { filledIn } from './filled-in.ts';
import styles from './partners.module.css';

export function PartnerFilters() {
  const [filters, setFilters] = useSearchParams();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setFilters(filledIn(event.currentTarget));
  };
  return (
    <search aria-label="Partners">
      <form className={`${styles.filters} ${styles.search}`} onSubmit={submit}>
        <TextField
          label="Search"
          name="search"
          type="search"
          defaultValue={filters.get('search') ?? ''}
          placeholder="Name, contact or notes"
        />
        <SelectField
          label="Show"
          name="archived"
          defaultValue={filters.get('archived') ?? ''}
          onChange={({ target }) => target.form?.requestSubmit()}
        >
          <option value="">Not archived</option>
          <option value="yes">Archived</option>
          <option value="all">All</option>
        </SelectField>
        <Button type="submit">Search</Button>
      </form>
    </search>
  );
}
