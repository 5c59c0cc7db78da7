/** What was done to customers, in order, and what receivers heard of it. */
export interface History {
  /** A change was committed; `change` says what it was, differently for each change of a customer. */
  changed(customer: number, change: string): void;
  /** A request arrived. */
  arrived(request: { readonly customer: number; readonly change: string; readonly messageId: string }): void;
  /** It was answered with 2xx. */
  acknowledged(request: { readonly customer: number; readonly change: string; readonly messageId: string }): void;
  /** Milliseconds since it was committed; 0 where it has only just been. */
  age(customer: number, change: string): number;
  count(): { readonly changes: number; readonly acknowledged: number; readonly duplicates: number };
  /** Everything that contradicts "none lost, order kept per customer, duplicates only under the same id". */
  contradictions(): string[];
}

interface Told {
  readonly change: string;
  readonly messageId: string;
}

export function createHistory(): History {
  const made = new Map<number, string[]>();
  const at = new Map<string, number>();
  const told = new Map<number, Told[]>();
  const found: string[] = [];
  let [changes, acknowledged, duplicates] = [0, 0, 0];
  const listOf = <T>(lists: Map<number, T[]>, customer: number): T[] => {
    const list = lists.get(customer) ?? [];
    lists.set(customer, list);
    return list;
  };
  return {
    changed(customer, change) {
      changes++;
      at.set(`${customer} ${change}`, Date.now());
      listOf(made, customer).push(change);
    },
    arrived({ customer, change, messageId }) {
      const before = listOf(told, customer);
      const at = before.findIndex((one) => one.messageId === messageId);
      if (at >= 0) duplicates++;
      // Only the last one may come again: of any other the next had been sent already.
      if (at >= 0 && at !== before.length - 1)
        found.push(`customer ${customer}: ${change} came again after ${before.at(-1)?.change}`);
    },
    acknowledged({ customer, change, messageId }) {
      const before = listOf(told, customer);
      if (before.some((one) => one.messageId === messageId)) return;
      if (before.some((one) => one.change === change))
        found.push(`customer ${customer}: ${change} was told under two ids`);
      before.push({ change, messageId });
      acknowledged++;
    },
    age: (customer, change) => Date.now() - (at.get(`${customer} ${change}`) ?? Date.now()),
    count: () => ({ changes, acknowledged, duplicates }),
    contradictions() {
      for (const [customer, list] of made) {
        const heard = listOf(told, customer).map(({ change }) => change);
        if (heard.join() === list.join()) continue;
        const missing = list.filter((change) => !heard.includes(change));
        found.push(
          missing.length > 0
            ? `customer ${customer}: never heard of ${missing.slice(0, 3).join(', ')} (${missing.length} of ${list.length})`
            : `customer ${customer}: heard ${heard.join(' ')} instead of ${list.join(' ')}`,
        );
      }
      for (const customer of told.keys())
        if (!made.has(customer)) found.push(`customer ${customer}: heard of, never made`);
      return found;
    },
  };
}
