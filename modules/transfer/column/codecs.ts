import type { CustomerAttribute } from '../../customer/index.ts';
import { multiselectCodec, selectCodec } from './choice.ts';
import { type Codec, plainCodec } from './codec.ts';
import { numberFlag, wordFlag } from './flag.ts';
import { dayCodec, momentCodec } from './moment.ts';

/** Stock attributes that a file may hold; `group_id`, `store_id` and the like are read with the store's own lists. */
const stock: ReadonlySet<string> = new Set([
  'confirmation',
  'created_in',
  'disable_auto_group_change',
  'dob',
  'email',
  'firstname',
  'gender',
  'lastname',
  'middlename',
  'prefix',
  'suffix',
  'taxvat',
]);

/** Attributes of the store's own, which have a value table. */
const isCustom = ({ backendType, kind }: CustomerAttribute): boolean => backendType !== 'static' && kind !== undefined;

/** How each attribute of customers stands in a file, by its code; custom attributes after the stock ones. */
export function attributeCodecs(attributes: readonly CustomerAttribute[]): ReadonlyMap<string, Codec> {
  const codecs = new Map<string, Codec>([['created_in', plainCodec('created_in', { is: 'text', max: 255 })]]);
  const wanted = attributes.filter((attribute) => stock.has(attribute.code));
  for (const attribute of [...wanted, ...attributes.filter(isCustom)]) {
    const codec = codecOf(attribute);
    if (codec) codecs.set(attribute.code, codec);
  }
  return codecs;
}

/** Codes of the store's own attributes, in the order of their ids. */
export const customCodes = (attributes: readonly CustomerAttribute[]): readonly string[] =>
  attributes
    .filter(isCustom)
    .sort((a, b) => a.id - b.id)
    .map(({ code }) => code);

function codecOf({ code, input, source, kind, options }: CustomerAttribute): Codec | undefined {
  if (kind === undefined) return undefined;
  if (code === 'disable_auto_group_change') return numberFlag;
  if (source?.endsWith('Source\\Boolean') === true) return wordFlag;
  if (input === 'boolean') return numberFlag;
  // Choices that only PHP knows stand in a file as in the row.
  const listed = source === null || source.endsWith('Source\\Table');
  if (input === 'select' && listed) return selectCodec(code, kind, options);
  if (input === 'multiselect' && listed) return multiselectCodec(code, kind, options);
  if (kind.is === 'date') return dayCodec;
  if (kind.is === 'datetime') return momentCodec;
  return plainCodec(code, kind);
}
