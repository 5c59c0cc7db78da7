import type { CapturedChange, ChangeAspect, ChangeKind } from '../../../modules/change-capture/index.ts';
import { changeAspects } from '../../../modules/change-capture/index.ts';
import type { Snapshot } from './snapshot.ts';

/** Everything that was told between two snapshots. */
export class Told {
  /** Comings and goings of each customer in order, and what its updates were about. */
  readonly #lives = new Map<number, ChangeKind[]>();
  readonly #aspects = new Map<number, Set<ChangeAspect>>();
  readonly #addresses = new Map<number, Set<ChangeKind>>();
  changes = 0;

  add({ kind, customerId, addressId, aspects }: CapturedChange): void {
    this.changes++;
    if (addressId !== null) addTo(this.#addresses, addressId, kind);
    else if (kind === 'updated') for (const aspect of aspects) addTo(this.#aspects, customerId, aspect);
    else this.#lives.set(customerId, [...(this.#lives.get(customerId) ?? []), kind]);
  }

  /** What was told and did not happen, and what happened and was not told. */
  compare(before: Snapshot, after: Snapshot): readonly string[] {
    return [...this.#compareCustomers(before, after), ...this.#compareAddresses(before, after)];
  }

  #compareCustomers(before: Snapshot, after: Snapshot): readonly string[] {
    const problems: string[] = [];
    const told = [...this.#lives.keys(), ...this.#aspects.keys()];
    for (const id of new Set([...before.customers.keys(), ...after.customers.keys(), ...told])) {
      const [life, aspects] = [this.#lives.get(id) ?? [], this.#aspects.get(id) ?? new Set()];
      const [was, is] = [before.customers.get(id), after.customers.get(id)];
      const wrong = (what: string): void =>
        void problems.push(`customer ${id} ${what}; told ${[...life, ...aspects].join(', ')}`);
      // It can only go when it is there, and only come when it is not.
      let there = was !== undefined;
      for (const kind of life) {
        if ((kind === 'created') === there) wrong(there ? 'came twice' : 'went twice');
        there = kind === 'created';
      }
      if (there !== (is !== undefined)) wrong(is ? 'is there' : 'is gone');
      if (!was || !is || life.length > 0) continue;
      for (const aspect of changeAspects)
        if ((was[aspect] !== is[aspect]) !== aspects.has(aspect))
          wrong(was[aspect] === is[aspect] ? `has the same ${aspect}` : `has another ${aspect}`);
    }
    return problems;
  }

  #compareAddresses(before: Snapshot, after: Snapshot): readonly string[] {
    const problems: string[] = [];
    for (const id of new Set([...before.addresses.keys(), ...after.addresses.keys(), ...this.#addresses.keys()])) {
      const told = this.#addresses.get(id) ?? new Set();
      const [was, is] = [before.addresses.get(id), after.addresses.get(id)];
      const owner = (is ?? was)?.customer;
      // A customer's deletion stands for its addresses.
      if (owner === undefined || this.#lives.get(owner)?.includes('deleted')) continue;
      const wrong = (what: string): void => void problems.push(`address ${id}: ${what}; told ${[...told].join(', ')}`);
      if (!was !== told.has('address-created')) wrong(was ? 'is not new' : 'is new');
      if (!is !== told.has('address-deleted')) wrong(is ? 'is there' : 'is gone');
      if (was && is && (was.digest !== is.digest) !== told.has('address-updated'))
        wrong(was.digest === is.digest ? 'is the same' : 'is another');
    }
    return problems;
  }
}

function addTo<T>(sets: Map<number, Set<T>>, id: number, what: T): void {
  const set = sets.get(id) ?? new Set<T>();
  sets.set(id, set);
  set.add(what);
}
