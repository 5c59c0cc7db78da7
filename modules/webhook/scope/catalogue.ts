import { type Contribution, contribute, type ServiceToken, service } from '../../framework/index.ts';
import { type HookScope, HookScopes } from '../hook-event.ts';

/** Every scope that some room announces, in the order in which rooms said so. */
export type HookCatalogue = readonly HookScope[];
export const HookCatalogue: ServiceToken<HookCatalogue> = service<HookCatalogue>('webhook.HookCatalogue');

const customer: readonly HookScope[] = [
  { scope: 'store/customer/created', label: 'A customer was created' },
  { scope: 'store/customer/updated', label: 'A customer was changed' },
  { scope: 'store/customer/deleted', label: 'A customer was deleted' },
  { scope: 'store/customer/password', label: 'A customer has a new password (which is never told)' },
  { scope: 'store/customer/group', label: 'A customer was put into another customer group' },
  { scope: 'store/customer/address/created', label: 'A customer has a new address' },
  { scope: 'store/customer/address/updated', label: 'An address of a customer was changed' },
  { scope: 'store/customer/address/deleted', label: 'An address of a customer was deleted' },
];

/** What happens to customers, whoever writes to them. */
export const customerScopes: readonly Contribution[] = customer.map((scope) => contribute(HookScopes, {}, () => scope));

const words: Readonly<Record<string, string>> = {
  'store/*': 'Everything',
  'store/customer/*': 'Everything about customers',
  'store/customer/address/*': 'Everything about addresses',
  'store/provisioning/*': 'Everything about provisioning',
};

/** A scope that can be chosen: one of the catalogue, or a wildcard over some of them. */
export interface ScopeChoice extends HookScope {
  /** The scopes that are told; itself for one without a wildcard. */
  readonly covers: readonly string[];
}

/** Everything that can be subscribed to: each wildcard stands before what is below it, because `*` sorts before letters. */
export function scopeChoices(known: HookCatalogue): readonly ScopeChoice[] {
  const choices = new Map<string, { label: string; covers: string[] }>();
  for (const { scope, label } of known) {
    const parts = scope.split('/');
    for (let depth = 1; depth < parts.length; depth++) {
      const pattern = `${parts.slice(0, depth).join('/')}/*`;
      const choice = choices.get(pattern) ?? {
        label: words[pattern] ?? `Everything below ${pattern.slice(0, -2)}`,
        covers: [],
      };
      choice.covers.push(scope);
      choices.set(pattern, choice);
    }
    choices.set(scope, { label, covers: [scope] });
  }
  return [...choices].map(([scope, choice]) => ({ scope, ...choice })).sort((a, b) => (a.scope < b.scope ? -1 : 1));
}
