import { type Contribution, contribute } from '../../framework/index.ts';
import { type HookScope, HookScopes } from '../../webhook/index.ts';

/** What provisioning tells subscriptions; the words before the last are for wildcards. */
export const provisioningScopes = {
  created: 'store/provisioning/user/created',
  adopted: 'store/provisioning/user/adopted',
  transferred: 'store/provisioning/user/transferred',
  held: 'store/provisioning/held',
  tokenExpiring: 'store/provisioning/token-expiring',
} as const;

const scopes: readonly HookScope[] = [
  { scope: provisioningScopes.created, label: 'A connection made a customer' },
  { scope: provisioningScopes.adopted, label: 'A connection took over a customer that nobody managed' },
  { scope: provisioningScopes.transferred, label: 'Users of a deleted connection became those of another' },
  { scope: provisioningScopes.held, label: 'The mass-deprovision guard began to hold what a connection sends' },
  { scope: provisioningScopes.tokenExpiring, label: 'A bearer token of a connection is about to expire' },
];

export const hookScopes: readonly Contribution[] = scopes.map((scope) => contribute(HookScopes, {}, () => scope));
