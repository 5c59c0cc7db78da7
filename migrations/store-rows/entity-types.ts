import type { Rows } from './insert-missing.ts';

const shared = {
  attribute_model: 'Magento\\Customer\\Model\\Attribute',
  value_table_prefix: null,
  entity_id_field: null,
  is_data_sharing: 1,
  data_sharing_key: 'default',
  increment_per_store: 0,
  increment_pad_length: 8,
  increment_pad_char: '0',
  additional_attribute_table: 'customer_eav_attribute',
};

const set = (id: number) => ({
  attribute_set_id: id,
  entity_type_id: id,
  attribute_set_name: 'Default',
  sort_order: 2,
});

const group = (id: number) => ({
  attribute_group_id: id,
  attribute_set_id: id,
  attribute_group_name: 'General',
  sort_order: 1,
  default_id: 1,
  attribute_group_code: 'general',
});

/** The two entity types of customers, each with its one attribute set and group. */
export const entityTypeRows: readonly Rows[] = [
  {
    table: 'eav_entity_type',
    rows: [
      {
        entity_type_id: 1,
        entity_type_code: 'customer',
        entity_model: 'Magento\\Customer\\Model\\ResourceModel\\Customer',
        entity_table: 'customer_entity',
        default_attribute_set_id: 1,
        increment_model: 'Magento\\Eav\\Model\\Entity\\Increment\\NumericValue',
        entity_attribute_collection: 'Magento\\Customer\\Model\\ResourceModel\\Attribute\\Collection',
        ...shared,
      },
      {
        entity_type_id: 2,
        entity_type_code: 'customer_address',
        entity_model: 'Magento\\Customer\\Model\\ResourceModel\\Address',
        entity_table: 'customer_address_entity',
        default_attribute_set_id: 2,
        increment_model: null,
        entity_attribute_collection: 'Magento\\Customer\\Model\\ResourceModel\\Address\\Attribute\\Collection',
        ...shared,
      },
    ],
  },
  { table: 'eav_attribute_set', rows: [set(1), set(2)] },
  { table: 'eav_attribute_group', rows: [group(1), group(2)] },
];
