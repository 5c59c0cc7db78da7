import { type Column, storeTables, type Table } from '../../../migrations/store-schema/index.ts';

/** What statements of this host name of a table of Magento's. */
interface Use {
  /** Columns that are read or written; all that Magento declares when left out. */
  readonly columns?: readonly string[];
  /** Rows are inserted: a column that this host does not know must fill itself. */
  readonly inserts?: true;
}

const inserts = { inserts: true } as const;
const values = ['attribute_id', 'entity_id', 'value'];
const valueTables = (['datetime', 'decimal', 'int', 'text', 'varchar'] as const).flatMap((type) => [
  [`customer_entity_${type}`, { columns: ['value_id', ...values], ...inserts }] as const,
  [`customer_address_entity_${type}`, { columns: values }] as const,
]);

/**
 * The tables of Magento's that this host's statements name, with their columns. Kept beside the statements by a test; what is
 * not here may be missing or different.
 */
const uses: Readonly<Record<string, Use>> = {
  store_website: {},
  store_group: { columns: ['group_id', 'website_id', 'default_store_id'] },
  store: {},
  core_config_data: inserts,
  eav_entity_type: {
    columns: [
      'entity_type_id',
      'entity_type_code',
      'default_attribute_set_id',
      'increment_pad_length',
      'increment_pad_char',
    ],
  },
  eav_attribute: {
    columns: [
      'attribute_id',
      'entity_type_id',
      'attribute_code',
      'backend_model',
      'backend_type',
      'frontend_model',
      'frontend_input',
      'frontend_label',
      'source_model',
      'is_required',
      'is_user_defined',
      'default_value',
      'is_unique',
    ],
    ...inserts,
  },
  eav_attribute_group: { columns: ['attribute_group_id', 'attribute_set_id', 'sort_order', 'default_id'] },
  eav_attribute_option: inserts,
  eav_attribute_option_value: inserts,
  eav_entity_attribute: inserts,
  eav_entity_store: inserts,
  customer_eav_attribute: inserts,
  customer_form_attribute: inserts,
  customer_group: inserts,
  customer_entity: inserts,
  customer_address_entity: inserts,
  ...Object.fromEntries(valueTables),
  // Its other columns follow the store's attributes: those that there are get written.
  customer_grid_flat: {
    columns: ['entity_id', 'name', 'billing_telephone', 'billing_postcode', 'billing_country_id', 'billing_region'],
    ...inserts,
  },
  customer_log: { columns: ['customer_id', 'last_login_at'], ...inserts },
  newsletter_subscriber: inserts,
  oauth_token: {
    columns: ['customer_id', 'type', 'token', 'secret', 'callback_url', 'user_type', 'created_at'],
    ...inserts,
  },
  jwt_auth_revoked: inserts,
  persistent_session: { columns: ['customer_id'] },
  directory_country: { columns: ['country_id', 'iso3_code'] },
  directory_country_region: {},
  directory_country_region_name: {},
  admin_user: {
    columns: [
      'user_id',
      'firstname',
      'lastname',
      'email',
      'username',
      'password',
      'created',
      'modified',
      'logdate',
      'lognum',
      'is_active',
      'failures_num',
      'first_failure',
      'lock_expires',
    ],
    ...inserts,
  },
  admin_passwords: { columns: ['user_id', 'password_hash', 'expires', 'last_updated'], ...inserts },
  authorization_role: inserts,
  authorization_rule: inserts,
  indexer_state: { columns: ['indexer_id', 'status', 'updated'] },
  mview_state: { columns: ['view_id', 'mode'] },
  setup_module: { columns: ['module'] },
};

/** A table that this host relies on. */
export interface ReliedUpon {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly inserts: boolean;
  /** Unique keys by which rows are overwritten and refused. */
  readonly unique: readonly (readonly string[])[];
}

type Uses = Omit<Use, 'inserts'> & { readonly inserts?: boolean };

function reliedUpon(table: Table, { columns: named, inserts: writes = false }: Uses): ReliedUpon {
  const columns = table.columns.filter(({ name }) => named === undefined || named.includes(name));
  const there = new Set(columns.map(({ name }) => name));
  const unique = [table.primaryKey, ...table.unique].filter((key) => key.every((name) => there.has(name)));
  return { name: table.name, columns, inserts: writes, unique };
}

/** Everything of Magento's that this host relies on, in the declared order. */
export const tablesReliedUpon: readonly ReliedUpon[] = storeTables.flatMap((table) => {
  const use = uses[table.name];
  return use ? [reliedUpon(table, use)] : [];
});
