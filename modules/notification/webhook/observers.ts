import { type Connection, TokenExpiring } from '../../connection/index.ts';
import { Clock, type Observer, observe, whenProvided } from '../../framework/index.ts';
import {
  CustomerAdopted,
  DeprovisioningHeld,
  type ProvisionedCustomer,
  UserProvisioned,
  UsersTransferred,
} from '../../provisioning/index.ts';
import { type HookEvent, HookEvents } from '../../webhook/index.ts';
import { provisioningScopes } from './scopes.ts';

const inject = { hooks: whenProvided(HookEvents), clock: Clock };

/** Subscriptions of the connection itself know already what its identity provider has caused. */
const causedBy = ({ id }: Connection): string => `connection:${id}`;

const aboutUser = (
  scope: string,
  { connection, customerId }: ProvisionedCustomer,
  now: Date,
): Parameters<HookEvents['announce']>[1] => [
  {
    scope,
    data: { type: 'customer', id: customerId, connection: connection.code },
    customerId,
    websiteId: connection.websiteId,
    cause: causedBy(connection),
    atMs: now.getTime(),
  },
];

/** About a connection as a whole; nobody caused it who would know of it by that. */
const aboutConnection = (connection: Connection, atMs: number): Omit<HookEvent, 'scope' | 'data'> => ({
  customerId: null,
  websiteId: connection.websiteId,
  cause: null,
  atMs,
});

/** What provisioning does is told to subscriptions, in the transaction that does it. */
export const hookObservers: readonly Observer[] = [
  observe(UserProvisioned, {
    id: 'notification.hook-user-created',
    when: 'transaction',
    inject,
    handle: (made, { hooks, clock }, tx) =>
      hooks?.announce(tx, aboutUser(provisioningScopes.created, made, clock.now())),
  }),
  observe(CustomerAdopted, {
    id: 'notification.hook-user-adopted',
    when: 'transaction',
    inject,
    handle: (taken, { hooks, clock }, tx) =>
      hooks?.announce(tx, aboutUser(provisioningScopes.adopted, taken, clock.now())),
  }),
  observe(UsersTransferred, {
    id: 'notification.hook-users-transferred',
    when: 'transaction',
    inject,
    handle: ({ from, to, firstCustomer, lastCustomer }, { hooks, clock }, tx) =>
      hooks?.announce(tx, [
        {
          scope: provisioningScopes.transferred,
          data: { type: 'connection', id: to, from, first_customer: firstCustomer, last_customer: lastCustomer },
          customerId: null,
          websiteId: null,
          cause: null,
          atMs: clock.now().getTime(),
        },
      ]),
  }),
  observe(DeprovisioningHeld, {
    id: 'notification.hook-held',
    when: 'transaction',
    inject,
    handle: ({ connection, holdId, count, limit, at }, { hooks }, tx) =>
      hooks?.announce(tx, [
        {
          ...aboutConnection(connection, at.getTime()),
          scope: provisioningScopes.held,
          data: { type: 'hold', id: holdId, connection: connection.code, count, limit },
        },
      ]),
  }),
  observe(TokenExpiring, {
    id: 'notification.hook-token-expiring',
    when: 'transaction',
    inject,
    handle: ({ connection, token, days }, { hooks, clock }, tx) =>
      hooks?.announce(tx, [
        {
          ...aboutConnection(connection, clock.now().getTime()),
          scope: provisioningScopes.tokenExpiring,
          data: {
            type: 'token',
            id: token.publicId,
            connection: connection.code,
            name: token.name,
            expires_at: token.expiresAt,
            days,
          },
        },
      ]),
  }),
];
