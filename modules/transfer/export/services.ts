import { CustomerAttributes, CustomerGroups, Customers, Newsletter, Passwords } from '../../customer/index.ts';
import { Clock, Database, type Resolved } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import type { ExportSurroundings } from './columns.ts';

/** What an export works with. */
export const exportServices = {
  database: Database,
  clock: Clock,
  customers: Customers,
  attributes: CustomerAttributes,
  groups: CustomerGroups,
  newsletter: Newsletter,
  passwords: Passwords,
  websites: Websites,
};
export type ExportServices = Resolved<typeof exportServices>;

/** Reads the store's lists that cells are written with. */
export const surroundingsOf = async (services: ExportServices): Promise<ExportSurroundings> => ({
  attributes: await services.attributes.all(services.database),
  websites: await services.websites.websites(),
  stores: await services.websites.stores(),
  groups: await services.groups.list(services.database),
});
