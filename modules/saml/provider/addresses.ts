/** Where a connection is met as a service provider. */
export interface OwnAddresses {
  readonly entityId: string;
  readonly metadataUrl: string;
  readonly loginUrl: string;
  readonly acsUrl: string;
  readonly logoutUrl: string;
}

/** Our addresses for a connection. `baseUrl` is BASE_URL, the only source of them. */
export function ownAddresses(baseUrl: string, code: string): OwnAddresses {
  const base = `${baseUrl}/saml/${code}`;
  return {
    entityId: `${base}/metadata`,
    metadataUrl: `${base}/metadata`,
    loginUrl: `${base}/login`,
    acsUrl: `${base}/acs`,
    logoutUrl: `${base}/logout`,
  };
}
