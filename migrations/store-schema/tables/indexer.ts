import { bigint, datetime, defaultTo, identity, int, nullable, unsigned, varchar } from '../column.ts';
import { type Table, table } from '../table.ts';

/** State of Magento's indexers and of their materialised views. */
export const indexerTables: readonly Table[] = [
  table('indexer_state', {
    columns: [
      int('state_id', unsigned, identity),
      varchar('indexer_id', 255, nullable),
      varchar('status', 16, nullable, defaultTo('invalid')),
      datetime('updated', nullable),
      varchar('hash_config', 32),
    ],
    primaryKey: ['state_id'],
    indexes: [['indexer_id']],
  }),
  table('mview_state', {
    columns: [
      int('state_id', unsigned, identity),
      varchar('view_id', 255, nullable),
      varchar('mode', 16, nullable, defaultTo('disabled')),
      varchar('status', 16, nullable, defaultTo('idle')),
      datetime('updated', nullable),
      bigint('version_id', unsigned, nullable),
    ],
    primaryKey: ['state_id'],
    indexes: [['view_id'], ['mode']],
  }),
];
