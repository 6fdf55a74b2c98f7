/** Notices a server that has fallen silent under statements that may take their time. */
import pg from 'pg';

/** Milliseconds. Time is counted in ticks, of which a process that is busy itself has none. */
const tickMs = 100;

/** Ticks that a statement may take before the server is asked whether it lives, and that pass before it is asked again. */
const probeAfterTicks = 3;

/** Ticks that the server has for an answer to that. */
const probeTicksMax = 7;

interface Statement {
  client: pg.ClientBase;
  ticks: number;
}

interface Probe {
  /** Whose answers were awaited when it was sent. */
  doubted: Statement[];
  isAnswered: boolean;
  ticks: number;
  end(): void;
}

export type SilenceWatch = (client: pg.ClientBase, answer: Promise<pg.QueryResult>) => Promise<pg.QueryResult>;

/**
 * Gives a function that watches over a statement until its end. While one takes long, the server is asked something
 * easy on a connection of its own; when it says nothing to that either, the connections of those statements are ended,
 * and `onSilence` is told.
 */
export function createSilenceWatch(connectionString: string, onSilence: () => void): SilenceWatch {
  const underWay = new Set<Statement>();
  let timer: NodeJS.Timeout | undefined;
  let probe: Probe | undefined;

  function tick() {
    for (const statement of underWay) statement.ticks++;
    if (probe) return advance(probe);
    const doubted = [...underWay].filter(({ ticks }) => ticks >= probeAfterTicks);
    if (doubted.length > 0) probe = startProbe(connectionString, doubted);
  }

  function advance(current: Probe) {
    current.ticks++;
    if (current.isAnswered) {
      if (current.ticks > probeAfterTicks) probe = undefined;
    } else if (current.ticks > probeTicksMax) {
      probe = undefined;
      current.end();
      for (const statement of current.doubted) if (underWay.has(statement)) endConnection(statement.client);
      onSilence();
    }
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
    probe?.end();
    probe = undefined;
  }

  return async (client, answer) => {
    const statement = { client, ticks: 0 };
    underWay.add(statement);
    timer ??= setInterval(tick, tickMs).unref();
    try {
      return await answer;
    } finally {
      underWay.delete(statement);
      if (underWay.size === 0) stop();
    }
  };
}

/** Any word of the server is an answer, a refusal too; only silence is none. */
function startProbe(connectionString: string, doubted: Statement[]): Probe {
  const client = new pg.Client({ connectionString });
  const probe: Probe = { doubted, isAnswered: false, ticks: 0, end: () => endConnection(client) };
  const answered = () => {
    probe.isAnswered = true;
    probe.end();
  };
  client.on('error', answered);
  // The first word of the handshake will do: a server far away has not the time for all of it.
  (client as unknown as { connection: pg.Connection }).connection.once('message', answered);
  client
    .connect()
    .then(() => client.query('SELECT 1'))
    .then(answered, answered);
  return probe;
}

/** Without a good-bye, which the other side would have to take. */
function endConnection(client: pg.ClientBase): void {
  (client as unknown as { connection: pg.Connection }).connection.stream.destroy();
}
