/** Runner context. */
import { PageHeader } from '../../parts/page-header.tsx';

export default function RunnerContext() {
  return <PageHeader title="Runner context" />;
}
