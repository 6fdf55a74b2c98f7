/** Exchanges a one-time code for the session's cookie, and knows which ways in there are. */
import { useCallback, useEffect, useState } from 'react';
import { sessionAddress } from '../../session.tsx';

export type Way = 'code' | 'provider';

type State = { kind: 'idle' } | { kind: 'working' } | { kind: 'refused'; message: string };

const unreachable = 'The gateway cannot be reached. Check the connection, then try again.';

export function useSignIn() {
  /** Null until they are known. */
  const [ways, setWays] = useState<Way[] | null>(null);
  const [state, setState] = useState<State>({ kind: 'idle' });
  useEffect(() => {
    fetch(sessionAddress)
      .then((response) => response.json() as Promise<{ ways: Way[] }>)
      .then((answer) => setWays(answer.ways))
      .catch(() => setState({ kind: 'refused', message: unreachable }));
  }, []);
  const takeCode = useCallback(async (code: string) => {
    setState({ kind: 'working' });
    const message = await refusalOf(code);
    if (message) setState({ kind: 'refused', message });
    else window.location.replace(nextPath());
  }, []);
  return { ways, state, takeCode };
}

/** Why the code was not taken; null when there is a session now. */
async function refusalOf(code: string): Promise<string | null> {
  try {
    const response = await fetch(sessionAddress, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (response.ok) return null;
    if (response.status === 401) return 'This code is not valid (any more): a code works once, for five minutes. Ask for a new link.';
    return ((await response.json()) as { detail?: string }).detail ?? 'The gateway refused. Try again.';
  } catch {
    return unreachable;
  }
}

/** Where the visitor wanted to go; only pages of ours. */
function nextPath(): string {
  const next = new URLSearchParams(window.location.search).get('next') ?? '/';
  return new URL(next, window.location.origin).origin === window.location.origin ? next : '/';
}
