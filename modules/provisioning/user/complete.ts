import type { MappedCustomer, MappedValue, TargetRule } from '../../attribute-mapping/index.ts';
import type { CustomerGroups, Regions } from '../../customer/index.ts';
import type { ConfigReader, Database, Executor } from '../../framework/index.ts';
import type { Websites } from '../../store/index.ts';
import type { countrySettings } from '../settings.ts';
import { chosenGroup, chosenStoreView, requireOwnWebsite } from './choice.ts';

/**
 * Finishes what the mapping could not know: the country of an address that names none, the region's row, and which rows of
 * the store a customer group, a store view and a website are. Answers what the row shall hold, so that it can be compared
 * with the row later.
 *
 * @throws ScimError 400 `invalidValue` for what the store does not have
 */
export interface Completion {
  complete(mapped: MappedCustomer, websiteId: number, db?: Executor): Promise<MappedCustomer>;
}

/** What a completion asks. */
export interface CompletionSources {
  readonly database: Database;
  readonly regions: Regions;
  readonly country: ConfigReader<(typeof countrySettings)['fields']>;
  readonly customerGroups: CustomerGroups;
  readonly websites: Websites;
}

type Fields = Readonly<Record<string, MappedValue>>;

/** Completion over the store's directory, its groups and websites, and its default country. */
export function createCompletion(sources: CompletionSources): Completion {
  const { database, regions, country, customerGroups, websites } = sources;

  async function completeAddress(
    fields: Fields,
    phone: MappedValue,
    websiteId: number,
    db: Executor | undefined,
  ): Promise<Fields> {
    const countryId = String(fields.country_id ?? (await country.get('default', { website: websiteId })));
    const address: Record<string, MappedValue> = { ...fields, country_id: countryId };
    if (typeof address.region === 'string') {
      const { region, regionId } = await regions.resolve(countryId, address.region, db);
      address.region = region;
      address.region_id = regionId;
    } else address.region_id = null;
    address.telephone ??= phone;
    return address;
  }

  async function completeChoices(mapped: MappedCustomer, websiteId: number, db: Executor): Promise<MappedCustomer> {
    const { group, storeView, website, attributes } = mapped;
    if (typeof website === 'string') await requireOwnWebsite(websites, website, websiteId);
    const chosen: Record<string, MappedValue> = {};
    if (group !== undefined) chosen.group_id = group === null ? null : await chosenGroup(customerGroups, db, group);
    if (typeof storeView === 'string') chosen.store_id = await chosenStoreView(websites, storeView, websiteId);
    return { ...mapped, attributes: { ...attributes, ...chosen } };
  }

  return {
    async complete(mapped, websiteId, db) {
      const { address, billing, shipping, group, storeView, website } = mapped;
      let complete = mapped;
      if (group !== undefined || storeView !== undefined || website !== undefined)
        complete = await completeChoices(complete, websiteId, db ?? database);
      const phone = mapped.attributes.phone_number ?? null;
      if (address) complete = { ...complete, address: await completeAddress(address, phone, websiteId, db) };
      if (billing) complete = { ...complete, billing: await completeAddress(billing, phone, websiteId, db) };
      if (shipping) complete = { ...complete, shipping: await completeAddress(shipping, phone, websiteId, db) };
      return mapped.rules ? { ...complete, rules: rulesOfRow(mapped.rules) } : complete;
    },
  };
}

/** Columns that are written because of a target of another name. */
const columns: Readonly<Record<string, string>> = {
  group: 'group_id',
  store_view: 'store_id',
  'address.region': 'address.region_id',
  'billing.region': 'billing.region_id',
  'shipping.region': 'shipping.region_id',
};

/** The rules of a mapping hold for such columns too. */
function rulesOfRow(rules: ReadonlyMap<string, TargetRule>): ReadonlyMap<string, TargetRule> {
  const all = new Map(rules);
  for (const [target, rule] of rules) {
    const column = columns[target];
    if (column !== undefined) all.set(column, rule);
  }
  return all;
}
