import {
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

/** Websites, store groups, store views, and the values of scoped configuration. */
export const storeTables: readonly Table[] = [
  table('store_website', {
    columns: [
      smallint('website_id', unsigned, identity),
      varchar('code', 32, nullable),
      varchar('name', 64, nullable),
      smallint('sort_order', unsigned, defaultTo(0)),
      smallint('default_group_id', unsigned, defaultTo(0)),
      smallint('is_default', unsigned, nullable, defaultTo(0)),
    ],
    primaryKey: ['website_id'],
    unique: [['code']],
    indexes: [['sort_order'], ['default_group_id']],
  }),
  table('store_group', {
    columns: [
      smallint('group_id', unsigned, identity),
      smallint('website_id', unsigned, defaultTo(0)),
      varchar('name', 255),
      int('root_category_id', unsigned, defaultTo(0)),
      smallint('default_store_id', unsigned, defaultTo(0)),
      varchar('code', 32, nullable),
    ],
    primaryKey: ['group_id'],
    unique: [['code']],
    indexes: [['website_id'], ['default_store_id']],
    foreignKeys: [reference('website_id', 'store_website.website_id', 'CASCADE')],
  }),
  table('store', {
    columns: [
      smallint('store_id', unsigned, identity),
      varchar('code', 32, nullable),
      smallint('website_id', unsigned, defaultTo(0)),
      smallint('group_id', unsigned, defaultTo(0)),
      varchar('name', 255),
      smallint('sort_order', unsigned, defaultTo(0)),
      smallint('is_active', unsigned, defaultTo(0)),
    ],
    primaryKey: ['store_id'],
    unique: [['code']],
    indexes: [['website_id'], ['is_active', 'sort_order'], ['group_id']],
    foreignKeys: [
      reference('group_id', 'store_group.group_id', 'CASCADE'),
      reference('website_id', 'store_website.website_id', 'CASCADE'),
    ],
  }),
  table('core_config_data', {
    columns: [
      int('config_id', unsigned, identity),
      varchar('scope', 8, defaultTo('default')),
      int('scope_id', defaultTo(0)),
      varchar('path', 255, defaultTo('general')),
      text('value', nullable),
      timestamp('updated_at', defaultNow, onUpdateNow),
    ],
    primaryKey: ['config_id'],
    unique: [['scope', 'scope_id', 'path']],
  }),
];
