import type { SamlProvider } from '../provider/provider.ts';

/** The page that stands where no storefront is: it shows who is logged in. */
export const accountPath = (code: string): string => `/saml/${code}/account`;

/** Where a browser goes after login. */
export type ReturnAddress =
  | { readonly kind: 'account' }
  /** Of a storefront, as browsers write it. */
  | { readonly kind: 'storefront'; readonly address: string };

const longest = 2_048;

/**
 * Reads an address that somebody wants a browser to be sent to: our own account page, or one that the connection's list
 * names, exactly or by a prefix that ends in a slash. What a browser or a storefront could read in another way than
 * `URL` does (white space, backslashes, encoded slashes, credentials, another scheme) is no address at all.
 *
 * @returns undefined for whatever may not be gone to
 */
export function returnAddress(
  text: string,
  { connection, settings, acsUrl }: Pick<SamlProvider, 'connection' | 'settings' | 'acsUrl'>,
): ReturnAddress | undefined {
  const account = accountPath(connection.code);
  if (text === account || text === new URL(account, acsUrl).href) return { kind: 'account' };
  const address = plainAddress(text);
  if (address === undefined) return undefined;
  const listed = settings.redirects.some((entry) => {
    const known = plainAddress(entry);
    if (known === undefined) return false;
    return address === known || (entry.endsWith('/') && address.startsWith(known));
  });
  return listed ? { kind: 'storefront', address } : undefined;
}

/** The address as browsers write it; undefined unless everybody reads it alike. */
export function plainAddress(text: string): string | undefined {
  if (text.length > longest || !/^https?:\/\/[\x21-\x7e]+$/.test(text)) return undefined;
  if (/[\\@#"<>^`{|}]|%(?:2f|5c|0[0-9a-f]|1[0-9a-f]|7f|25)/i.test(text)) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.hostname === '' || url.href.indexOf('//', url.protocol.length + 2) >= 0) return undefined;
  return url.href;
}

/** Where a login goes that names nothing: to the first address of the list, else to the account page. */
export function usualAddress(provider: Pick<SamlProvider, 'connection' | 'settings' | 'acsUrl'>): ReturnAddress {
  const [first] = provider.settings.redirects;
  return (first === undefined ? undefined : returnAddress(first, provider)) ?? { kind: 'account' };
}

/** The address with the one-time code of a login. */
export function withCode(address: string, code: string): string {
  const url = new URL(address);
  url.searchParams.set('code', code);
  return url.href;
}
