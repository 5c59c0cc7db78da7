import { invalidValue, isObject, type Resource } from '../scim/index.ts';
import { customerUserUrn } from './custom/schema.ts';
import { fallbackEmail, fallbackNames, looksLikeEmail } from './fallback.ts';
import { addressPrefix, type MappedCustomer, type MappedValue, type UserMapping } from './mapping.ts';
import type { UserShape } from './shape.ts';
import { attribute } from './source.ts';

const none: readonly string[] = Object.freeze([]);

function mapAttributes(
  { customerRules, customRules }: UserShape,
  user: Resource,
  connectionCode: string,
): Omit<MappedCustomer, 'address'> {
  const attributes: Record<string, MappedValue> = {};
  for (const rule of customerRules) attributes[rule.target] = rule.toRow(rule.source.read(user), rule);
  for (const rule of customRules) attributes[rule.target] = rule.toRow(rule.source.read(user), rule);
  const standIns = new Set<string>(['firstname', 'lastname'].filter((target) => attributes[target] === null));
  if (standIns.size > 0) Object.assign(attributes, fallbackNames(user));
  if (attributes.email === null) attributes.email = fallbackEmail(user, connectionCode);
  else if (!looksLikeEmail(String(attributes.email)))
    throw invalidValue(`"emails" holds "${attributes.email}", which is not an e-mail address.`);
  return { attributes, standIns };
}

function mapAddress({ addressRules }: UserShape, user: Resource): Record<string, MappedValue> | undefined {
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

/** Members of our extension that its rules no longer understand, by target. */
function outdatedIn({ byTarget }: UserShape, document: Resource): readonly string[] {
  const extension = document[customerUserUrn];
  if (!isObject(extension)) return none;
  return Object.keys(extension).filter((code) => byTarget.get(code)?.knows?.(extension[code]) !== true);
}

/** Carries a user through the rules of the moment, in both directions. Pure but for them: no clock, no table. */
export const createMapping = (shape: () => UserShape): Omit<UserMapping, 'ready'> => ({
  resourceType: () => shape().type,
  async toCustomer(user, { connection }): Promise<MappedCustomer> {
    const now = shape();
    return { ...mapAttributes(now, user, connection.code), address: mapAddress(now, user) };
  },
  toUser(document, drift) {
    const { byTarget } = shape();
    let user = document;
    for (const [target, value] of drift) {
      const rule = byTarget.get(target);
      user = rule
        ? rule.source.write(user, rule.toScim(value))
        : attribute(customerUserUrn, target).write(user, undefined);
    }
    return user;
  },
  hasInverse: (target) => shape().byTarget.has(target),
  targetsOf: ({ schema, extension, attribute: { name } }) =>
    shape().targets.get(extension ? `${schema.id}:${name}` : name) ?? none,
  customTargets: () => shape().customTargets,
  rowTargets: () => shape().rowTargets,
  outdated: (document) => outdatedIn(shape(), document),
});
