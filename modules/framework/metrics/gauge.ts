import { type ExtensionPoint, extensionPoint } from '../module/token.ts';

/** A number that is read when somebody asks, at most every five seconds. */
export interface Gauge {
  /** As Prometheus names it: `vestibule_webhook_waiting_deliveries`, with its unit at the end (`_seconds`). */
  readonly name: string;
  readonly help: string;
  /** Set where `read` answers several numbers: the label that tells them apart. Of few values, never ids or names. */
  readonly label?: string;
  /**
   * One statement at most, answered by an index whatever the size of the store. Left out of this answer when it fails or
   * takes longer than two seconds.
   */
  read(): Promise<number | Readonly<Record<string, number>>>;
}

/** What `/metrics` and a support bundle count; every room may add to it. */
export const Gauges: ExtensionPoint<Gauge> = extensionPoint<Gauge>('framework.Gauges');
