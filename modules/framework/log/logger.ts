import { pino } from 'pino';
import { type ServiceToken, service } from '../module/token.ts';
import { readableLine } from './readable.ts';
import { REDACTION } from './redaction.ts';

type Log = (fields: object, message: string) => void;

/** Says what happens: fields for machines, a sentence for people. Errors go under the field `err`. */
export interface Logger {
  readonly debug: Log;
  readonly info: Log;
  readonly warn: Log;
  readonly error: Log;
}
export const Logger: ServiceToken<Logger> = service<Logger>('framework.Logger');

export interface LoggerOptions {
  readonly level: string;
  /** JSON, one object a line; otherwise lines for a person. */
  readonly json: boolean;
  readonly write: (line: string) => void;
}

/** A logger that keeps secrets out of what it writes. */
export function createLogger({ level, json, write }: LoggerOptions): Logger {
  const destination = { write: json ? write : (line: string) => write(readableLine(line)) };
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: REDACTION }, destination);
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
