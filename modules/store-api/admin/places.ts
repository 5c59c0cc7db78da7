import type { Connection } from '../../connection/index.ts';

type Named = Pick<Connection, 'code'>;

/** Where a connection's API accounts stand. */
export const accountsPath = ({ code }: Named): `/${string}` => `/admin/connections/${code}/api-accounts`;
export const newAccountPath = (connection: Named): `/${string}` => `${accountsPath(connection)}/new`;
export const revokePath = (connection: Named, clientId: string): `/${string}` =>
  `${accountsPath(connection)}/${clientId}/revoke`;
