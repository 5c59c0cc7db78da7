/** Keeps a number of values for a while, and drops those that were written longest ago. */
export class Memory<V> {
  readonly #limit: number;
  readonly #seconds: number;
  readonly #entries = new Map<string, { readonly value: V; readonly until: number }>();

  constructor(limit: number, seconds: number) {
    this.#limit = limit;
    this.#seconds = seconds;
  }

  get(key: string): V | undefined {
    const found = this.#entries.get(key);
    if (found && found.until > performance.now()) return found.value;
    if (found) this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: performance.now() + this.#seconds * 1000 });
    if (this.#entries.size <= this.#limit) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
