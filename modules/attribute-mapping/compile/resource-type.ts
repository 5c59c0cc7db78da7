import {
  type AttributeDeclaration,
  defineResourceType,
  defineSchema,
  extendResourceType,
  type ResourceType,
  type Schema,
  userResourceType,
  userSchema,
} from '../../scim/index.ts';
import { customerSchema, type Offered } from '../custom/schema.ts';
import type { DeclaredSource } from '../document/document.ts';

/** What makes users of one connection differ from RFC 7643's. */
export interface TypeParts {
  readonly declared: readonly DeclaredSource[];
  readonly offered: readonly Offered[];
  /** True where a password is taken. It is read in any case, so that it can be kept out of everything. */
  readonly passwords: boolean;
}

/** Users as a mapping makes them possible: core, enterprise, declared attributes, and the store's own under our extension. */
export function userType({ declared, offered, passwords }: TypeParts): ResourceType {
  const [core, extensions] = grouped(declared);
  let type = passwords && core.length === 0 ? withPassword : core.length === 0 ? plain : coreType(core, passwords);
  for (const [urn, attributes] of extensions) type = extendResourceType(type, extensionSchema(type, urn, attributes));
  return offered.length === 0 ? type : extendResourceType(type, customerSchema(offered));
}

function coreType(declared: readonly DeclaredSource[], passwords: boolean): ResourceType {
  return defineResourceType({
    ...userResourceType,
    schema: defineSchema({
      ...userSchema,
      attributes: [
        ...userSchema.attributes.map((attribute) =>
          attribute.name === 'password' ? { ...attribute, announced: passwords } : attribute,
        ),
        ...declared.map((source) => declarationOf(source, source.name)),
      ],
    }),
    aliases: Object.fromEntries(userResourceType.aliases),
  });
}

// Nearly every mapping declares nothing, so nearly all share these.
const plain = coreType([], false);
const withPassword = coreType([], true);

const declarationOf = (source: DeclaredSource, name: string): AttributeDeclaration => ({
  name,
  type: source.type ?? 'string',
  multiValued: source.multiValued ?? false,
  description: source.description ?? 'An attribute of this identity provider.',
});

/** The URN and the name of a declared source, where it stands under an extension. */
export function extensionOf(name: string): { readonly urn: string; readonly attribute: string } | undefined {
  const colon = name.lastIndexOf(':');
  return colon < 0 ? undefined : { urn: name.slice(0, colon), attribute: name.slice(colon + 1) };
}

/** Sources at the top of the user, and those under extensions by the extension's URN. */
function grouped(
  declared: readonly DeclaredSource[],
): [readonly DeclaredSource[], ReadonlyMap<string, readonly DeclaredSource[]>] {
  const core: DeclaredSource[] = [];
  const extensions = new Map<string, DeclaredSource[]>();
  for (const source of declared) {
    const place = extensionOf(source.name);
    if (place) extensions.set(place.urn, [...(extensions.get(place.urn) ?? []), source]);
    else core.push(source);
  }
  return [core, extensions];
}

/** A schema of the provider's own, or one that is known with attributes added. */
function extensionSchema(type: ResourceType, urn: string, declared: readonly DeclaredSource[]): Schema {
  const known = type.extensions.find(({ schema }) => schema.id.toLowerCase() === urn.toLowerCase())?.schema;
  const added = declared.map((source) => declarationOf(source, extensionOf(source.name)?.attribute ?? source.name));
  return defineSchema({
    ...(known ?? { id: urn, name: urn.split(':').at(-2) ?? urn, description: 'Attributes of this identity provider.' }),
    attributes: [...(known?.attributes ?? []), ...added],
  });
}
