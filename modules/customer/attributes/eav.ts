import type { Sql, Transaction } from '../../framework/index.ts';
import type { AttributeValue } from '../customer.ts';
import { statement } from '../statement.ts';
import { type BackendType, backendTypes, type CustomerAttribute } from './attribute.ts';

/** Values of custom attributes to write, gathered per value table. */
export interface EavChanges {
  set(attribute: CustomerAttribute, value: AttributeValue): void;
  /** Writes them: one statement per value table that gets values, and one per value table that loses some. */
  write(tx: Transaction, customerId: number): Promise<void>;
}

/**
 * Gathers EAV values. Magento inserts or overwrites a value by its unique key (entity_id, attribute_id) and deletes the
 * row of a value that is cleared. `fresh` says that the customer has no values yet: nothing needs clearing or overwriting.
 */
export function eavChanges(options: { fresh?: boolean } = {}): EavChanges {
  const sets = new Map<BackendType, [id: number, value: AttributeValue][]>();
  const clears = new Map<BackendType, number[]>();
  const into = <T>(map: Map<BackendType, T[]>, type: BackendType, item: T) => {
    const list = map.get(type);
    if (list === undefined) map.set(type, [item]);
    else list.push(item);
  };
  return {
    set: (attribute, value) => {
      if (attribute.backendType === 'static') return;
      if (value !== null) into(sets, attribute.backendType, [attribute.id, value]);
      else if (options.fresh !== true) into(clears, attribute.backendType, attribute.id);
    },
    write: async (tx, customerId) => {
      for (const type of backendTypes) {
        const values = sets.get(type);
        if (values !== undefined) await tx.run(upsert(tx, type, customerId, values, options.fresh === true));
        const cleared = clears.get(type);
        if (cleared !== undefined) await tx.run(clear(type, customerId, cleared));
      }
    },
  };
}

function upsert(
  tx: Transaction,
  type: BackendType,
  customerId: number,
  values: readonly [number, AttributeValue][],
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
