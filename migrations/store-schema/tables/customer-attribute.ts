import { defaultTo, int, nullable, smallint, text, unsigned, varchar } from '../column.ts';
import { reference, type Table, table } from '../table.ts';

/** What customer and address attributes say beyond `eav_attribute`: validation, grid, forms, per website. */
export const customerAttributeTables: readonly Table[] = [
  table('customer_eav_attribute', {
    columns: [
      smallint('attribute_id', unsigned),
      smallint('is_visible', unsigned, defaultTo(1)),
      varchar('input_filter', 255, nullable),
      smallint('multiline_count', unsigned, defaultTo(1)),
      text('validate_rules', nullable),
      smallint('is_system', unsigned, defaultTo(0)),
      int('sort_order', unsigned, defaultTo(0)),
      varchar('data_model', 255, nullable),
      smallint('is_used_in_grid', unsigned, defaultTo(0)),
      smallint('is_visible_in_grid', unsigned, defaultTo(0)),
      smallint('is_filterable_in_grid', unsigned, defaultTo(0)),
      smallint('is_searchable_in_grid', unsigned, defaultTo(0)),
      smallint('grid_filter_condition_type', unsigned, defaultTo(0)),
    ],
    primaryKey: ['attribute_id'],
    indexes: [['sort_order']],
    foreignKeys: [reference('attribute_id', 'eav_attribute.attribute_id', 'CASCADE')],
  }),
  table('customer_eav_attribute_website', {
    columns: [
      smallint('attribute_id', unsigned),
      smallint('website_id', unsigned),
      smallint('is_visible', unsigned, nullable),
      smallint('is_required', unsigned, nullable),
      text('default_value', nullable),
      smallint('multiline_count', unsigned, nullable),
    ],
    primaryKey: ['attribute_id', 'website_id'],
    indexes: [['website_id']],
    foreignKeys: [
      reference('attribute_id', 'eav_attribute.attribute_id', 'CASCADE'),
      reference('website_id', 'store_website.website_id', 'CASCADE'),
    ],
  }),
  table('customer_form_attribute', {
    columns: [varchar('form_code', 32), smallint('attribute_id', unsigned)],
    primaryKey: ['form_code', 'attribute_id'],
    indexes: [['attribute_id']],
    foreignKeys: [reference('attribute_id', 'eav_attribute.attribute_id', 'CASCADE')],
  }),
];
