/** A customer's row as far as its customer group goes, with what a membership made of it. */
export interface CustomerRow {
  readonly entity_id: number;
  readonly website_id: number | null;
  readonly group_id: number;
  readonly disable_auto_group_change: number;
  /** Where a membership has put it; null where none has. */
  readonly assigned: number | null;
  readonly group_before: number | null;
  readonly disable_before: number | null;
}

/** Customers of which one thing is true, by that thing. */
type Grouped = Map<number, number[]>;

/** What becomes of customers; each list holds their ids. */
export interface Settlement {
  /** By the customer group that they are put into. */
  readonly placed: Grouped;
  /** Put somewhere for the first time: where they were has to be remembered. By the customer group. */
  readonly remembered: Grouped;
  /** Put somewhere before, and somewhere else now. By the customer group. */
  readonly reassigned: Grouped;
  /** Whom no membership puts anywhere any more. */
  readonly released: number[];
  /** Those of them who go back to where they were. The others were moved by the store, and stay. */
  readonly returning: CustomerRow[];
}

function add(grouped: Grouped, key: number, id: number): void {
  const list = grouped.get(key);
  if (list) list.push(id);
  else grouped.set(key, [id]);
}

/** Compares where customers are with where their memberships put them; `targets` lacks those whom none puts anywhere. */
export function settlementOf(rows: readonly CustomerRow[], targets: ReadonlyMap<number, number>): Settlement {
  const placed: Grouped = new Map();
  const remembered: Grouped = new Map();
  const reassigned: Grouped = new Map();
  const released: number[] = [];
  const returning: CustomerRow[] = [];
  for (const row of rows) {
    const { entity_id: id, group_id, assigned, disable_auto_group_change } = row;
    const target = targets.get(id);
    if (target !== undefined) {
      if (assigned === null) add(remembered, target, id);
      else if (assigned !== target) add(reassigned, target, id);
      if (group_id !== target || disable_auto_group_change !== 1) add(placed, target, id);
    } else if (assigned !== null) {
      released.push(id);
      if (group_id === assigned) returning.push(row);
    }
  }
  return { placed, remembered, reassigned, released, returning };
}
