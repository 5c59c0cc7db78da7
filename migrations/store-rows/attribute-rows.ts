import { addressAttributes } from './address-attributes.ts';
import { customerAttributes } from './customer-attributes.ts';
import { entityTypeRows } from './entity-types.ts';
import type { Rows } from './insert-missing.ts';
import type { StockAttribute } from './stock-attribute.ts';

const flag = (value: boolean | undefined): 0 | 1 => (value ? 1 : 0);

const attribute = (entityType: number, it: StockAttribute) => ({
  attribute_id: it.id,
  entity_type_id: entityType,
  attribute_code: it.code,
  backend_model: it.backend ?? null,
  backend_type: 'static',
  frontend_model: it.frontend ?? null,
  frontend_input: it.input,
  frontend_label: it.label ?? null,
  source_model: it.source ?? null,
  is_required: flag(it.required),
  is_user_defined: 0,
  is_unique: 0,
});

const customerAttribute = (it: StockAttribute) => ({
  attribute_id: it.id,
  is_visible: flag(it.visible),
  input_filter: it.filter ?? null,
  multiline_count: it.lines ?? 0,
  validate_rules: it.rules ?? null,
  is_system: flag(it.system),
  sort_order: it.sortOrder ?? 0,
  data_model: it.dataModel ?? null,
  is_used_in_grid: flag(it.grid !== undefined),
  is_visible_in_grid: flag(it.grid?.includes('visible')),
  is_filterable_in_grid: flag(it.grid?.includes('filterable')),
  is_searchable_in_grid: flag(it.grid?.includes('searchable')),
  grid_filter_condition_type: 0,
});

/** Both entity types have one set with one group, and all three carry the same id. */
function inSet(entityType: number, attributes: readonly StockAttribute[]) {
  let last = 0;
  return attributes.map(({ id, setOrder = last + 1 }) => {
    last = Math.max(last, setOrder);
    return {
      entity_attribute_id: id,
      entity_type_id: entityType,
      attribute_set_id: entityType,
      attribute_group_id: entityType,
      attribute_id: id,
      sort_order: setOrder,
    };
  });
}

const all = [...customerAttributes, ...addressAttributes];
const gender = customerAttributes.find(({ code }) => code === 'gender')?.id ?? 0;
const genders = ['Male', 'Female', 'Not Specified'] as const;
const genderOrder = [0, 1, 3] as const;

/** Entity types, their attributes with all that hangs on them, and the options of gender. */
export const attributeRows: readonly Rows[] = [
  ...entityTypeRows,
  {
    table: 'eav_attribute',
    rows: [...customerAttributes.map((it) => attribute(1, it)), ...addressAttributes.map((it) => attribute(2, it))],
  },
  { table: 'customer_eav_attribute', rows: all.map(customerAttribute) },
  { table: 'eav_entity_attribute', rows: [...inSet(1, customerAttributes), ...inSet(2, addressAttributes)] },
  {
    table: 'customer_form_attribute',
    rows: all.flatMap(({ id, forms = [] }) => forms.map((form) => ({ form_code: form, attribute_id: id }))),
  },
  {
    table: 'eav_attribute_option',
    rows: genderOrder.map((order, i) => ({ option_id: i + 1, attribute_id: gender, sort_order: order })),
  },
  {
    table: 'eav_attribute_option_value',
    rows: genders.map((value, i) => ({ value_id: i + 1, option_id: i + 1, store_id: 0, value })),
  },
];
