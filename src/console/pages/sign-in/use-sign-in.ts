/** Exchanges a one-time code for the session's cookie, and says what a provider's refusal meant. */
import { useCallback, useState } from 'react';
import { beginSession } from '../../session-door.ts';

type State = { kind: 'idle' } | { kind: 'working' } | { kind: 'refused'; message: string };

/** What the way back from the identity provider may say. */
const problems: Record<string, string> = {
  REFUSED: 'The identity provider did not sign you in, or its account has no role here. Try again, or ask the operator.',
  EXPIRED: 'Signing in took too long, or began in another browser. Try again.',
  UNAVAILABLE: 'The identity provider cannot be asked just now. Try again in a moment.',
};

export function useSignIn() {
  const [state, setState] = useState<State>(() => {
    const problem = new URLSearchParams(window.location.search).get('problem');
    return problem === null ? { kind: 'idle' } : { kind: 'refused', message: problems[problem] ?? 'Signing in failed. Try again.' };
  });
  const takeCode = useCallback(async (code: string) => {
    setState({ kind: 'working' });
    const message = await beginSession(code);
    if (message) setState({ kind: 'refused', message });
    // Loaded anew, so that nothing of an earlier session is left.
    else window.location.replace(nextPath());
  }, []);
  return { state, takeCode };
}

/** Where the visitor wanted to go; only pages of ours. */
function nextPath(): string {
  const next = new URLSearchParams(window.location.search).get('next') ?? '/';
  return new URL(next, window.location.origin).origin === window.location.origin ? next : '/';
}
