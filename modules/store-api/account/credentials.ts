import { createHmac } from 'node:crypto';

/** What an importer's form asks for, in the words of the file that BigCommerce gives. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accessToken: string;
  readonly name: string;
  /** `https://store.example/stores/<hash>/v3/` */
  readonly apiPath: string;
}

/**
 * A client secret for forms that insist on one: nothing here asks for it, so nothing of it is kept. It follows from the
 * access token, and tells nothing of it.
 */
export const clientSecretOf = (accessToken: string): string =>
  createHmac('sha256', accessToken).update('client secret').digest('hex');

/** The file as text, one value under its heading, lines as editors of any system read them. */
export function credentialsFile({ clientId, clientSecret, accessToken, name, apiPath }: Credentials): string {
  const parts = [
    ['CLIENT ID', clientId],
    ['CLIENT SECRET', clientSecret],
    ['ACCESS TOKEN', accessToken],
    ['NAME', name],
    ['API PATH', apiPath],
  ] as const;
  return `${parts.map(([label, value]) => `${label}: ${value}`).join('\r\n\r\n')}\r\n`;
}

/** A name for the file: letters, digits and dashes of the account's name, so that no system minds it. */
export function credentialsFileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `api-credentials-${plain === '' ? 'account' : plain}.txt`;
}
