/** A runner's days, read page by page until the range that is asked for is filled. */
import { useCallback, useEffect, useState } from 'react';
import { type Client, type OperationResult, useClient } from 'urql';
import { type Failure, failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { RunnerDaysQuery } from '../../gql/graphql.ts';

const daysQuery = graphql(`
  query RunnerDays($id: ID!, $from: String, $after: String) {
    runner(id: $id) {
      id
      dailyMetrics(first: 100, from: $from, after: $after) {
        edges {
          node {
            date
            restingHeartRate
            hrv
            hrvType
            sleepDurationHours
            deepSleepHours
            lightSleepHours
            remSleepHours
            awakeDurationHours
            respirationRate
            weightKg
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export type Day = NonNullable<RunnerDaysQuery['runner']>['dailyMetrics']['edges'][number]['node'];

interface Reading {
  /** The first day that was asked for; null for all. */
  from: string | null;
  /** Newest first; those that have come so far. */
  days: readonly Day[];
  done: boolean;
  failure: Failure | null;
}

/** The reading after each page; the last one is done or failed. */
async function* readDays(client: Client, id: string, from: string | null): AsyncGenerator<Reading> {
  let reading: Reading = { from, days: [], done: false, failure: null };
  let after: string | null = null;
  while (!reading.done && !reading.failure) {
    const answer: OperationResult<RunnerDaysQuery> = await client.query(daysQuery, { id, from, after }, { requestPolicy: 'network-only' });
    const page = answer.data?.runner?.dailyMetrics;
    if (page) {
      const days = [...reading.days, ...page.edges.map(({ node }) => node)];
      reading = { from, days, done: !page.pageInfo.hasNextPage, failure: null };
      after = page.pageInfo.endCursor ?? null;
    } else reading = { ...reading, failure: failureOf(answer.error) ?? gone };
    yield reading;
  }
}

const gone: Failure = { kind: 'not-found', message: 'The runner is gone. Sign in again.', faults: [], details: {} };

/** The days from one on, all when null, and how far the reading is. What was complete before stays until the new days are. */
export function useDays(runnerId: string, from: string | null) {
  const client = useClient();
  const [reading, setReading] = useState<Reading | null>(null);
  const [complete, setComplete] = useState<Reading | null>(null);
  const [request, setRequest] = useState({ attempt: 0 });
  useEffect(() => {
    // Every attempt is a request of its own, and whatever comes of an earlier one is not wanted any more.
    let wanted = request.attempt >= 0;
    async function follow(): Promise<void> {
      setReading(null);
      for await (const next of readDays(client, runnerId, from)) {
        if (!wanted) return;
        setReading(next);
        if (next.done) setComplete(next);
      }
    }
    void follow();
    return () => {
      wanted = false;
    };
  }, [client, runnerId, from, request]);
  const retry = useCallback(() => setRequest(({ attempt }) => ({ attempt: attempt + 1 })), []);
  return { reading, complete, retry };
}
