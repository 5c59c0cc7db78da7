import type { ConfigReader } from '../../../framework/index.ts';
import type { CustomerAttribute } from '../../attributes/attribute.ts';
import type { AttributeValue, CustomerState } from '../../customer.ts';
import type { addressSettings } from '../../settings.ts';
import type { CustomerOwner } from '../extension-points.ts';

export type FieldInput = 'text' | 'email' | 'number' | 'textarea' | 'select' | 'multiselect' | 'boolean' | 'date';

/** An attribute as the form shows it. */
export interface EditField {
  readonly code: string;
  readonly label: string;
  readonly input: FieldInput;
  readonly required: boolean;
  /** Value → words, for a select. */
  readonly options: readonly (readonly [string, string])[];
  /** What the row holds, as the form writes it. */
  readonly value: string;
  /** Why it can't be changed here. */
  readonly locked: string | undefined;
}

/** What is known of a store where its customers are edited. */
export interface EditSurroundings {
  readonly attributes: readonly CustomerAttribute[];
  readonly owner: CustomerOwner | undefined;
  readonly settings: ConfigReader<(typeof addressSettings)['fields']>;
  readonly groups: readonly (readonly [string, string])[];
  /** Store views of the customer's website: it can't belong to another. */
  readonly stores: readonly (readonly [string, string])[];
}

export interface EditFields {
  readonly account: readonly EditField[];
  readonly own: readonly EditField[];
  /** Why the subscription can't be changed here. */
  readonly newsletterLocked: string | undefined;
}

/** Stock attributes in Magento's order, with the setting that says whether the website asks for them. */
const stock = [
  ['prefix', 'prefix_show'],
  ['firstname', undefined],
  ['middlename', 'middlename_show'],
  ['lastname', undefined],
  ['suffix', 'suffix_show'],
  ['email', undefined],
  ['dob', 'dob_show'],
  ['taxvat', 'taxvat_show'],
  ['gender', 'gender_show'],
] as const;

/** Targets of mappings that are called otherwise than the column they lead to. */
const targets: Readonly<Record<string, string>> = { group_id: 'group', store_id: 'store_view' };

/** Why an attribute can't be changed here; undefined where it can. */
export const ownedBy = (owner: CustomerOwner | undefined, code: string): string | undefined =>
  owner && (owner.owns.has(code) || owner.owns.has(targets[code] ?? code))
    ? `Owned by ${owner.name}: it is changed there.`
    : undefined;

const dates: ReadonlySet<string> = new Set(['date', 'datetime']);
const table = 'Source\\Table';

/** What the row holds, as a form shows it. */
export function formText(value: AttributeValue | undefined, input: FieldInput): string {
  if (value === null || value === undefined) return '';
  return input === 'date' ? String(value).slice(0, 10) : String(value);
}

/** How an attribute is asked for; undefined for uploads and choices that only PHP knows. */
export function inputOf({ input, source, kind }: CustomerAttribute): FieldInput | undefined {
  if (input === 'boolean') return 'boolean';
  if (input === 'select' || input === 'multiselect')
    return source === null || source.endsWith(table)
      ? input
      : source.endsWith('Source\\Boolean')
        ? 'boolean'
        : undefined;
  if (dates.has(input)) return 'date';
  if (input === 'textarea') return 'textarea';
  if (input !== 'text') return undefined;
  return kind?.is === 'int' || kind?.is === 'decimal' ? 'number' : 'text';
}

const yesNo = [
  ['1', 'Yes'],
  ['0', 'No'],
] as const;

/** The fields of a customer's form: account data first, then the store's own attributes. */
export async function editFields({ attributes: values }: CustomerState, around: EditSurroundings): Promise<EditFields> {
  const known = new Map(around.attributes.map((attribute) => [attribute.code, attribute]));
  const website = { website: Number(values.website_id ?? 0) };
  const make = (code: string, label: string, input: FieldInput, more: Partial<EditField> = {}): EditField => ({
    code,
    label,
    input,
    required: false,
    options: input === 'boolean' ? yesNo : [],
    value: formText(values[code], input),
    locked: ownedBy(around.owner, code),
    ...more,
  });

  const account: EditField[] = [];
  for (const [code, setting] of stock) {
    const asked: string | boolean = setting === undefined ? 'req' : await around.settings.get(setting, website);
    const attribute = known.get(code);
    if (!asked && (values[code] ?? null) === null) continue;
    const input = code === 'email' ? 'email' : code === 'dob' ? 'date' : code === 'gender' ? 'select' : 'text';
    const options = (attribute?.options ?? []).map(({ id, label }) => [String(id), label] as const);
    const required = asked === 'req' || (setting === undefined && code !== 'email');
    account.push(make(code, attribute?.label || code, input, { required, options }));
  }
  account.push(
    make('group_id', 'Group', 'select', { required: true, options: around.groups }),
    make('disable_auto_group_change', 'Disable Automatic Group Change Based on VAT ID', 'boolean', { required: true }),
    make('store_id', 'Store View', 'select', { required: true, options: around.stores }),
  );

  const own = around.attributes
    .filter(({ userDefined, visible, backendType, kind }) => userDefined && visible && backendType !== 'static' && kind)
    .map((attribute): EditField => {
      const input = inputOf(attribute);
      const options =
        input === 'boolean' ? yesNo : attribute.options.map(({ id, label }) => [String(id), label] as const);
      const made = make(attribute.code, attribute.label || attribute.code, input ?? 'text', {
        required: attribute.required,
        options,
      });
      return input ? made : { ...made, locked: made.locked ?? 'Only Magento itself can edit this kind of attribute.' };
    });
  return { account, own, newsletterLocked: ownedBy(around.owner, 'newsletter') };
}
