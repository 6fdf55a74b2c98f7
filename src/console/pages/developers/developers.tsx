/** For whoever writes a client: how to start in five minutes. */
import { PageHeader } from '../../parts/page-header.tsx';

export default function Developers() {
  return <PageHeader title="Developers" />;
}
