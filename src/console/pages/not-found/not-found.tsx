/** For an address that is no page. */
import { Link } from 'wouter';
import { PageHeader } from '../../parts/page-header.tsx';

export default function NotFound() {
  return (
    <div className="stack">
      <PageHeader title="There is no such page" />
      <p>
        The address may be mistyped. <Link href="/">Go to the start</Link>.
      </p>
    </div>
  );
}
