/** How often each verb was used, how often in vain, and how long the answers took. */
export interface Figures {
  readonly requests: number;
  readonly verbs: Readonly<Record<string, number>>;
  /** Milliseconds. */
  readonly median: number;
  readonly p95: number;
}

/** Counts requests while they are made. */
export class Counter {
  private readonly verbs = new Map<string, number>();
  private readonly times: number[] = [];

  count(verb: string, milliseconds: number): void {
    this.verbs.set(verb, (this.verbs.get(verb) ?? 0) + 1);
    this.times.push(milliseconds);
  }

  figures(): Figures {
    const sorted = [...this.times].sort((a, b) => a - b);
    const at = (part: number): number => {
      const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
      return Math.round(value * 10) / 10;
    };
    return { requests: sorted.length, verbs: Object.fromEntries(this.verbs), median: at(0.5), p95: at(0.95) };
  }
}
