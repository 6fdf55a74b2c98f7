/** Who is looking at the console, for every page that depends on it. */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { failureOf } from './client.ts';
import { graphql } from './gql/gql.ts';
import type { ViewerQuery } from './gql/graphql.ts';
import { FailureNotice, Loading, Notice } from './parts/states.tsx';
import { endSession, unreachable, useSessionStatus } from './session-door.ts';

export type Role = 'RUNNER' | 'COACH' | 'OPERATOR';

type Viewer = ViewerQuery['viewer'];

interface Session {
  /** Null for a visitor without a session. */
  viewer: Viewer | null;
  /** Ends the session in this browser. */
  signOut(): Promise<void>;
}

const viewerQuery = graphql(`
  query Viewer {
    viewer {
      id
      role
      runner {
        id
        username
        units
        timezone
      }
    }
  }
`);

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const { status, retry } = useSessionStatus();
  // Without a session there is nobody to ask about, and the public schema has no `viewer`.
  const [{ data, error, fetching }, again] = useQuery({
    query: viewerQuery,
    pause: status === null || status === 'unreachable' || status.role === null,
  });
  const failure = status === 'unreachable' ? unreachable : failureOf(error);
  const viewer = data?.viewer ?? null;
  const session = useMemo(() => ({ viewer, signOut }), [viewer]);
  if (failure && failure.kind !== 'signed-out' && !data) {
    return <FailureNotice failure={failure} retry={status === 'unreachable' ? retry : () => again({ requestPolicy: 'network-only' })} />;
  }
  if (status === null || (fetching && !data)) return <Loading what="Your session" />;
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The cookie goes, and with the page everything that was read under it. */
async function signOut(): Promise<void> {
  await endSession();
  window.location.assign('/');
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider');
  return session;
}

/** The children for those roles; for others where to sign in, or that this is not theirs. Everybody without `roles`. */
export function RoleGate({ roles, children }: { roles: Role[] | undefined; children: ReactNode }) {
  const { viewer } = useSession();
  const [path] = useLocation();
  if (!roles) return children;
  if (!viewer) {
    return (
      <Notice tone="plain" title="Sign in to see this page">
        <p>
          <Link href={`/sign-in?next=${encodeURIComponent(path)}`}>Go to sign-in</Link>
        </p>
      </Notice>
    );
  }
  if (!roles.some((role) => role === viewer.role)) {
    return (
      <Notice tone="warn" title="This page is not for your role">
        <p>
          You are signed in as {viewer.role.toLowerCase()}. It is for {roles.map((role) => `${role.toLowerCase()}s`).join(' and ')}; sign in
          as one of them, or <Link href="/">go back to the start</Link>.
        </p>
      </Notice>
    );
  }
  return children;
}
