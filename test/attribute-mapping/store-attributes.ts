import { type BackendType, backendKinds } from '../../modules/customer/attributes/attribute.ts';
import type { CustomerAttribute } from '../../modules/customer/index.ts';

let ids = 200;

/** An attribute as the store's people make one. */
export function custom(
  code: string,
  backendType: BackendType,
  more: Partial<CustomerAttribute> = {},
): CustomerAttribute {
  return {
    id: ids++,
    code,
    backendType,
    table: `customer_entity_${backendType}`,
    input: backendType === 'datetime' ? 'date' : 'text',
    source: null,
    kind: backendKinds[backendType],
    label: `The ${code}`,
    userDefined: true,
    visible: true,
    required: false,
    usedInGrid: false,
    options: [],
    ...more,
  };
}

/** A column of Magento's own. */
export const column = (code: string, more: Partial<CustomerAttribute> = {}): CustomerAttribute =>
  custom(code, 'varchar', { backendType: 'static', table: 'customer_entity', userDefined: false, ...more });

export const metals = [
  { id: 7, label: 'Gold' },
  { id: 5, label: 'Silver' },
  { id: 9, label: 'Straße' },
];

/** `gender` as Magento installs it. */
export const gender = column('gender', {
  kind: { is: 'int', min: 0, max: 65_535 },
  input: 'select',
  source: 'Magento\\Eav\\Model\\Entity\\Attribute\\Source\\Table',
  options: [
    { id: 1, label: 'Male' },
    { id: 2, label: 'Female' },
    { id: 3, label: 'Not Specified' },
  ],
});
