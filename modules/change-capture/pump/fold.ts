import { aspectBit, type ChangeRow } from '../change-row.ts';

/**
 * Folds rows of one batch, ascending, into what is told of them:
 * - a customer's deletion stands for everything of that customer before it, since its creation if that is among them:
 *   where foreign keys cascade through triggers, addresses and values leave rows of their own;
 * - updates by the same hand become one, the latest, about all that they were about: a store writes a customer's row and
 *   each of its values one by one;
 * - what a creation is followed by belongs to it, except a password;
 * - of an address, its creation stands for its updates, and its last update for those before.
 */
export function fold(rows: readonly ChangeRow[]): readonly ChangeRow[] {
  const customers = new Map<number, ToldOfCustomer>();
  const told = new Set<ChangeRow>();
  for (const row of rows) {
    const customer = customers.get(row.customer_id) ?? new ToldOfCustomer(told);
    customers.set(row.customer_id, customer);
    customer.take(row);
  }
  return [...told].sort((a, b) => a.change_id - b.change_id);
}

const password = aspectBit('password');

const sameHand = (a: ChangeRow, b: ChangeRow): boolean => a.own === b.own && a.cause === b.cause;

/** What is told of one customer, since it was deleted last. */
class ToldOfCustomer {
  readonly #told: Set<ChangeRow>;
  #rows: ChangeRow[] = [];

  constructor(told: Set<ChangeRow>) {
    this.#told = told;
  }

  take(row: ChangeRow): void {
    if (row.kind === 'deleted') this.#deleted(row);
    else if (row.kind === 'updated') this.#updated(row);
    else if (row.kind === 'address-updated') this.#addressUpdated(row);
    else this.#tell(row);
  }

  #deleted(row: ChangeRow): void {
    for (const before of this.#rows) if (before.kind !== 'created') this.#told.delete(before);
    this.#rows = [];
    this.#told.add(row);
  }

  #updated(row: ChangeRow): void {
    const created = this.#rows.some((before) => before.kind === 'created' && sameHand(before, row));
    const aspects = created ? row.aspects & password : row.aspects;
    if (aspects === 0) return;
    const before = this.#rows.find((other) => other.kind === 'updated' && sameHand(other, row));
    this.#tell({ ...row, aspects: aspects | (before?.aspects ?? 0) }, before);
  }

  #addressUpdated(row: ChangeRow): void {
    const before = this.#rows.find(
      (other) => other.address_id === row.address_id && other.kind !== 'address-deleted' && sameHand(other, row),
    );
    if (before?.kind !== 'address-created') this.#tell(row, before);
  }

  #tell(row: ChangeRow, instead?: ChangeRow): void {
    if (instead) {
      this.#told.delete(instead);
      this.#rows = this.#rows.filter((other) => other !== instead);
    }
    this.#told.add(row);
    this.#rows.push(row);
  }
}
