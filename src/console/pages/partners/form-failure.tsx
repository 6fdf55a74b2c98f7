/** What stands in the way of a form, where its fields do not say it all. */
import type { Failure } from '../../client.ts';
import { FailureNotice } from '../../parts/states.tsx';
import styles from './partners.module.css';

/** `fields` are the paths that show their faults themselves. */
export function FormFailure({ failure, fields }: { failure: Failure | null; fields: string[] }) {
  if (!failure) return null;
  const isShown = (path: string) => fields.some((field) => path === field || path.startsWith(`${field}[`));
  if (failure.faults.length === 0 || !failure.faults.every(({ path }) => isShown(path))) return <FailureNotice failure={failure} />;
  return (
    <p role="alert" className={styles.fault}>
      Not saved: see what is said beside {failure.faults.length === 1 ? 'the marked field' : 'the marked fields'}.
    </p>
  );
}
