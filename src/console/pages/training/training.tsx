/** Training. */
import { PageHeader } from '../../parts/page-header.tsx';

export default function Training() {
  return <PageHeader title="Training" />;
}
