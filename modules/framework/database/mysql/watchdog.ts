import { cutConnection } from './connections.ts';
import type { MysqlSession } from './session.ts';

/**
 * Cuts off connections whose server has stopped answering (a frozen machine, a lost route): the socket alone would wait
 * for minutes. Counts seconds instead of setting a timer per statement, which would cost every statement something.
 */
export class Watchdog {
  /** Seconds since the start. */
  count = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(limit: number, sessions: () => Iterable<MysqlSession>) {
    const seconds = Math.max(1, Math.ceil(limit / 1000));
    this.#timer = setInterval(() => {
      this.count++;
      for (const session of sessions()) if (session.overdue(seconds)) cutConnection(session.raw);
    }, 1000);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
