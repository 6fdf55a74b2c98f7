/** Health. */
import { PageHeader } from '../../parts/page-header.tsx';

export default function Health() {
  return <PageHeader title="Health" />;
}
