import { Activities } from '../../activity/index.ts';
import {
  CustomerAttributes,
  type CustomerGroup,
  CustomerGroups,
  CustomerOwners,
  Customers,
  Newsletter,
  Passwords,
  Regions,
  Sessions,
} from '../../customer/index.ts';
import { Clock, Database, type Resolved, sql } from '../../framework/index.ts';
import { type Store, type Website, Websites } from '../../store/index.ts';
import type { Codec } from '../column/codec.ts';
import { attributeCodecs } from '../column/codecs.ts';
import { type CountryOf, type CountryRow, countryFinder } from '../column/country.ts';

/** What an import works with. */
export const importServices = {
  database: Database,
  clock: Clock,
  activities: Activities,
  customers: Customers,
  attributes: CustomerAttributes,
  groups: CustomerGroups,
  newsletter: Newsletter,
  passwords: Passwords,
  regions: Regions,
  sessions: Sessions,
  owners: CustomerOwners,
  websites: Websites,
};
export type ImportServices = Resolved<typeof importServices>;

/** The store's own lists, as they were when the import began: a row's values are read with them. */
export interface Surroundings {
  readonly codecs: ReadonlyMap<string, Codec>;
  readonly websites: readonly Website[];
  readonly stores: readonly Store[];
  readonly groups: readonly CustomerGroup[];
  readonly countryOf: CountryOf;
}

/** Reads the lists. */
export async function readSurroundings(services: ImportServices): Promise<Surroundings> {
  const { database } = services;
  const websites = (await services.websites.websites()).filter(({ id }) => id !== 0);
  const countries = await database.all<CountryRow>(sql`SELECT country_id, iso3_code FROM {directory_country}`);
  return {
    codecs: attributeCodecs(await services.attributes.all(database)),
    websites,
    stores: await services.websites.stores(),
    groups: (await services.groups.list(database)).filter(({ id }) => id > 0 && id < 32_000),
    countryOf: countryFinder(countries),
  };
}
