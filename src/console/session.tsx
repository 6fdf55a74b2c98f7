/** Who is looking at the console, for every page that depends on it. */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { failureOf } from './client.ts';
import { graphql } from './gql/gql.ts';
import type { ViewerQuery } from './gql/graphql.ts';
import { FailureNotice, Loading, Notice } from './parts/states.tsx';

export type Role = 'RUNNER' | 'COACH' | 'OPERATOR';

export type Viewer = ViewerQuery['viewer'];

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
    }
  }
`);

const SessionContext = createContext<Session | null>(null);

/** Where a session is begun and ended: the cookie is the server's, no script ever reads it. */
export const sessionAddress = '/session';

export function SessionProvider({ children }: { children: ReactNode }) {
  const [{ data, error, fetching }, again] = useQuery({ query: viewerQuery });
  const failure = failureOf(error);
  // The public schema, which a visitor without a session is shown, has no `viewer`.
  const signedOut = failure?.kind === 'signed-out' || failure?.kind === 'invalid' || data?.viewer.role === 'ANONYMOUS';
  const viewer = signedOut ? null : (data?.viewer ?? null);
  const session = useMemo(() => ({ viewer, signOut }), [viewer]);
  if (fetching && !data) return <Loading what="Your session" />;
  if (failure && !signedOut && !data) return <FailureNotice failure={failure} retry={() => again({ requestPolicy: 'network-only' })} />;
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The cookie goes, and with the page everything that was read under it. */
async function signOut(): Promise<void> {
  const response = await fetch(sessionAddress, { method: 'DELETE', headers: { 'Content-Type': 'application/json' } });
  if (!response.ok) throw new Error(`signing out failed with ${response.status}`);
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
