import { insertText } from './rows.ts';

/** Attributes that the store's people made, ids as in `customAttributeTexts`. */
export const customIds = { department: 1201, loyalty_level: 1202, employee_number: 1203, hobby: 1204 } as const;

const none = {
  backend_model: null,
  frontend_model: null,
  source_model: null,
  is_required: 0,
  is_user_defined: 1,
  is_unique: 0,
};
const table = 'Magento\\Eav\\Model\\Entity\\Attribute\\Source\\Table';

/**
 * Attributes of a live store: `department` is a select there, which Vestibule would have made as a text; `loyalty_level` has
 * a column in the grid; `hobby` is told to have one and hasn't yet.
 */
export const customAttributeTexts = (prefix: string): readonly string[] => [
  insertText(`${prefix}eav_attribute`, [
    {
      attribute_id: customIds.department,
      entity_type_id: 1,
      attribute_code: 'department',
      backend_type: 'int',
      frontend_input: 'select',
      frontend_label: 'Department',
      ...none,
      source_model: table,
    },
    {
      attribute_id: customIds.loyalty_level,
      entity_type_id: 1,
      attribute_code: 'loyalty_level',
      backend_type: 'varchar',
      frontend_input: 'text',
      frontend_label: 'Loyalty Level',
      ...none,
    },
    {
      attribute_id: customIds.employee_number,
      entity_type_id: 1,
      attribute_code: 'employee_number',
      backend_type: 'varchar',
      frontend_input: 'text',
      frontend_label: 'Staff No.',
      ...none,
    },
    {
      attribute_id: customIds.hobby,
      entity_type_id: 1,
      attribute_code: 'hobby',
      backend_type: 'varchar',
      frontend_input: 'text',
      frontend_label: 'Hobby',
      ...none,
    },
  ]),
  insertText(
    `${prefix}customer_eav_attribute`,
    Object.entries(customIds).map(([code, id]) => {
      const inGrid = code === 'loyalty_level' || code === 'hobby' ? 1 : 0;
      return {
        attribute_id: id,
        is_visible: 1,
        multiline_count: 0,
        is_system: 0,
        sort_order: 0,
        is_used_in_grid: inGrid,
        is_visible_in_grid: inGrid,
        is_filterable_in_grid: 0,
        is_searchable_in_grid: 0,
        grid_filter_condition_type: 0,
      };
    }),
  ),
  insertText(
    `${prefix}eav_entity_attribute`,
    Object.values(customIds).map((id) => ({
      entity_type_id: 1,
      attribute_set_id: 1,
      attribute_group_id: 1,
      attribute_id: id,
      sort_order: 200,
    })),
  ),
  insertText(`${prefix}eav_attribute_option`, [
    { option_id: 1301, attribute_id: customIds.department, sort_order: 0 },
    { option_id: 1302, attribute_id: customIds.department, sort_order: 1 },
  ]),
  insertText(`${prefix}eav_attribute_option_value`, [
    { option_id: 1301, store_id: 0, value: 'Sales' },
    { option_id: 1302, store_id: 0, value: 'Support' },
  ]),
  `ALTER TABLE \`${prefix}customer_grid_flat\` ADD COLUMN loyalty_level text NULL`,
];

/** Other modules' columns and tables, as Adobe Commerce and extensions add them; the grid has lost a column to a reindex. */
export const additionTexts = (prefix: string): readonly string[] => [
  `ALTER TABLE \`${prefix}customer_entity\` ADD COLUMN reward_update_notification smallint unsigned NOT NULL DEFAULT 0,
    ADD COLUMN erp_number varchar(40) NULL`,
  `ALTER TABLE \`${prefix}admin_user\` ADD COLUMN interface_theme varchar(40) NULL`,
  `CREATE TABLE \`${prefix}company_advanced_customer_entity\` (customer_id int unsigned NOT NULL PRIMARY KEY,
    company_id int unsigned NOT NULL, status smallint unsigned NOT NULL DEFAULT 1) ENGINE=InnoDB`,
  `ALTER TABLE \`${prefix}customer_grid_flat\` DROP COLUMN taxvat, ADD COLUMN reward_points int NULL`,
];

const digits = (name: string): string =>
  `(${Array.from({ length: 10 }, (_, d) => `SELECT ${d} AS d`).join(' UNION ALL ')}) ${name}`;

/** Customers `c1@live.example` and so on with their grid rows, ids from 1: one statement for each table. */
export const customerTexts = (prefix: string, count: number): readonly string[] => [
  `INSERT INTO \`${prefix}customer_entity\` (entity_id, website_id, store_id, group_id, email, firstname, lastname, created_in)
    SELECT i, 1, 1, 1, CONCAT('c', i, '@live.example'), CONCAT('First', i), 'Last', 'Default Store View' FROM (SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS i FROM ${digits('a')}, ${digits('b')}, ${digits('c')}, ${digits('e')}) n WHERE i <= ${count} ORDER BY i`,
  `INSERT INTO \`${prefix}customer_entity_varchar\` (attribute_id, entity_id, value)
    SELECT ${customIds.loyalty_level}, entity_id, 'gold' FROM \`${prefix}customer_entity\` WHERE entity_id % 10 = 0`,
  `INSERT INTO \`${prefix}customer_grid_flat\` (entity_id, name, email, group_id, created_at, website_id, created_in, shipping_full, billing_full)
    SELECT entity_id, CONCAT(firstname, ' ', lastname), email, group_id, created_at, website_id, created_in, '', '' FROM \`${prefix}customer_entity\``,
];

/**
 * Administrators of a live store with the password `Tandem-Kettle-42`: `ada` may do everything, `otto` sees orders and
 * customers. Magento writes what a role may not as denied.
 */
export const administratorTexts = (prefix: string): readonly string[] => {
  const hash = '29ba4538e3b21ac7dd8e143996754b652c96600460efe4b0306266ebe2356181:abcdefghijklmnopqrstuvwxyz012345:1';
  const user = {
    firstname: 'A',
    lastname: 'B',
    password: hash,
    created: '2023-01-02 03:04:05',
    is_active: 1,
    lognum: 4,
  };
  const rule = (role: number, resource: string, permission: string) => ({
    role_id: role,
    resource_id: resource,
    privileges: null,
    permission,
  });
  return [
    insertText(`${prefix}admin_user`, [
      { user_id: 3, username: 'ada', email: 'ada@live.example', ...user },
      { user_id: 5, username: 'otto', email: 'otto@live.example', ...user },
    ]),
    insertText(`${prefix}authorization_role`, [
      {
        role_id: 8,
        parent_id: 0,
        tree_level: 1,
        sort_order: 0,
        role_type: 'G',
        user_id: 0,
        user_type: '2',
        role_name: 'Orders',
      },
      {
        role_id: 10,
        parent_id: 1,
        tree_level: 2,
        sort_order: 0,
        role_type: 'U',
        user_id: 3,
        user_type: '2',
        role_name: 'ada',
      },
      {
        role_id: 11,
        parent_id: 8,
        tree_level: 2,
        sort_order: 0,
        role_type: 'U',
        user_id: 5,
        user_type: '2',
        role_name: 'otto',
      },
    ]),
    insertText(`${prefix}authorization_rule`, [
      rule(8, 'Magento_Backend::all', 'deny'),
      rule(8, 'Magento_Backend::admin', 'allow'),
      rule(8, 'Magento_Sales::sales', 'allow'),
      rule(8, 'Magento_Customer::customer', 'allow'),
      rule(8, 'Magento_Backend::stores', 'deny'),
    ]),
  ];
};
