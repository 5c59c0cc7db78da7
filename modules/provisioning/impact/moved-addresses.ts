import { createHash } from 'node:crypto';
import type { Executor } from '../../framework/index.ts';
import { uniqueness } from '../../scim/index.ts';
import type { EarlierWork, KeyedRow } from '../preview/rehearsal/earlier-work.ts';

const table = 'customer_entity';
const fewest = 1 << 10;

/**
 * Who would have moved to which e-mail address by then, where customers are tried one after the other. Numbers alone are kept,
 * some 30 bytes for each who moves: 53 bits of a digest stand for an address, so that of a million two that differ are taken
 * for one in one of ten thousand runs.
 */
export class MovedAddresses implements EarlierWork {
  readonly #store: Executor;
  /** A table of places by digest; 0 where a place is free. */
  #digests = new Float64Array(fewest);
  #owners = new Uint32Array(fewest);
  /** Everybody who moved, in order of their ids. */
  #moved = new Uint32Array(fewest / 2);
  #count = 0;
  /** The last that was asked for: whoever is found free moves next. */
  #last = { text: '', digest: 0 };

  /** `store` is asked how it compares addresses. */
  constructor(store: Executor) {
    this.#store = store;
  }

  letsGo(of: string, columns: readonly string[], id: number): boolean {
    if (of !== table || !columns.includes('email')) return false;
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#moved[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low < this.#count && this.#moved[low] === id;
  }

  async requireFree(of: string, columns: readonly string[], row: KeyedRow): Promise<void> {
    if (this.#count === 0 || of !== table || !columns.includes('email')) return;
    const email = String(row.email);
    const owner = this.#owners[this.#placeOf(await this.#digestOf(Number(row.website_id), email))];
    if (owner)
      throw uniqueness(
        'emails',
        `"emails" must be unique. Customer ${owner} would come to the e-mail address "${email}" as well, and before this one.`,
      );
  }

  /** Says that a customer would move. Customers come in order of their ids, each once. */
  async move(customerId: number, websiteId: number, email: string): Promise<void> {
    if (this.#count * 2 >= this.#digests.length) this.#grow();
    const digest = await this.#digestOf(websiteId, email);
    const place = this.#placeOf(digest);
    this.#digests[place] = digest;
    this.#owners[place] = customerId;
    this.#moved[this.#count++] = customerId;
  }

  /** Where a digest stands, or would. */
  #placeOf(digest: number): number {
    const last = this.#digests.length - 1;
    let place = digest % this.#digests.length;
    while (this.#digests[place] !== 0 && this.#digests[place] !== digest) place = (place + 1) & last;
    return place;
  }

  #grow(): void {
    const [digests, owners] = [this.#digests, this.#owners];
    const moved = new Uint32Array(digests.length);
    moved.set(this.#moved);
    this.#moved = moved;
    this.#digests = new Float64Array(digests.length * 2);
    this.#owners = new Uint32Array(digests.length * 2);
    for (const [at, digest] of digests.entries()) {
      if (digest === 0) continue;
      const place = this.#placeOf(digest);
      this.#digests[place] = digest;
      this.#owners[place] = owners[at] ?? 0;
    }
  }

  async #digestOf(websiteId: number, email: string): Promise<number> {
    const text = `${websiteId} ${email}`;
    if (text !== this.#last.text) {
      const row = await this.#store.first<{ k: string }>(this.#store.dialect.asCompared(table, 'email', email));
      const bytes = createHash('sha256').update(`${websiteId} ${row?.k}`).digest();
      this.#last = { text, digest: bytes.readUIntBE(0, 6) * 32 + ((bytes[6] ?? 0) & 31) || 1 };
    }
    return this.#last.digest;
  }
}
