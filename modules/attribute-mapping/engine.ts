import type { Resource } from '../scim/index.ts';
import { invalidValue } from '../scim/index.ts';
import { fallbackEmail, fallbackNames, looksLikeEmail } from './fallback.ts';
import { addressPrefix, type MappedCustomer, type MappedValue, type UserMapping } from './mapping.ts';
import type { Rule } from './rule.ts';

/** Carries a user through rules, in both directions. Pure: no database, no clock. */
export function createMapping(customerRules: readonly Rule[], addressRules: readonly Rule[]): UserMapping {
  const byTarget = new Map([...customerRules, ...addressRules].map((rule) => [rule.target, rule]));

  function mapAttributes(user: Resource, connectionCode: string): Omit<MappedCustomer, 'address'> {
    const attributes: Record<string, MappedValue> = {};
    for (const rule of customerRules) attributes[rule.target] = rule.toRow(rule.source.read(user), rule);
    const standIns = new Set<string>(['firstname', 'lastname'].filter((target) => attributes[target] === null));
    if (standIns.size > 0) Object.assign(attributes, fallbackNames(user));
    if (attributes.email === null) attributes.email = fallbackEmail(user, connectionCode);
    else if (!looksLikeEmail(String(attributes.email)))
      throw invalidValue(`"emails" holds "${attributes.email}", which is not an e-mail address.`);
    return { attributes, standIns };
  }

  function mapAddress(user: Resource): Record<string, MappedValue> | undefined {
    if (!Array.isArray(user.addresses) || user.addresses.length === 0) return undefined;
    const address: Record<string, MappedValue> = {};
    let something = false;
    for (const rule of addressRules) {
      const value = rule.toRow(rule.source.read(user), rule);
      address[rule.target.slice(addressPrefix.length)] = value;
      something ||= value !== null;
    }
    return something ? address : undefined;
  }

  return {
    async toCustomer(user, { connection }): Promise<MappedCustomer> {
      return { ...mapAttributes(user, connection.code), address: mapAddress(user) };
    },
    toUser(document, drift) {
      let user = document;
      for (const [target, value] of drift) {
        const rule = byTarget.get(target);
        if (rule) user = rule.source.write(user, rule.toScim(value));
      }
      return user;
    },
    hasInverse: (target) => byTarget.has(target),
  };
}
