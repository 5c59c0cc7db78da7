import type { SecurityScheme } from '../../framework/index.ts';

/** What opens SCIM, as the API's documentation says it. */
export const scimBearer: SecurityScheme = {
  name: 'connection',
  variable: 'SCIM_TOKEN',
  description: 'A bearer token of a connection. It tells which connection speaks, and its scopes what that may do.',
  scheme: { type: 'http', scheme: 'bearer' },
};

/** What opens the exchange of codes to a storefront. */
export const storefrontBearer: SecurityScheme = {
  name: 'storefront',
  variable: 'STOREFRONT_TOKEN',
  description: 'A bearer token of the connection that has the scope `saml:exchange`.',
  scheme: { type: 'http', scheme: 'bearer' },
};

/** What opens the store API to importers. */
export const importerToken: SecurityScheme = {
  name: 'importer',
  variable: 'API_ACCOUNT_TOKEN',
  description: 'The access token of an API account of a connection.',
  scheme: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' },
};
