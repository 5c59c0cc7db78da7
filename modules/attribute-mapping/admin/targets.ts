import { titleOf } from '../../admin/index.ts';
import type { CustomerAttribute } from '../../customer/index.ts';
import { addressFields, customerColumns, specialTargets } from '../document/target.ts';

export interface TargetChoice {
  readonly target: string;
  /** As people call it, with the type of what it holds. */
  readonly label: string;
}

export interface TargetGroup {
  readonly label: string;
  readonly choices: readonly TargetChoice[];
}

const columnLabels: Readonly<Record<string, string>> = {
  email: 'E-mail',
  firstname: 'First name',
  lastname: 'Last name',
  middlename: 'Middle name',
  prefix: 'Name prefix',
  suffix: 'Name suffix',
  is_active: 'Active (yes/no)',
  dob: 'Date of birth (day)',
  gender: 'Gender (choice by label)',
  taxvat: 'Tax/VAT number',
};
const fieldLabels: Readonly<Record<string, string>> = { country_id: 'country (two letters)', vat_id: 'VAT number' };
const specialLabels: Readonly<Record<string, string>> = {
  group: 'Customer group (code or id)',
  newsletter: 'Newsletter subscription (yes/no)',
  store_view: 'Store view (code or id)',
  website: 'Website (code or id)',
  password: 'Password (where the connection takes them)',
};

const inputTypes: Readonly<Record<string, string>> = {
  boolean: 'yes/no',
  select: 'choice by label',
  multiselect: 'choices by label',
  date: 'day',
  datetime: 'time',
};
const backendTypes: Readonly<Record<string, string>> = { int: 'whole number', decimal: 'number', datetime: 'time' };

const typeOf = ({ input, backendType }: CustomerAttribute): string =>
  inputTypes[input] ?? backendTypes[backendType] ?? 'text';

/** The names that mean something else without `customer.` before them. */
const taken: ReadonlySet<string> = new Set(specialTargets);

const addressGroup = (label: string, prefix: string): TargetGroup => ({
  label,
  choices: [...addressFields.keys()].map((field) => ({
    target: `${prefix}.${field}`,
    label: `${label.split(' ')[0]} ${fieldLabels[field] ?? titleOf(field).toLowerCase()}`,
  })),
});

/** Everything that a row can lead to in this store, in groups. */
export function targetGroups(attributes: readonly CustomerAttribute[]): readonly TargetGroup[] {
  const own = attributes.filter(({ code, userDefined }) => userDefined && !customerColumns.has(code));
  return [
    {
      label: 'Customer',
      choices: [...customerColumns.keys()].map((code) => ({
        target: code,
        label: columnLabels[code] ?? titleOf(code),
      })),
    },
    {
      label: 'Custom attributes',
      choices: own.map((attribute) => ({
        target: taken.has(attribute.code) ? `customer.${attribute.code}` : attribute.code,
        label: `${attribute.label || attribute.code} (${typeOf(attribute)})`,
      })),
    },
    addressGroup('Address (default billing and shipping)', 'address'),
    addressGroup('Billing address only', 'billing'),
    addressGroup('Shipping address only', 'shipping'),
    {
      label: 'Store',
      choices: specialTargets.map((target) => ({ target, label: specialLabels[target] ?? target })),
    },
  ].filter(({ choices }) => choices.length > 0);
}

/** What people call a target; its name where this store does not know it. */
export function targetLabel(groups: readonly TargetGroup[], target: string): string {
  for (const { choices } of groups) {
    const found = choices.find((choice) => choice.target === target);
    if (found) return found.label;
  }
  return target;
}
