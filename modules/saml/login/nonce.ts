import { digestOf, isSecret, newSecret } from '../session/secret.ts';

/**
 * What ties a request to the browser that made it: the nonce stays in a cookie, its digest with the request. A browser
 * keeps the one that it has, so that logins in two tabs don't end each other.
 */
export interface BrowserNonce {
  readonly nonce: string;
  readonly digest: string;
}

export function nonceOf(held: string | undefined): BrowserNonce {
  const nonce = held !== undefined && isSecret(held) ? held : newSecret();
  return { nonce, digest: digestOf(nonce) };
}

/** The digest of a nonce that came in a cookie; undefined where there is none. */
export const browserOf = (held: string | undefined): string | undefined =>
  held !== undefined && isSecret(held) ? digestOf(held) : undefined;
