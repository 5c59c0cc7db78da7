import type { Rows } from './insert-missing.ts';

/**
 * The role that may do everything, and the customer grid's indexer: valid and updated on save, as in lines up to 2.4.7
 * (its view there is a dummy without triggers). The empty configuration hash makes Magento reindex when it first looks.
 */
export const administrationRows: readonly Rows[] = [
  {
    table: 'authorization_role',
    rows: [
      {
        role_id: 1,
        parent_id: 0,
        tree_level: 1,
        sort_order: 1,
        role_type: 'G',
        user_id: 0,
        user_type: '2',
        role_name: 'Administrators',
      },
    ],
  },
  {
    table: 'authorization_rule',
    rows: [{ rule_id: 1, role_id: 1, resource_id: 'Magento_Backend::all', privileges: null, permission: 'allow' }],
  },
  {
    table: 'indexer_state',
    rows: [{ state_id: 1, indexer_id: 'customer_grid', status: 'valid', updated: null, hash_config: '' }],
  },
  {
    table: 'mview_state',
    rows: [{ state_id: 1, view_id: 'customer_dummy', mode: 'disabled', status: 'idle', updated: null, version_id: 0 }],
  },
];
