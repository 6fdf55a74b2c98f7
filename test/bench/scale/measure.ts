/** Asks gateways in turn, so that whatever else the machine does falls on all of them alike. */
import type { Gateway } from './gateway.ts';
import { type Request, requestsFor } from './requests.ts';

export interface Row {
  name: string;
  /** Milliseconds, median; for each gateway in the order given. */
  moved: number[];
  unchanged: number[];
  /** Requests that were not answered, each with the reason; they are not measured. */
  failures: string[];
}

/** Rounds that are not counted: connections, code and plans become warm. */
const warmUpRounds = 4;

/**
 * `moved`: before each request the revision that its answer hangs on has risen, as when something was just edited.
 * `unchanged`: it has not, since the same kind of request was asked before.
 */
export async function measure(gateways: Gateway[], rounds: number, only: string): Promise<Row[]> {
  const requests = await Promise.all(gateways.map(requestsFor));
  const rows = (requests[0] ?? []).flatMap(({ name }, index) =>
    name.includes(only) ? [{ name, subjects: subjectsOf(gateways, requests, index), failures: [] as string[] }] : [],
  );
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    for (const { subjects, failures } of rows) {
      for (const subject of subjects) await measureOnce(subject, round, failures);
    }
  }
  return rows.map(({ name, subjects, failures }) => ({
    name,
    moved: subjects.map(({ moved }) => median(moved)),
    unchanged: subjects.map(({ unchanged }) => median(unchanged)),
    failures,
  }));
}

/** One request of one gateway, and how long it took in each round. */
interface Subject {
  gateway: Gateway;
  request: Request;
  moved: number[];
  unchanged: number[];
}

function subjectsOf(gateways: Gateway[], requests: Request[][], index: number): Subject[] {
  return gateways.map((gateway, place) => {
    const request = requests[place]?.[index];
    if (!request) throw new Error(`request ${index} is not known of every gateway`);
    return { gateway, request, moved: [], unchanged: [] };
  });
}

async function measureOnce({ gateway, request, moved, unchanged }: Subject, round: number, failures: string[]): Promise<void> {
  const asked = request.ask(round);
  try {
    await moveRevision(gateway, request.dependsOn, asked.path);
    const first = await gateway.ask(asked);
    const second = await gateway.ask(asked);
    if (round < warmUpRounds) return;
    moved.push(first.ms);
    unchanged.push(second.ms);
  } catch (error) {
    // A slow answer may be refused for its time; that belongs into the table, and must not end it.
    failures.push(`${gateway.size.name}: ${error instanceof Error ? error.message : error}`);
  }
}

/** What any edit does, without the edit. */
export async function moveRevision({ client, database }: Gateway, what: Request['dependsOn'], path: string): Promise<void> {
  if (what === 'catalogue') {
    // Every stamp the clock keeps, whichever they are.
    const { rows } = await client.query<{ stamps: string }>(`
      SELECT string_agg(format('%I = "revision" + interval ''1 millisecond''', column_name), ', ') AS stamps
      FROM information_schema.columns WHERE table_name = 'SyncClock' AND data_type LIKE 'timestamp%'`);
    await client.query(`UPDATE "SyncClock" SET ${rows[0]?.stamps}`);
  } else {
    const token = database.contextTokens.find((candidate) => path.includes(candidate));
    await client.query(
      `UPDATE "Runner" SET "revision" = "revision" + 1 FROM "ContextLink" AS link
      WHERE link."runnerId" = "Runner"."id" AND link."tokenHash" = encode(sha256(convert_to($1, 'UTF8')), 'hex')`,
      [token],
    );
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
