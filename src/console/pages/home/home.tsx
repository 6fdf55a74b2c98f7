/** The start: where each role's work begins; for a visitor, where to read and where to sign in. */
import { Redirect } from 'wouter';
import { useSession } from '../../session.tsx';

const startOf = { RUNNER: '/settings/runner-context', COACH: '/catalogue', OPERATOR: '/partners' } as const;

export default function Home() {
  const { viewer } = useSession();
  const start = viewer && viewer.role in startOf ? startOf[viewer.role as keyof typeof startOf] : '/developers';
  return <Redirect to={start} replace />;
}
