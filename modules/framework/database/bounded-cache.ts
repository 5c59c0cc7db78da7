/**
 * A map that keeps at most `limit` entries and drops the one used longest ago. Uses are noted only once the map is half
 * full: a host's statements are a few hundred constant texts, so that the usual look-up is one `Map.get`.
 */
export class BoundedCache<V> {
  readonly #entries = new Map<string, V>();
  readonly #limit: number;
  readonly #evicted: ((key: string, value: V) => void) | undefined;

  constructor(limit: number, evicted?: (key: string, value: V) => void) {
    this.#limit = limit;
    this.#evicted = evicted;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined && this.#entries.size * 2 > this.#limit) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  set(key: string, value: V): void {
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#limit) return;
    for (const [oldest, dropped] of this.#entries) {
      this.#entries.delete(oldest);
      this.#evicted?.(oldest, dropped);
      return;
    }
  }

  /** Drops everything. */
  clear(): void {
    for (const [key, value] of this.#entries) this.#evicted?.(key, value);
    this.#entries.clear();
  }
}
