import { decimal, defaultTo, identity, int, nullable, text, unsigned, varchar } from '../column.ts';
import { reference, type Table, table } from '../table.ts';

/** Countries, regions and currency rates. */
export const directoryTables: readonly Table[] = [
  table('directory_country', {
    columns: [varchar('country_id', 2), varchar('iso2_code', 2, nullable), varchar('iso3_code', 3, nullable)],
    primaryKey: ['country_id'],
  }),
  table('directory_country_format', {
    columns: [
      int('country_format_id', unsigned, identity),
      varchar('country_id', 2, nullable),
      varchar('type', 30, nullable),
      text('format'),
    ],
    primaryKey: ['country_format_id'],
    unique: [['country_id', 'type']],
  }),
  table('directory_country_region', {
    columns: [
      int('region_id', unsigned, identity),
      varchar('country_id', 4, defaultTo('0')),
      varchar('code', 32, nullable),
      varchar('default_name', 255, nullable),
    ],
    primaryKey: ['region_id'],
    indexes: [['country_id']],
  }),
  table('directory_country_region_name', {
    columns: [varchar('locale', 16), int('region_id', unsigned, defaultTo(0)), varchar('name', 255, nullable)],
    primaryKey: ['locale', 'region_id'],
    indexes: [['region_id']],
    foreignKeys: [reference('region_id', 'directory_country_region.region_id', 'CASCADE')],
  }),
  table('directory_currency_rate', {
    columns: [varchar('currency_from', 3), varchar('currency_to', 3), decimal('rate', 24, 12, defaultTo(0))],
    primaryKey: ['currency_from', 'currency_to'],
    indexes: [['currency_to']],
  }),
];
