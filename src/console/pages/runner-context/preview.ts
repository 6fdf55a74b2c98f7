/** The context as it is served just now to whoever asks with the token. */
import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { type Failure, failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';

const previewQuery = graphql(`
  query PreviewContext($token: String!) {
    runnerContext(token: $token) {
      context_markdown
    }
  }
`);

interface Preview {
  /** The newest that came, also while another is on its way; null before the first. */
  markdown: string | null;
  failure: Failure | null;
  fetching: boolean;
  again: () => void;
}

/** Asks anew when the token changes or `version`, which stands for all that the answer depends on. */
export function usePreview(token: string, version: string): Preview {
  const client = useClient();
  const [answer, setAnswer] = useState<{ question: string; markdown: string | null; failure: Failure | null } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const question = JSON.stringify([token, version, attempt]);
  // One after the other: two at once would be taken for the same question and share the older answer.
  const line = useRef(Promise.resolve());
  useEffect(() => {
    let isWanted = true;
    line.current = line.current.then(async () => {
      if (!isWanted) return;
      const { data, error } = await client.query(previewQuery, { token }, { requestPolicy: 'network-only' });
      if (isWanted) setAnswer({ question, markdown: data?.runnerContext.context_markdown ?? null, failure: failureOf(error) });
    });
    return () => {
      isWanted = false;
    };
  }, [client, token, question]);
  return {
    markdown: answer?.markdown ?? null,
    failure: answer?.failure ?? null,
    fetching: answer?.question !== question,
    again: () => setAttempt((count) => count + 1),
  };
}
