import type { AttributeValue, CustomerAttribute, CustomerState } from '../../customer/index.ts';

/** A custom attribute as BigCommerce's V3 API shows it: by its number, as text. */
export interface StoreAttribute {
  readonly attribute_id: number;
  readonly attribute_value: string;
  readonly customer_id: number;
}

/** The same by its name, as a field of the sign-up form. */
export interface StoreFormField {
  readonly name: string;
  readonly value: string | readonly string[];
  readonly customer_id: number;
}

/** Attributes of the store's own making: what has a column of the customer is said by BigCommerce's own fields. */
const customOf = (attributes: readonly CustomerAttribute[]): readonly CustomerAttribute[] =>
  attributes.filter(({ backendType, userDefined, visible }) => backendType !== 'static' && (userDefined || visible));

/** Choices by their labels: their ids mean nothing outside the store. */
function shownValue({ input, options }: CustomerAttribute, value: AttributeValue): string | readonly string[] {
  const labelOf = (id: string) => options.find((option) => String(option.id) === id)?.label ?? id;
  if (input === 'multiselect')
    return String(value)
      .split(',')
      .map((id) => labelOf(id.trim()));
  return input === 'select' ? labelOf(String(value)) : String(value);
}

/** The custom attributes that a customer has, in both forms. */
export function customAttributesOf(
  { id, attributes: values }: CustomerState,
  attributes: readonly CustomerAttribute[],
): { readonly attributes: readonly StoreAttribute[]; readonly form_fields: readonly StoreFormField[] } {
  const present = customOf(attributes).flatMap((attribute) => {
    const value = values[attribute.code] ?? null;
    return value === null ? [] : [{ attribute, value: shownValue(attribute, value) }];
  });
  return {
    attributes: present.map(({ attribute, value }) => ({
      attribute_id: attribute.id,
      attribute_value: typeof value === 'string' ? value : value.join(','),
      customer_id: id,
    })),
    form_fields: present.map(({ attribute, value }) => ({ name: attribute.code, value, customer_id: id })),
  };
}
