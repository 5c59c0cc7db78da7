import { aging, type Clock, type Executor, sql } from '../framework/index.ts';
import { type Store, StoreError, type Website, type Websites } from './websites.ts';

const MAX_AGE_MS = 5_000;

/** Websites over the store's tables. */
export function createWebsites(database: Executor, clock: Clock): Websites {
  const tables = aging(
    () => readTables(database),
    MAX_AGE_MS,
    () => clock.now().getTime(),
  );
  return {
    websites: async () => (await tables.get()).websites,
    stores: async () => (await tables.get()).stores,
    byId: async (id) => withId((await tables.get()).websites, id),
    byCode: async (code) => withCode((await tables.get()).websites, code),
    storeById: async (id) => withId((await tables.get()).stores, id),
    storeByCode: async (code) => withCode((await tables.get()).stores, code),
    async default() {
      const website = (await tables.get()).websites.find(({ isDefault }) => isDefault);
      if (website) return website;
      throw new StoreError('NO_DEFAULT_WEBSITE', 'No website is the default one. Set is_default in store_website.');
    },
    async defaultStore(websiteId) {
      const { websites, stores } = await tables.get();
      const website = withId(websites, websiteId);
      return website && withId(stores, website.defaultStoreId);
    },
  };
}

const withId = <T extends { id: number }>(items: readonly T[], id: number): T | undefined =>
  items.find((item) => item.id === id);
const withCode = <T extends { code: string }>(items: readonly T[], code: string): T | undefined =>
  items.find((item) => item.code === code);

interface Tables {
  readonly websites: readonly Website[];
  readonly stores: readonly Store[];
}

type WebsiteRow = Pick<Website, 'id' | 'code' | 'name'> & { is_default: number; default_store_id: number | null };
type StoreRow = Omit<Store, 'active'> & { is_active: number };

async function readTables(database: Executor): Promise<Tables> {
  const websites = await database.all<WebsiteRow>(sql`
    SELECT w.website_id AS id, w.code, w.name, w.is_default, g.default_store_id
    FROM {store_website} w LEFT JOIN {store_group} g ON g.group_id = w.default_group_id
    ORDER BY w.sort_order, w.website_id`);
  const stores = await database.all<StoreRow>(sql`
    SELECT store_id AS id, code, name, website_id AS websiteId, is_active
    FROM {store} ORDER BY sort_order, store_id`);
  return {
    websites: websites.map(({ is_default, default_store_id, ...website }) => ({
      ...website,
      defaultStoreId: default_store_id ?? 0,
      isDefault: is_default === 1,
    })),
    stores: stores.map(({ is_active, ...store }) => ({ ...store, active: is_active === 1 })),
  };
}
