import type { AttributeInput, BackendType, CustomerAttribute } from '../../customer/index.ts';

/** The value table that an input has unless another is asked for. */
export const usualType: Readonly<Record<AttributeInput, BackendType>> = {
  text: 'varchar',
  textarea: 'text',
  select: 'int',
  multiselect: 'varchar',
  boolean: 'int',
  date: 'datetime',
};

/** What people ask about a customer attribute before they map it. */
export const attributeSummary = (attribute: CustomerAttribute) => ({
  id: attribute.id,
  code: attribute.code,
  label: attribute.label,
  backendType: attribute.backendType,
  input: attribute.input,
  required: attribute.required,
  visible: attribute.visible,
  custom: attribute.userDefined,
  inGrid: attribute.usedInGrid,
  options: attribute.options,
});
