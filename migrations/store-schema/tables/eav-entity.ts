import {
  datetime,
  decimal,
  defaultNow,
  defaultTo,
  identity,
  int,
  nullable,
  onUpdateNow,
  smallint,
  text,
  timestamp,
  unsigned,
  varchar,
} from '../column.ts';
import { reference, type Table, table } from '../table.ts';

/** EAV's own entities, which the store's modules do not use, and the counters of increment ids, which customers do. */
export const eavEntityTables: readonly Table[] = [
  table('eav_entity_store', {
    columns: [
      int('entity_store_id', unsigned, identity),
      smallint('entity_type_id', unsigned, defaultTo(0)),
      smallint('store_id', unsigned, defaultTo(0)),
      varchar('increment_prefix', 20, nullable),
      varchar('increment_last_id', 50, nullable),
    ],
    primaryKey: ['entity_store_id'],
    indexes: [['entity_type_id'], ['store_id']],
    foreignKeys: [
      reference('entity_type_id', 'eav_entity_type.entity_type_id', 'CASCADE'),
      reference('store_id', 'store.store_id', 'CASCADE'),
    ],
  }),
  table('eav_entity', {
    columns: [
      int('entity_id', unsigned, identity),
      smallint('entity_type_id', unsigned, defaultTo(0)),
      smallint('attribute_set_id', unsigned, defaultTo(0)),
      varchar('increment_id', 50, nullable),
      int('parent_id', unsigned, defaultTo(0)),
      smallint('store_id', unsigned, defaultTo(0)),
      timestamp('created_at', defaultNow),
      timestamp('updated_at', defaultNow, onUpdateNow),
      smallint('is_active', unsigned, defaultTo(1)),
    ],
    primaryKey: ['entity_id'],
    indexes: [['entity_type_id'], ['store_id']],
    foreignKeys: [
      reference('entity_type_id', 'eav_entity_type.entity_type_id', 'CASCADE'),
      reference('store_id', 'store.store_id', 'CASCADE'),
    ],
  }),
  table('eav_entity_datetime', {
    columns: [
      int('value_id', identity),
      smallint('entity_type_id', unsigned, defaultTo(0)),
      smallint('attribute_id', unsigned, defaultTo(0)),
      smallint('store_id', unsigned, defaultTo(0)),
      int('entity_id', unsigned, defaultTo(0)),
      datetime('value', nullable),
    ],
    primaryKey: ['value_id'],
    unique: [['entity_id', 'attribute_id', 'store_id']],
    indexes: [['store_id'], ['attribute_id', 'value'], ['entity_type_id', 'value']],
    foreignKeys: [
      reference('entity_id', 'eav_entity.entity_id', 'CASCADE'),
      reference('entity_type_id', 'eav_entity_type.entity_type_id', 'CASCADE'),
      reference('store_id', 'store.store_id', 'CASCADE'),
    ],
  }),
  table('eav_entity_decimal', {
    columns: [
      int('value_id', identity),
      smallint('entity_type_id', unsigned, defaultTo(0)),
      smallint('attribute_id', unsigned, defaultTo(0)),
      smallint('store_id', unsigned, defaultTo(0)),
      int('entity_id', unsigned, defaultTo(0)),
      decimal('value', 12, 4, defaultTo(0)),
    ],
    primaryKey: ['value_id'],
    unique: [['entity_id', 'attribute_id', 'store_id']],
    indexes: [['store_id'], ['attribute_id', 'value'], ['entity_type_id', 'value']],
    foreignKeys: [
      reference('entity_id', 'eav_entity.entity_id', 'CASCADE'),
      reference('entity_type_id', 'eav_entity_type.entity_type_id', 'CASCADE'),
      reference('store_id', 'store.store_id', 'CASCADE'),
    ],
  }),
  table('eav_entity_int', {
    columns: [
      int('value_id', identity),
      smallint('entity_type_id', unsigned, defaultTo(0)),
      smallint('attribute_id', unsigned, defaultTo(0)),
      smallint('store_id', unsigned, defaultTo(0)),
      int('entity_id', unsigned, defaultTo(0)),
      int('value', defaultTo(0)),
    ],
    primaryKey: ['value_id'],
    unique: [['entity_id', 'attribute_id', 'store_id']],
    indexes: [['store_id'], ['attribute_id', 'value'], ['entity_type_id', 'value']],
    foreignKeys: [
      reference('entity_id', 'eav_entity.entity_id', 'CASCADE'),
      reference('entity_type_id', 'eav_entity_type.entity_type_id', 'CASCADE'),
      reference('store_id', 'store.store_id', 'CASCADE'),
    ],
  }),
  table('eav_entity_text', {
    columns: [
      int('value_id', identity),
      smallint('entity_type_id', unsigned, defaultTo(0)),
      smallint('attribute_id', unsigned, defaultTo(0)),
      smallint('store_id', unsigned, defaultTo(0)),
      int('entity_id', unsigned, defaultTo(0)),
      text('value'),
    ],
    primaryKey: ['value_id'],
    unique: [['entity_id', 'attribute_id', 'store_id']],
    indexes: [['entity_type_id'], ['attribute_id'], ['store_id']],
    foreignKeys: [
      reference('entity_id', 'eav_entity.entity_id', 'CASCADE'),
      reference('entity_type_id', 'eav_entity_type.entity_type_id', 'CASCADE'),
      reference('store_id', 'store.store_id', 'CASCADE'),
    ],
  }),
  table('eav_entity_varchar', {
    columns: [
      int('value_id', identity),
      smallint('entity_type_id', unsigned, defaultTo(0)),
      smallint('attribute_id', unsigned, defaultTo(0)),
      smallint('store_id', unsigned, defaultTo(0)),
      int('entity_id', unsigned, defaultTo(0)),
      varchar('value', 255, nullable),
    ],
    primaryKey: ['value_id'],
    unique: [['entity_id', 'attribute_id', 'store_id']],
    indexes: [['store_id'], ['attribute_id', 'value'], ['entity_type_id', 'value']],
    foreignKeys: [
      reference('entity_id', 'eav_entity.entity_id', 'CASCADE'),
      reference('entity_type_id', 'eav_entity_type.entity_type_id', 'CASCADE'),
      reference('store_id', 'store.store_id', 'CASCADE'),
    ],
  }),
];
