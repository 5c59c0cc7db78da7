import type { CustomerAttribute, CustomerAttributes } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { parseTarget } from '../document/target.ts';
import { type CustomAttribute, customAttributes } from '../preset/custom-attributes.ts';

/** As it will be once it is made. */
const asMade = ({ code, label, backendType }: CustomAttribute): CustomerAttribute => ({
  id: 0,
  code,
  backendType,
  table: `customer_entity_${backendType}`,
  input: 'text',
  source: null,
  kind: { is: 'text', max: 255 },
  label,
  userDefined: true,
  visible: true,
  required: false,
  usedInGrid: false,
  options: [],
});

/**
 * The attributes that presets lead to and the store lacks yet. They are made when the host first starts, or with the first
 * document that is published before, so that what a command line exports can be imported at once.
 */
export const missingUsual = (known: readonly CustomerAttribute[]): readonly CustomerAttribute[] => {
  const codes = new Set(known.map(({ code }) => code));
  return customAttributes.filter(({ code }) => !codes.has(code)).map(asMade);
};

/** Makes those of them that a document leads to. */
export async function makeUsual(tx: Transaction, attributes: CustomerAttributes, document: MappingDocument) {
  const missing = new Set(missingUsual(await attributes.all(tx)).map(({ code }) => code));
  if (missing.size === 0) return;
  const targets = new Set(
    document.rows.map(({ target }) => {
      const parsed = parseTarget(target);
      return parsed?.kind === 'attribute' ? parsed.code : undefined;
    }),
  );
  const wanted = customAttributes.filter(({ code }) => missing.has(code) && targets.has(code));
  if (wanted.length > 0) await attributes.ensure(tx, wanted);
}
