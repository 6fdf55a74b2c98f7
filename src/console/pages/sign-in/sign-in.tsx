/** Begins a session: with a one-time link from the command line, or at the deployment's identity provider. */
import { type FormEvent, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Code } from '../../parts/code.tsx';
import { TextField } from '../../parts/field.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Loading, Notice } from '../../parts/states.tsx';
import { useSession } from '../../session.tsx';
import { useSessionStatus } from '../../session-door.ts';
import { useSignIn } from './use-sign-in.ts';

export default function SignIn() {
  const { viewer } = useSession();
  const { status } = useSessionStatus();
  const { state, takeCode } = useSignIn();
  const ways = status === null || status === 'unreachable' ? null : status.ways;
  const [code, setCode] = useState('');
  useEffect(() => {
    // A one-time link carries its code behind the #, which no server and no log ever sees.
    const linked = new URLSearchParams(window.location.hash.slice(1)).get('code');
    if (!linked) return;
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    void takeCode(linked);
  }, [takeCode]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void takeCode(code.trim());
  };
  if (state.kind === 'working') return <Loading what="Your session" />;
  return (
    <div className="stack">
      <PageHeader title="Sign in" about={viewer ? `You are signed in as ${viewer.role.toLowerCase()}.` : undefined} />
      {state.kind === 'refused' && (
        <Notice tone="bad" title="That did not work">
          <p>{state.message}</p>
        </Notice>
      )}
      {ways === null && <Loading what="The ways to sign in" />}
      {ways?.includes('provider') && (
        <Card title="With your account" about="You are sent to this deployment’s identity provider and come back signed in.">
          <div>
            <a href={`/session/start${window.location.search}`}>Go to the identity provider</a>
          </div>
        </Card>
      )}
      {ways?.includes('code') && (
        <Card title="With a one-time link" about="On the machine that runs the gateway, ask for a link and open it within five minutes.">
          <Code label="In a terminal" text="npx ekiden login --as operator" />
          <form onSubmit={submit} className="stack">
            <TextField
              label="Or paste its code"
              hint="It works once. Links for coaches and runners: --as coach, --as runner --user runner-a."
              autoComplete="one-time-code"
              spellCheck={false}
              required
              value={code}
              onChange={({ target }) => setCode(target.value)}
            />
            <div>
              <Button type="submit" kind="primary">
                Sign in
              </Button>
            </div>
          </form>
        </Card>
      )}
      <p className="quiet">
        Partners and LLM tools need no account here: <Link href="/developers">see how to start</Link>.
      </p>
    </div>
  );
}
