import type { Sql, Transaction } from '../../framework/index.ts';
import type { AttributeValue } from '../customer.ts';
import { statement } from '../statement.ts';
import type { BackendType, CustomerAttribute } from './attribute.ts';

type Valued = readonly [attributeId: number, value: AttributeValue];

/**
 * Values of custom attributes to write, gathered per value table. Magento inserts or overwrites a value by its unique
 * key (entity_id, attribute_id) and deletes the row of a value that is cleared. `fresh` says that the customer has no
 * values yet: nothing needs clearing or overwriting.
 */
export class EavChanges {
  readonly #fresh: boolean;
  readonly #sets = new Map<BackendType, Valued[]>();
  readonly #clears = new Map<BackendType, number[]>();

  constructor(options: { readonly fresh: boolean }) {
    this.#fresh = options.fresh;
  }

  set({ backendType, id }: CustomerAttribute, value: AttributeValue): void {
    if (backendType === 'static') return;
    if (value !== null) append(this.#sets, backendType, [id, value]);
    else if (!this.#fresh) append(this.#clears, backendType, id);
  }

  /** Whether something is written to one of these value tables. */
  writes(...types: readonly BackendType[]): boolean {
    return types.some((type) => this.#sets.has(type) || this.#clears.has(type));
  }

  /** One statement per value table that gets values, and one per value table that loses some. */
  write(tx: Transaction, customerId: number): void {
    for (const [type, values] of this.#sets) tx.later(upsert(tx, type, customerId, values, this.#fresh));
    for (const [type, ids] of this.#clears) tx.later(clear(type, customerId, ids));
  }
}

function append<T>(lists: Map<BackendType, T[]>, type: BackendType, item: T): void {
  const list = lists.get(type);
  if (list === undefined) lists.set(type, [item]);
  else list.push(item);
}

function upsert(
  tx: Transaction,
  type: BackendType,
  customerId: number,
  values: readonly Valued[],
  fresh: boolean,
): Sql {
  const texts = [`INSERT INTO {customer_entity_${type}} (attribute_id, entity_id, value) VALUES (`];
  const bound: unknown[] = [];
  for (const [i, [id, value]] of values.entries()) {
    if (i > 0) texts.push('), (');
    texts.push(', ', ', ');
    bound.push(id, customerId, value);
  }
  texts.push(fresh ? ')' : `) ${tx.dialect.onDuplicate(['entity_id', 'attribute_id'], ['value']).sql}`);
  return statement(texts, bound);
}

function clear(type: BackendType, customerId: number, ids: readonly number[]): Sql {
  const texts = [`DELETE FROM {customer_entity_${type}} WHERE entity_id = `, ' AND attribute_id IN ('];
  for (let i = 1; i < ids.length; i++) texts.push(', ');
  texts.push(')');
  return statement(texts, [customerId, ...ids]);
}
