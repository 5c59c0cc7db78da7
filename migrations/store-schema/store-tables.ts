import type { Table } from './table.ts';
import { adminTables } from './tables/admin.ts';
import { customerTables } from './tables/customer.ts';
import { customerAddressTables } from './tables/customer-address.ts';
import { customerAttributeTables } from './tables/customer-attribute.ts';
import { customerGridTables } from './tables/customer-grid.ts';
import { customerSessionTables } from './tables/customer-session.ts';
import { directoryTables } from './tables/directory.ts';
import { eavTables } from './tables/eav.ts';
import { eavEntityTables } from './tables/eav-entity.ts';
import { eavFormTables } from './tables/eav-form.ts';
import { indexerTables } from './tables/indexer.ts';
import { newsletterTables } from './tables/newsletter.ts';
import { setupTables } from './tables/setup.ts';
import { storeTables as scopeTables } from './tables/store.ts';
import { tokenTables } from './tables/token.ts';

/**
 * Every table of the store, each after the tables that its foreign keys name. Whoever attaches to a live Magento
 * database compares its columns with these; it may have more tables and more columns.
 */
export const storeTables: readonly Table[] = [
  ...scopeTables,
  ...eavTables,
  ...eavEntityTables,
  ...eavFormTables,
  ...customerTables,
  ...customerAttributeTables,
  ...customerAddressTables,
  ...customerGridTables,
  ...customerSessionTables,
  ...directoryTables,
  ...newsletterTables,
  ...adminTables,
  ...tokenTables,
  ...indexerTables,
  ...setupTables,
];
