import type { CustomerAttribute, CustomerAttributes } from './attribute.ts';
import { createMissing } from './ensure.ts';
import type { MetadataCache } from './metadata.ts';

const fold = (label: string): string => label.trim().normalize('NFKC').toLowerCase();

const nothing: readonly CustomerAttribute[] = Object.freeze([]);

/** The service behind the token `CustomerAttributes`. */
export function makeCustomerAttributes(metadata: MetadataCache): CustomerAttributes {
  return {
    all: async (db) => (await metadata.get(db)).list,
    known: () => metadata.known()?.list ?? nothing,
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
    ensure: async (tx, definitions) => {
      const created = await createMissing(tx, definitions);
      if (created.length > 0) tx.afterCommit(() => metadata.expire());
      return created;
    },
  };
}
