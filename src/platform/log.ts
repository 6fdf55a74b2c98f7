/** Structured JSON logs on standard error; standard output belongs to what a person should read. */
import pino, { type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Gives a logger that writes one JSON object a line. Log keys and ids, never credentials or documents. */
export function createLog(level: string, destination: DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  const serializers = { err: errorForLog };
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, serializers }, destination);
}

/** Credentials as they look: whole keys, the tokens of sessions and of contexts, passwords in addresses. Libraries repeat what they were given. */
const credentials = /sr_(live|test)_\w{12}_\w+|eyJ[\w-]+\.[\w-]+\.[\w-]*|(?<![\w-])[\w-]{43}(?![\w-])|(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/** Values that Postgres quotes in its messages: `invalid input syntax for type integer: "x"`, `value "x" is out of range`. */
const quotedValues = /(\binvalid input [^:\n]*: |\bvalue )".*"/g;

const withoutValues = (text: string) => text.replace(quotedValues, '$1"…"').replace(credentials, '…');

/**
 * What kind of error it was and where it came from. Nothing else that a library hangs on an error: Postgres's `detail`,
 * which Prisma passes on, is the whole row that was refused.
 */
function errorForLog(thrown: unknown): object {
  if (!(thrown instanceof Error)) {
    const said = (thrown as { message?: unknown } | null)?.message ?? thrown;
    return { type: typeof thrown, ...(typeof said === 'string' && { message: withoutValues(said) }) };
  }
  const { name, message, stack, cause, code } = thrown as Error & { code?: unknown };
  return {
    type: name,
    ...(typeof code === 'string' && { code }),
    message: withoutValues(message),
    ...(stack !== undefined && { stack: withoutValues(stack) }),
    ...(cause !== undefined && { cause: errorForLog(cause) }),
  };
}
