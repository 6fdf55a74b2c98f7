/** Begins a session. */
import { PageHeader } from '../../parts/page-header.tsx';

export default function SignIn() {
  return <PageHeader title="Sign in" />;
}
