import { type DeclaredAttribute, declaredRows } from '../../migrations/magento-facts.ts';

type Value = unknown;
type Row = Readonly<Record<string, Value>>;

const literal = (value: Value): string => {
  if (value === null || value === undefined) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${String(value).replace(/[\\']/g, '\\$&')}'`;
};

/** One INSERT of rows that name the same columns. */
export function insertText(table: string, rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lists = rows.map((row) => `(${columns.map((column) => literal(row[column])).join(', ')})`);
  return `INSERT INTO \`${table}\` (${columns.map((column) => `\`${column}\``).join(', ')}) VALUES ${lists.join(', ')}`;
}

/** Ids of attributes in a store that has lived for years are not those of a fresh one. */
const shift = 1000;

const typeId = (code: string): number => (code === 'customer' ? 1 : 2);

function attributeRows(): readonly (readonly [string, readonly Row[]])[] {
  const attributes: readonly (DeclaredAttribute & { readonly id: number; readonly type: number })[] =
    declaredRows.attributes.map((one) => ({
      ...one,
      id: one.attribute_id_on_fresh_install + shift,
      type: typeId(one.entity_type),
    }));
  const main = [
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
  ];
  const gender = attributes.find((one) => one.attribute_code === 'gender')?.id;
  return [
    [
      'eav_attribute',
      attributes.map((one) => ({
        attribute_id: one.id,
        entity_type_id: one.type,
        ...Object.fromEntries(main.map((column) => [column, one[column]])),
      })),
    ],
    ['customer_eav_attribute', attributes.map((one) => ({ attribute_id: one.id, ...one.customer_eav_attribute }))],
    [
      'eav_entity_attribute',
      attributes.map((one) => ({
        entity_type_id: one.type,
        attribute_set_id: one.type,
        attribute_group_id: one.type,
        attribute_id: one.id,
        sort_order: one.eav_entity_attribute_sort_order ?? 0,
      })),
    ],
    [
      'customer_form_attribute',
      attributes.flatMap((one) => one.forms.map((form) => ({ form_code: form, attribute_id: one.id }))),
    ],
    [
      'eav_attribute_option',
      declaredRows.gender_options.map((one) => ({
        option_id: one.option_id_on_fresh_install + shift,
        attribute_id: gender,
        sort_order: one.sort_order,
      })),
    ],
    [
      'eav_attribute_option_value',
      declaredRows.gender_options.map((one) => ({
        option_id: one.option_id_on_fresh_install + shift,
        store_id: 0,
        value: one.value,
      })),
    ],
  ];
}

/** Magento's own record of its modules, which every store has. */
const modules = ['Magento_Store', 'Magento_Eav', 'Magento_Customer', 'Magento_User'].map((module) => ({
  module,
  schema_version: '2.0.0',
  data_version: '2.0.0',
}));

/** The statements that fill in what every Magento store has. */
export function rowTexts(prefix: string): readonly string[] {
  const straight = [
    'store_website',
    'store_group',
    'store',
    'customer_group',
    'eav_entity_type',
    'eav_attribute_set',
    'eav_attribute_group',
    'authorization_role',
    'authorization_rule',
  ] as const;
  const tables: (readonly [string, readonly Row[]])[] = [
    ...straight.map((table) => [table, declaredRows[table]] as const),
    ...attributeRows(),
    ['setup_module', modules],
    [
      'directory_country',
      [
        { country_id: 'US', iso2_code: 'US', iso3_code: 'USA' },
        { country_id: 'DE', iso2_code: 'DE', iso3_code: 'DEU' },
      ],
    ],
    ['directory_country_region', [{ region_id: 512, country_id: 'US', code: 'CA', default_name: 'California' }]],
    ['directory_country_region_name', [{ locale: 'en_US', region_id: 512, name: 'California' }]],
  ];
  return tables.map(([table, rows]) => insertText(prefix + table, rows));
}
