import type { CustomerAttribute } from '../customer/index.ts';
import {
  defineResourceType,
  defineSchema,
  extendResourceType,
  type ResourceType,
  userResourceType,
  userSchema,
} from '../scim/index.ts';
import { isOffered, kindOf } from './custom/kind.ts';
import { customRule } from './custom/rule.ts';
import { customerSchema, type Offered } from './custom/schema.ts';
import { addressRules, customerRules } from './default-rules.ts';
import type { Rule } from './rule.ts';

/** What users look like at a moment: the resource type, and the rules that carry its attributes. */
export interface UserShape {
  readonly type: ResourceType;
  readonly customerRules: readonly Rule[];
  readonly addressRules: readonly Rule[];
  /** One for each custom attribute that no other rule maps. */
  readonly customRules: readonly Rule[];
  readonly customTargets: readonly string[];
  readonly byTarget: ReadonlyMap<string, Rule>;
  /** Attributes of the customer's row that show, custom ones included. */
  readonly rowTargets: readonly string[];
  /** Targets by the attribute that they show in. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
}

/** Custom attributes that the mapping offers: none that a rule maps already, and each name once, whatever its case. */
function offeredOf(attributes: readonly CustomerAttribute[]): readonly Offered[] {
  const taken = new Set(customerRules.map(({ target }) => target));
  const offered: Offered[] = [];
  for (const attribute of attributes) {
    const kind = isOffered(attribute) ? kindOf(attribute) : undefined;
    if (kind === undefined || taken.has(attribute.code.toLowerCase())) continue;
    taken.add(attribute.code.toLowerCase());
    offered.push({ attribute, kind });
  }
  return offered;
}

function shapeOf(offered: readonly Offered[]): UserShape {
  const customRules = offered.map(customRule);
  const rules = [...customerRules, ...addressRules, ...customRules];
  const targets = new Map<string, string[]>();
  for (const { source, target } of rules)
    targets.set(source.attribute, [...(targets.get(source.attribute) ?? []), target]);
  return {
    type: offered.length === 0 ? baseType : extendResourceType(baseType, customerSchema(offered)),
    customerRules,
    addressRules,
    customRules,
    customTargets: customRules.map(({ target }) => target),
    rowTargets: [...customerRules, ...customRules].map(({ target }) => target),
    byTarget: new Map(rules.map((rule) => [rule.target, rule])),
    targets,
  };
}

/** A password is read, so that it can be kept out of everything; it is not announced, because no policy takes one. */
const isPassword = ({ name }: { readonly name: string }): boolean => name === 'password';

const baseType: ResourceType = defineResourceType({
  ...userResourceType,
  schema: defineSchema({
    ...userSchema,
    attributes: userSchema.attributes.map((attribute) =>
      isPassword(attribute) ? { ...attribute, announced: false } : attribute,
    ),
  }),
  aliases: Object.fromEntries(userResourceType.aliases),
});

/** Follows the store's attributes. The shape stays the same object for as long as what it says stays the same. */
export function followShape(known: () => readonly CustomerAttribute[]): () => UserShape {
  let seen: readonly CustomerAttribute[] | undefined;
  let said = '';
  let shape = shapeOf([]);
  return () => {
    const attributes = known();
    if (attributes === seen) return shape;
    seen = attributes;
    const offered = offeredOf(attributes);
    const says = JSON.stringify(offered);
    if (says !== said) {
      said = says;
      shape = shapeOf(offered);
    }
    return shape;
  };
}
