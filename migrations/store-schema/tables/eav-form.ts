import { defaultTo, identity, int, nullable, smallint, unsigned, varchar } from '../column.ts';
import { reference, type Table, table } from '../table.ts';

/** Forms made of attributes, per store view. */
export const eavFormTables: readonly Table[] = [
  table('eav_form_type', {
    columns: [
      smallint('type_id', unsigned, identity),
      varchar('code', 64),
      varchar('label', 255),
      smallint('is_system', unsigned, defaultTo(0)),
      varchar('theme', 64, nullable),
      smallint('store_id', unsigned),
    ],
    primaryKey: ['type_id'],
    unique: [['code', 'theme', 'store_id']],
    indexes: [['store_id']],
    foreignKeys: [reference('store_id', 'store.store_id', 'CASCADE')],
  }),
  table('eav_form_type_entity', {
    columns: [smallint('type_id', unsigned), smallint('entity_type_id', unsigned)],
    primaryKey: ['type_id', 'entity_type_id'],
    indexes: [['entity_type_id']],
    foreignKeys: [
      reference('entity_type_id', 'eav_entity_type.entity_type_id', 'CASCADE'),
      reference('type_id', 'eav_form_type.type_id', 'CASCADE'),
    ],
  }),
  table('eav_form_fieldset', {
    columns: [
      smallint('fieldset_id', unsigned, identity),
      smallint('type_id', unsigned),
      varchar('code', 64),
      int('sort_order', defaultTo(0)),
    ],
    primaryKey: ['fieldset_id'],
    unique: [['type_id', 'code']],
    foreignKeys: [reference('type_id', 'eav_form_type.type_id', 'CASCADE')],
  }),
  table('eav_form_fieldset_label', {
    columns: [smallint('fieldset_id', unsigned), smallint('store_id', unsigned), varchar('label', 255)],
    primaryKey: ['fieldset_id', 'store_id'],
    indexes: [['store_id']],
    foreignKeys: [
      reference('fieldset_id', 'eav_form_fieldset.fieldset_id', 'CASCADE'),
      reference('store_id', 'store.store_id', 'CASCADE'),
    ],
  }),
  table('eav_form_element', {
    columns: [
      int('element_id', unsigned, identity),
      smallint('type_id', unsigned),
      smallint('fieldset_id', unsigned, nullable),
      smallint('attribute_id', unsigned),
      int('sort_order', defaultTo(0)),
    ],
    primaryKey: ['element_id'],
    unique: [['type_id', 'attribute_id']],
    indexes: [['fieldset_id'], ['attribute_id']],
    foreignKeys: [
      reference('attribute_id', 'eav_attribute.attribute_id', 'CASCADE'),
      reference('fieldset_id', 'eav_form_fieldset.fieldset_id', 'SET NULL'),
      reference('type_id', 'eav_form_type.type_id', 'CASCADE'),
    ],
  }),
];
