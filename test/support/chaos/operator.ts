/** The operator of a server, or of several behind a balancer, over GraphQL. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway, GraphqlAnswer } from '../gateway.ts';
import { Unanswered } from './nodes.ts';

/** Longer than any fault lasts. */
const giveUpMs = 90_000;

type Send = (path: string, init: RequestInit) => Promise<{ status: number; text: string }>;

export function createOperator(send: Send, adminToken: string) {
  const graphql: Gateway['graphql'] = async <T>(query: string, variables: object = {}): Promise<GraphqlAnswer<T>> => {
    const { status, text } = await send('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ query, variables }),
    });
    return { status, ...(JSON.parse(text) as { data: T }) };
  };

  /** The answer, or undefined when there is none because the nodes or their database are away. */
  async function attempt<T>(operation: string, variables: object): Promise<GraphqlAnswer<Record<string, T> | null> | undefined> {
    try {
      const answer = await graphql<Record<string, T> | null>(operation, variables);
      return answer.errors?.[0]?.extensions.code === 'UNAVAILABLE' ? undefined : answer;
    } catch (error) {
      if (error instanceof Unanswered) return undefined;
      throw error;
    }
  }

  /**
   * What the one field of the operation gives, once it has been done. `done` is the code of a refusal which says that an
   * attempt before was successful, though nobody said so.
   */
  async function insist<T>(operation: string, variables: () => object, done?: string): Promise<T | null> {
    const endAt = performance.now() + giveUpMs;
    for (let tries = 1; performance.now() < endAt; tries++) {
      const answer = await attempt<T>(operation, variables());
      if (answer && !answer.errors) return Object.values(answer.data ?? {})[0] ?? null;
      if (answer && tries > 1 && answer.errors?.[0]?.extensions.code === done) return null;
      if (answer) throw new Error(`${operation}: ${JSON.stringify(answer.errors)}`);
      await sleep(50);
    }
    throw new Error(`${operation}: nobody did it for ${giveUpMs} ms`);
  }

  return {
    graphql,
    insist,
    /** A key that no limit slows down, of a partner of its own. */
    async mintKey(): Promise<{ plaintext: string; id: string; partnerId: string }> {
      const partner = await insist<{ id: string }>('mutation ($name: String!) { createPartner(input: { name: $name }) { id } }', () => ({
        name: `partner-${crypto.randomUUID()}`,
      }));
      const partnerId = partner?.id ?? '';
      const minted = await insist<{ plaintext: string; apiKey: { id: string } }>(
        `mutation ($partnerId: ID!) { createApiKey(input: { partnerId: $partnerId, environment: LIVE,
           requestsPerMinute: 2147483647, requestsPerDay: 2147483647 }) { plaintext apiKey { id } } }`,
        () => ({ partnerId }),
      );
      if (!minted) throw new Error('no key was minted');
      return { plaintext: minted.plaintext, id: minted.apiKey.id, partnerId };
    },
  };
}

export type Operator = ReturnType<typeof createOperator>;
