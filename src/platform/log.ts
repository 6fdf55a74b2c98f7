/** Structured JSON logs on standard error; standard output belongs to what a person should read. */
import pino, { type Logger } from 'pino';

export type Log = Logger;

/** Gives a logger that writes one JSON object a line. Log keys and ids, never credentials or documents. */
export function createLog(level: string): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
