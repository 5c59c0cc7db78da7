import type { CustomerAttribute, CustomerAttributes } from './attribute.ts';
import { createAttribute } from './create.ts';
import { foldLabel as fold } from './definition.ts';
import { createMissing } from './ensure.ts';
import type { MetadataCache } from './metadata.ts';

const nothing: readonly CustomerAttribute[] = Object.freeze([]);

/** The service behind the token `CustomerAttributes`. */
export function makeCustomerAttributes(metadata: MetadataCache): CustomerAttributes {
  return {
    all: async (db) => (await metadata.get(db)).list,
    seenBy: async (tx) => (await metadata.asSeenBy(tx)).list,
    known: () => metadata.known()?.list ?? nothing,
    expire: () => metadata.expire(),
    byCode: async (db, code) => (await metadata.get(db)).attributes.get(code),
    optionId: async (db, code, label) => {
      const wanted = fold(label);
      const options = (await metadata.get(db)).attributes.get(code)?.options ?? [];
      return options.find((option) => fold(option.label) === wanted)?.id;
    },
    optionLabel: async (db, code, id) => {
      const options = (await metadata.get(db)).attributes.get(code)?.options ?? [];
      return options.find((option) => option.id === id)?.label;
    },
    ensure: async (tx, definitions, { differing = 'refused' } = {}) => {
      const created = await createMissing(tx, definitions, differing);
      if (created.length > 0) tx.afterCommit(() => metadata.expire());
      return created;
    },
    create: async (tx, definition, now) => {
      await createAttribute(tx, definition, now);
      tx.afterCommit(() => metadata.expire());
      const made = (await metadata.asSeenBy(tx)).attributes.get(definition.code);
      if (made === undefined) throw new Error(`The attribute ${definition.code} is not there after it was created.`);
      return made;
    },
  };
}
