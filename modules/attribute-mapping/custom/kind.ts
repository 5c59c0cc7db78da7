import type { CustomerAttribute } from '../../customer/index.ts';

/** How a custom attribute crosses between SCIM and the customer's row. */
export type CustomKind = 'text' | 'integer' | 'decimal' | 'boolean' | 'day' | 'time' | 'choice' | 'choices';

/** Columns of Magento's own that say something about the person and that no default rule maps. */
const stock: ReadonlySet<string> = new Set(['dob', 'gender', 'taxvat']);

/** Inputs whose values are not a client's to know or to choose: paths of uploads, and what no form ever shows. */
const unfit: ReadonlySet<string> = new Set(['file', 'image', 'media_image', 'gallery', 'hidden']);

/** Names of members that would reach an object's prototype. */
const forbidden: ReadonlySet<string> = new Set(['constructor', 'prototype']);

/** Whether identity providers may read and write an attribute: one made by the store's people, or a stock one in use. */
export const isOffered = ({ code, userDefined, visible }: CustomerAttribute): boolean =>
  (userDefined || (visible && stock.has(code))) && !forbidden.has(code);

const isTable = (source: string | null): boolean => !source || /(\\source\\|_source_)table$/i.test(source);
const isBoolean = (source: string | null): boolean => /(\\source\\|_source_)boolean$/i.test(source ?? '');

/** What an attribute holds; undefined where the store's PHP alone knows, as with the choices of a source model. */
export function kindOf({ input, source, kind }: CustomerAttribute): CustomKind | undefined {
  if (kind === undefined || unfit.has(input)) return undefined;
  if (input === 'boolean' || isBoolean(source)) return kind.is === 'int' || kind.is === 'text' ? 'boolean' : undefined;
  if (input === 'multiselect') return kind.is === 'text' && isTable(source) ? 'choices' : undefined;
  if (input === 'select' || source) return isTable(source) ? 'choice' : undefined;
  switch (kind.is) {
    case 'text':
      return 'text';
    case 'int':
      return 'integer';
    case 'decimal':
      return 'decimal';
    case 'date':
      return 'day';
    case 'datetime':
      return input === 'date' ? 'day' : 'time';
  }
}
