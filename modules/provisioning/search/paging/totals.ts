import type { Place } from './driver.ts';
import { Memory } from './memory.ts';

/** A total, and what it was counted under. */
export interface Counted {
  readonly total: number;
  /** Changes of the connection that this process had made when counting began. */
  readonly epoch: number;
  readonly at: number;
}

/** Behind whom the next page of a walk by startIndex goes on, and how many there were said to be. */
export interface Walk {
  readonly place: Place;
  readonly counted: Counted | undefined;
}

/** How long a total is good for, in seconds. Smaller lists are counted each time. */
const totalSeconds = 5;
const worthKeeping = 1_000;
/** How long a client may take between two pages, in seconds. */
const walkSeconds = 120;

/** What searches remember from one request to the next. */
export class SearchMemory {
  readonly #epochs = new Map<number, number>();
  readonly #totals = new Memory<Counted>(1_000, totalSeconds);
  readonly walks = new Memory<Walk>(2_000, walkSeconds);
  /** Connections whose users were all settled just now. */
  readonly settled = new Memory<true>(1_000, 30);

  epoch(connectionId: number): number {
    return this.#epochs.get(connectionId) ?? 0;
  }

  changed(connectionId: number): void {
    this.#epochs.set(connectionId, this.epoch(connectionId) + 1);
  }

  total(connectionId: number, question: string): Counted | undefined {
    const known = this.#totals.get(question);
    return known && this.isFresh(connectionId, known) ? known : undefined;
  }

  isFresh(connectionId: number, { epoch, at }: Counted): boolean {
    return epoch === this.epoch(connectionId) && performance.now() - at < totalSeconds * 1000;
  }

  keep(question: string, counted: Counted): void {
    if (counted.total > worthKeeping) this.#totals.set(question, counted);
  }
}
