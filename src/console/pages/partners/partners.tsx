/** Partners. */
import { PageHeader } from '../../parts/page-header.tsx';

export default function Partners() {
  return <PageHeader title="Partners" />;
}
