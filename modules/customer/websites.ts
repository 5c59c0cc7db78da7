import type { Websites } from '../store/index.ts';
import { CustomerError } from './customer-error.ts';

/** Where a new customer belongs: its website's default store view, or the one it asked for. */
export interface Home {
  readonly storeId: number;
  readonly storeName: string;
}

/**
 * Finds the store view of a new customer.
 *
 * @throws CustomerError `CUSTOMER_WEBSITE_UNKNOWN`; `CUSTOMER_STORE_FOREIGN` for a store view of another website
 */
export async function homeOf(websites: Websites, websiteId: number, storeId: number | undefined): Promise<Home> {
  const website = await websites.byId(websiteId);
  if (website === undefined) {
    throw new CustomerError(
      'CUSTOMER_WEBSITE_UNKNOWN',
      `There is no website ${websiteId} for the customer. Name one of the store's websites.`,
      'website_id',
    );
  }
  const wanted = storeId ?? Number(website.defaultStoreId);
  const store = await websites.storeById(wanted);
  if (store === undefined || store.websiteId !== websiteId) {
    throw new CustomerError(
      'CUSTOMER_STORE_FOREIGN',
      `Store view ${wanted} does not belong to website "${website.code}". Choose one that does, or leave store_id out.`,
      'store_id',
    );
  }
  return { storeId: store.id, storeName: store.name };
}
