import { declaredTables } from '../../migrations/magento-facts.ts';
import { insertText } from './rows.ts';

/** Up to 2.4.7 the grid is updated on save: its view is a dummy without triggers. */
export const onSave = (prefix: string): readonly string[] => [
  insertText(`${prefix}indexer_state`, [
    { state_id: 1, indexer_id: 'design_config_grid', status: 'valid', hash_config: 'x' },
    { state_id: 2, indexer_id: 'customer_grid', status: 'valid', hash_config: 'y' },
  ]),
  insertText(`${prefix}mview_state`, [
    { state_id: 1, view_id: 'customer_dummy', mode: 'disabled', status: 'idle', version_id: 0 },
  ]),
];

/** What the view of the grid is subscribed to, and by which column; texts of custom attributes are not among it. */
const subscriptions = {
  customer_entity: 'entity_id',
  customer_entity_datetime: 'entity_id',
  customer_entity_decimal: 'entity_id',
  customer_entity_int: 'entity_id',
  customer_address_entity: 'parent_id',
} as const;

function triggers(prefix: string, table: keyof typeof subscriptions): readonly string[] {
  const log = (row: string): string =>
    `INSERT IGNORE INTO \`${prefix}customer_grid_flat_cl\` (\`entity_id\`) VALUES (${row}.\`${subscriptions[table]}\`);`;
  const watched = declaredTables[table]?.columns.filter(({ name }) => name !== 'updated_at') ?? [];
  const changed = watched.map(({ name }) => `NOT(NEW.\`${name}\` <=> OLD.\`${name}\`)`).join(' OR ');
  const made = (event: string, body: string): string =>
    `CREATE TRIGGER \`trg_${prefix}${table}_after_${event}\` AFTER ${event} ON \`${prefix}${table}\` FOR EACH ROW BEGIN ${body} END`;
  return [
    made('insert', log('NEW')),
    made('update', `IF (${changed}) THEN ${log('NEW')} END IF;`),
    made('delete', log('OLD')),
  ];
}

/** From 2.4.8 on the grid's indexer is on schedule: triggers write a changelog, and cron follows it. */
export const onSchedule = (prefix: string): readonly string[] => [
  insertText(`${prefix}indexer_state`, [
    { state_id: 7, indexer_id: 'customer_grid', status: 'valid', hash_config: 'y' },
  ]),
  insertText(`${prefix}mview_state`, [
    { state_id: 3, view_id: 'customer_grid_flat', mode: 'enabled', status: 'idle', version_id: 12 },
  ]),
  `CREATE TABLE \`${prefix}customer_grid_flat_cl\` (version_id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    entity_id int unsigned NOT NULL DEFAULT 0) ENGINE=InnoDB`,
  ...(Object.keys(subscriptions) as (keyof typeof subscriptions)[]).flatMap((table) => triggers(prefix, table)),
];
