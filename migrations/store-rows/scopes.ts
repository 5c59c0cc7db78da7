import type { Rows } from './insert-missing.ts';

/** The website, store group and store view 0 are the administration's; those with 1 are the shop's. */
export const scopeRows: readonly Rows[] = [
  {
    table: 'store_website',
    rows: [
      { website_id: 0, code: 'admin', name: 'Admin', sort_order: 0, default_group_id: 0, is_default: 0 },
      { website_id: 1, code: 'base', name: 'Main Website', sort_order: 0, default_group_id: 1, is_default: 1 },
    ],
  },
  {
    table: 'store_group',
    rows: [
      { group_id: 0, website_id: 0, name: 'Default', root_category_id: 0, default_store_id: 0, code: 'default' },
      {
        group_id: 1,
        website_id: 1,
        name: 'Main Website Store',
        root_category_id: 2,
        default_store_id: 1,
        code: 'main_website_store',
      },
    ],
  },
  {
    table: 'store',
    rows: [
      { store_id: 0, code: 'admin', website_id: 0, group_id: 0, name: 'Admin', sort_order: 0, is_active: 1 },
      {
        store_id: 1,
        code: 'default',
        website_id: 1,
        group_id: 1,
        name: 'Default Store View',
        sort_order: 0,
        is_active: 1,
      },
    ],
  },
  {
    table: 'customer_group',
    rows: ['NOT LOGGED IN', 'General', 'Wholesale', 'Retailer'].map((code, id) => ({
      customer_group_id: id,
      customer_group_code: code,
      tax_class_id: 3,
    })),
  },
];
