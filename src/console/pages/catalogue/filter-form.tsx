/** The form that narrows the list. It acts as one types and chooses. */
import { useEffect, useRef, useState } from 'react';
import { SelectField, TextField } from '../../parts/field.tsx';
import { useSession } from '../../session.tsx';
import styles from './catalogue.module.css';
import { categories, type FilterChange, type Filters, searchLengthMax } from './filters.ts';
import { inWords, raceInWords, races } from './wording.ts';

const settledMs = 300;

export function FilterForm({ filters, change }: { filters: Filters; change: (change: FilterChange) => void }) {
  const { viewer } = useSession();
  const isCoach = viewer?.role === 'COACH';
  return (
    <search className={styles.filters}>
      <SearchField search={filters.search} change={change} />
      <SelectField label="Show" value={filters.kind} onChange={({ target }) => change({ kind: target.value })}>
        <option value="workouts">Workouts</option>
        <option value="plans">Training plans</option>
      </SelectField>
      {isCoach && (
        <SelectField
          label="Whose"
          value={filters.isPublished ? 'published' : 'own'}
          onChange={({ target }) => change({ show: target.value === 'published' ? 'published' : null, visibility: null, status: null })}
        >
          <option value="own">My own</option>
          <option value="published">Everything published</option>
        </SelectField>
      )}
      {filters.kind === 'workouts' ? (
        <Choice label="Category" values={categories} value={filters.category} words={inWords} choose={(category) => change({ category })} />
      ) : (
        <Choice
          label="Goal"
          values={races}
          value={filters.goalDistance}
          words={raceInWords}
          choose={(goalDistance) => change({ goalDistance })}
        />
      )}
      {!filters.isPublished && (
        <>
          <Choice
            label="Visibility"
            values={['PUBLIC', 'PRIVATE']}
            value={filters.visibility}
            words={inWords}
            choose={(visibility) => change({ visibility })}
          />
          <Choice
            label="Status"
            values={['DRAFT', 'ACTIVE', 'ARCHIVED']}
            value={filters.status}
            words={inWords}
            choose={(status) => change({ status })}
          />
        </>
      )}
    </search>
  );
}

interface ChoiceProps {
  label: string;
  values: readonly string[];
  value: string | null;
  words: (value: string) => string;
  choose: (value: string | null) => void;
}

function Choice({ label, values, value, words, choose }: ChoiceProps) {
  return (
    <SelectField label={label} value={value ?? ''} onChange={({ target }) => choose(target.value || null)}>
      <option value="">Any</option>
      {values.map((one) => (
        <option key={one} value={one}>
          {words(one)}
        </option>
      ))}
    </SelectField>
  );
}

/** Searches when the typing has come to rest. */
function SearchField({ search, change }: { search: string | null; change: (change: FilterChange) => void }) {
  const [text, setText] = useState(search ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const settled = useRef(search);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // Taken away from outside, with all the other filters; what was typed here is there already.
    if (settled.current === search) return;
    settled.current = search;
    setText(search ?? '');
  }, [search]);
  function type(value: string): void {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      settled.current = value.trim() || null;
      change({ search: settled.current });
    }, settledMs);
  }
  return (
    <TextField
      label="Search"
      type="search"
      placeholder="Name, description or tag"
      maxLength={searchLengthMax}
      value={text}
      onChange={({ target }) => type(target.value)}
    />
  );
}
