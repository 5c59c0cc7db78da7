import { type ConfigReader, type ServiceToken, service } from '../../framework/index.ts';
import type { Storefront } from '../../store/index.ts';
import type { customerSettings } from '../settings.ts';

/** Magento's own path, so that links look as customers know them. */
export const passwordPath = '/customer/account/createPassword';

/** Where another link is asked for. */
export const againPath = `${passwordPath}/again` as const;

/** Where customers set a password: at the store, or at the page of this host. */
export interface PasswordPlace {
  readonly at: 'store' | 'host';
  /** The link for a customer's reset token. */
  link(customerId: number, token: string): string;
  /** Where another link is asked for and where one logs in; undefined where nobody has said where the store is. */
  readonly logIn: string | undefined;
}

/** Which page sets passwords. */
export interface PasswordPlaces {
  /** Undefined where the store's own page is wanted and nobody has said where the store is. */
  of(store: Pick<Storefront, 'websiteId' | 'storeId' | 'url'>): Promise<PasswordPlace | undefined>;
}
export const PasswordPlaces: ServiceToken<PasswordPlaces> = service<PasswordPlaces>('notification.PasswordPlaces');

/** The service behind the token `PasswordPlaces`. `baseUrl`: where this host is. */
export function createPasswordPlaces(
  config: ConfigReader<(typeof customerSettings)['fields']>,
  baseUrl: string,
): PasswordPlaces {
  return {
    async of({ websiteId, storeId, url }) {
      const wanted = await config.get(
        'password_page',
        storeId === undefined ? { website: websiteId } : { store: storeId },
      );
      const at = wanted === 'automatic' ? (url === undefined ? 'host' : 'store') : wanted;
      const logIn = url === undefined ? undefined : `${url}customer/account/login/`;
      if (at === 'host') return { at, logIn, link: linkAt(`${baseUrl}${passwordPath}`) };
      // Versions differ in whether they ask for the id beside the token, and ignore what they don't.
      return url === undefined ? undefined : { at: 'store', logIn, link: linkAt(`${url}${passwordPath.slice(1)}/`) };
    },
  };
}

const linkAt = (page: string) => (customerId: number, token: string) =>
  `${page}?token=${encodeURIComponent(token)}&id=${customerId}`;

/** What those who send mails are told where `of` answers undefined. */
export const noPlace =
  'Nobody has said where customers log in; set web/secure/base_url, such as https://www.shop.example/, or let this host set passwords (notification/customers/password_page), and retry it.';
