import { type ConfigReader, type ConfigScope, configSection, type ServiceToken, service } from '../framework/index.ts';
import type { Websites } from './websites.ts';

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

/** A website as its customers know it. */
export interface Storefront {
  readonly websiteId: number;
  /** The configured name, else the host of its address, else the website's name. */
  readonly name: string;
  /** Ends with a slash; undefined where nobody has said it, or in words that only Magento resolves (`{{base_url}}`). */
  readonly url: string | undefined;
}

/** How customers see a website, by its default store view. 0 asks for the default website. */
export interface Storefronts {
  of(websiteId: number): Promise<Storefront>;
}
export const Storefronts: ServiceToken<Storefronts> = service<Storefronts>('store.Storefronts');

export function createStorefronts(
  websites: Websites,
  information: ConfigReader<(typeof storeInformation)['fields']>,
  web: ConfigReader<(typeof secureWeb)['fields']>,
): Storefronts {
  return {
    async of(websiteId) {
      const website = (websiteId === 0 ? undefined : await websites.byId(websiteId)) ?? (await websites.default());
      const store = await websites.defaultStore(website.id);
      const scope: ConfigScope = store ? { store: store.id } : { website: website.id };
      const url = readUrl(await web.get('base_url', scope));
      const name = (await information.get('name', scope)).trim();
      return { websiteId: website.id, name: name || (url ? new URL(url).host : website.name), url };
    },
  };
}

function readUrl(text: string): string | undefined {
  const given = text.trim();
  if (!/^https?:\/\//.test(given) || !URL.canParse(given)) return undefined;
  return given.endsWith('/') ? given : `${given}/`;
}
