import {
  defaultNow,
  defaultTo,
  identity,
  int,
  mediumtext,
  nullable,
  onUpdateNow,
  smallint,
  timestamp,
  unsigned,
  varchar,
} from '../column.ts';
import { type Table, table } from '../table.ts';

/** What Magento's own set-up notes about itself. */
export const setupTables: readonly Table[] = [
  table('patch_list', {
    columns: [int('patch_id', identity), varchar('patch_name', 1024)],
    primaryKey: ['patch_id'],
  }),
  table('setup_module', {
    columns: [varchar('module', 50), varchar('schema_version', 50, nullable), varchar('data_version', 50, nullable)],
    primaryKey: ['module'],
  }),
  table('flag', {
    columns: [
      int('flag_id', unsigned, identity),
      varchar('flag_code', 255),
      smallint('state', unsigned, defaultTo(0)),
      mediumtext('flag_data', nullable),
      timestamp('last_update', defaultNow, onUpdateNow),
    ],
    primaryKey: ['flag_id'],
    indexes: [['last_update']],
  }),
];
