import { type ConfigReader, type ConfigScope, configSection, type ServiceToken, service } from '../framework/index.ts';
import type { Store, Website, Websites } from './websites.ts';

/** Magento's own paths. */
export const storeInformation = configSection('general/store_information', {
  tab: 'general',
  label: 'Store Information',
  acl: 'store::config',
  fields: { name: { type: 'text', label: 'Store Name', default: '', scope: 'store' } },
});
export const secureWeb = configSection('web/secure', {
  tab: 'general',
  label: 'Base URLs (Secure)',
  acl: 'store::config',
  fields: {
    base_url: {
      type: 'text',
      label: 'Secure Base URL',
      comment: 'Where customers of the store log in, such as https://www.shop.example/.',
      default: '',
      scope: 'store',
    },
  },
});

/** A website, or one of its store views, as its customers know it. */
export interface Storefront {
  readonly websiteId: number;
  /** The store view that speaks; undefined for a website without any. */
  readonly storeId: number | undefined;
  /** The configured name, else the host of its address, else the website's name. */
  readonly name: string;
  /** Ends with a slash; undefined where nobody has said it, or in words that only Magento resolves (`{{base_url}}`). */
  readonly url: string | undefined;
}

/** How customers see a website. */
export interface Storefronts {
  /** By its default store view. 0 asks for the default website. */
  of(websiteId: number): Promise<Storefront>;
  /** By a store view of it, such as the one a customer registered in; by the default one where that is gone or closed. */
  view(websiteId: number, storeId: number): Promise<Storefront>;
}
export const Storefronts: ServiceToken<Storefronts> = service<Storefronts>('store.Storefronts');

export function createStorefronts(
  websites: Websites,
  information: ConfigReader<(typeof storeInformation)['fields']>,
  web: ConfigReader<(typeof secureWeb)['fields']>,
): Storefronts {
  async function seen(website: Website, store: Store | undefined): Promise<Storefront> {
    const scope: ConfigScope = store ? { store: store.id } : { website: website.id };
    const url = readUrl(await web.get('base_url', scope));
    const name = (await information.get('name', scope)).trim();
    const shown = name || (url ? new URL(url).host : website.name);
    return { websiteId: website.id, storeId: store?.id, name: shown, url };
  }
  const websiteOf = async (id: number): Promise<Website> =>
    (id === 0 ? undefined : await websites.byId(id)) ?? (await websites.default());

  return {
    async of(websiteId) {
      const website = await websiteOf(websiteId);
      return seen(website, await websites.defaultStore(website.id));
    },
    async view(websiteId, storeId) {
      const website = await websiteOf(websiteId);
      const store = await websites.storeById(storeId);
      const open = store?.active === true && store.websiteId === website.id;
      return seen(website, open ? store : await websites.defaultStore(website.id));
    },
  };
}

function readUrl(text: string): string | undefined {
  const given = text.trim();
  if (!/^https?:\/\//.test(given) || !URL.canParse(given)) return undefined;
  return given.endsWith('/') ? given : `${given}/`;
}
