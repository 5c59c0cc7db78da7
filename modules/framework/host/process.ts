import type { Logger } from '../log/logger.ts';
import type { Host } from './host.ts';

/** One line for the operator, whatever was thrown; a boot report with several faults has one line for each. */
export function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? error.message : `${error.name}: ${error.message}`;
}

/** Says on stderr why the program cannot go on, and makes it exit with 1. */
export function fail(error: unknown): void {
  process.stderr.write(`vestibule: ${lineOf(error)}\n`);
  process.exitCode = 1;
}

/** Whoever stops a server waits for this long, in milliseconds, before it is killed. */
const PATIENCE_MS = 10_000;

/**
 * Ties a listening host to its process. SIGTERM and SIGINT stop it gracefully and within ten
 * seconds, a second one at once. A rejection that
 * nobody handles is logged and the process stays up: it belongs to one request or job, whose transaction is rolled back
 * in any case. After an uncaught exception the state is unknown, so the host stops and the process exits with 1.
 */
export function attachToProcess(host: Host, logger: Logger): void {
  let stopping = false;
  const stop = (code: number): void => {
    if (stopping) process.exit(code);
    stopping = true;
    setTimeout(() => {
      fail(new Error('it could not be stopped within ten seconds; what was under way is cut.'));
      process.exit(1);
    }, PATIENCE_MS - 200).unref();
    host.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        fail(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop(0));
  process.on('SIGINT', () => stop(0));
  process.on('unhandledRejection', (err) => {
    logger.error({ err }, 'A rejection was not handled');
  });
  process.on('uncaughtException', (err) => {
    logger.error({ err }, 'An exception was not caught; the host stops');
    stop(1);
  });
}
