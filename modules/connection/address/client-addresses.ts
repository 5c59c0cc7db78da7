import type { IncomingMessage } from 'node:http';
import { type ServiceToken, service } from '../../framework/index.ts';
import type { CurrentSettings } from '../limit/current-settings.ts';
import { clientAddress } from './client-address.ts';

/** Who stands behind a request that carries no token: an address, as far as trusted proxies tell it. */
export interface ClientAddresses {
  of(request: IncomingMessage): Promise<string | undefined>;
}
export const ClientAddresses: ServiceToken<ClientAddresses> = service<ClientAddresses>('connection.ClientAddresses');

export const createClientAddresses = (settings: () => CurrentSettings | Promise<CurrentSettings>): ClientAddresses => ({
  of: async (request) => clientAddress(request, (await settings()).trustedProxies),
});
