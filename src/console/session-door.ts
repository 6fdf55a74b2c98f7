/** The gateway's session door: who the cookie speaks for, and how it is set and taken away. No script ever reads it. */
import { useCallback, useEffect, useState } from 'react';
import type { Failure } from './client.ts';

const address = '/session';

/** How one can sign in at this deployment. */
type SignInWay = 'code' | 'provider';

interface SessionStatus {
  /** Null without a session. */
  role: 'operator' | 'coach' | 'runner' | null;
  ways: SignInWay[];
}

export const unreachable: Failure = {
  kind: 'offline',
  message: 'The gateway cannot be reached. Check the connection, then try again.',
  faults: [],
  details: {},
};

/** Null until it is known. */
export function useSessionStatus(): { status: SessionStatus | 'unreachable' | null; retry: () => void } {
  const [status, setStatus] = useState<SessionStatus | 'unreachable' | null>(null);
  const retry = useCallback(() => {
    setStatus(null);
    void readStatus().then(setStatus);
  }, []);
  useEffect(retry, [retry]);
  return { status, retry };
}

async function readStatus(): Promise<SessionStatus | 'unreachable'> {
  try {
    const response = await fetch(address);
    return response.ok ? ((await response.json()) as SessionStatus) : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

/** Why the one-time code was not taken; null when there is a session now. */
export async function beginSession(code: string): Promise<string | null> {
  try {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${code}` };
    const response = await fetch(address, { method: 'POST', headers, body: '{}' });
    if (response.ok) return null;
    if (response.status === 401) return 'This code is not valid (any more): a code works once, for five minutes. Ask for a new link.';
    return ((await response.json()) as { detail?: string }).detail ?? 'The gateway refused. Try again.';
  } catch {
    return unreachable.message;
  }
}

/** @throws when the gateway cannot be reached: the session then goes on. */
export async function endSession(): Promise<void> {
  const response = await fetch(address, { method: 'DELETE' });
  if (!response.ok) throw new Error(`signing out failed with ${response.status}`);
}
