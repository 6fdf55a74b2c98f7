/** Catalogue. */
import { PageHeader } from '../../parts/page-header.tsx';

export default function Catalogue() {
  return <PageHeader title="Catalogue" />;
}
