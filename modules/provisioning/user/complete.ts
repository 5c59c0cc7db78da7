import type { MappedCustomer, MappedValue } from '../../attribute-mapping/index.ts';
import type { Regions } from '../../customer/index.ts';
import type { ConfigReader, Executor } from '../../framework/index.ts';
import type { countrySettings } from '../settings.ts';

/**
 * Finishes what the mapping could not know: the country of an address that names none, and the region's row. Answers
 * what the row shall hold, so that it can be compared with the row later.
 */
export interface AddressCompletion {
  complete(mapped: MappedCustomer, websiteId: number, db?: Executor): Promise<MappedCustomer>;
}

/** Completion over the store's directory and its default country. */
export function createAddressCompletion(
  regions: Regions,
  country: ConfigReader<(typeof countrySettings)['fields']>,
): AddressCompletion {
  return {
    async complete(mapped, websiteId, db) {
      if (!mapped.address) return mapped;
      const countryId = String(mapped.address.country_id ?? (await country.get('default', { website: websiteId })));
      const address: Record<string, MappedValue> = { ...mapped.address, country_id: countryId };
      if (typeof address.region === 'string') {
        const { region, regionId } = await regions.resolve(countryId, address.region, db);
        address.region = region;
        address.region_id = regionId;
      } else address.region_id = null;
      address.telephone ??= mapped.attributes.phone_number ?? null;
      return { ...mapped, address };
    },
  };
}
