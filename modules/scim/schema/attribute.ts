export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex';

/** One attribute as RFC 7643 §7 describes it, with its sub-attributes looked up by lower-case name. */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly canonicalValues?: readonly string[];
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server' | 'global';
  readonly referenceTypes?: readonly string[];
  /** False for what is read and kept apart, but not offered: `/Schemas` leaves it out. */
  readonly announced: boolean;
  /** Names it had in older versions of SCIM, in lower case. */
  readonly oldNames?: readonly string[];
  /** An identity provider writes elements of this attribute as JSON text. */
  readonly asJsonText?: boolean;
  /** Empty unless the type is complex. */
  readonly subAttributes: readonly AttributeDefinition[];
  readonly byName: ReadonlyMap<string, AttributeDefinition>;
}

/** What a schema says of an attribute; everything left out has RFC 7643 §2.2's default. */
export interface AttributeDeclaration {
  readonly name: string;
  readonly type?: AttributeType;
  readonly multiValued?: boolean;
  readonly description: string;
  readonly required?: boolean;
  readonly canonicalValues?: readonly string[];
  readonly caseExact?: boolean;
  readonly mutability?: AttributeDefinition['mutability'];
  readonly returned?: AttributeDefinition['returned'];
  readonly uniqueness?: AttributeDefinition['uniqueness'];
  readonly referenceTypes?: readonly string[];
  readonly announced?: boolean;
  readonly oldNames?: readonly string[];
  readonly asJsonText?: boolean;
  readonly subAttributes?: readonly AttributeDeclaration[];
}

export function defineAttribute(declaration: AttributeDeclaration): AttributeDefinition {
  const subAttributes = (declaration.subAttributes ?? []).map(defineAttribute);
  return Object.freeze({
    name: declaration.name,
    type: declaration.type ?? (subAttributes.length > 0 ? 'complex' : 'string'),
    multiValued: declaration.multiValued ?? false,
    description: declaration.description,
    required: declaration.required ?? false,
    ...(declaration.canonicalValues === undefined ? {} : { canonicalValues: declaration.canonicalValues }),
    caseExact: declaration.caseExact ?? (declaration.type === 'reference' || declaration.type === 'binary'),
    mutability: declaration.mutability ?? 'readWrite',
    returned: declaration.returned ?? 'default',
    uniqueness: declaration.uniqueness ?? 'none',
    ...(declaration.referenceTypes === undefined ? {} : { referenceTypes: declaration.referenceTypes }),
    announced: declaration.announced ?? true,
    ...(declaration.oldNames === undefined ? {} : { oldNames: declaration.oldNames.map((name) => name.toLowerCase()) }),
    ...(declaration.asJsonText === undefined ? {} : { asJsonText: declaration.asJsonText }),
    subAttributes: Object.freeze(subAttributes),
    byName: indexByName(subAttributes),
  });
}

/** By lower-case name, because attribute names are compared without case (RFC 7643 §2.1). */
export function indexByName(attributes: readonly AttributeDefinition[]): ReadonlyMap<string, AttributeDefinition> {
  return new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]));
}

/** The attribute that had this name, given in lower case, in an older version of SCIM. */
export function formerly(
  attributes: ReadonlyMap<string, AttributeDefinition>,
  name: string,
): AttributeDefinition | undefined {
  for (const attribute of attributes.values()) if (attribute.oldNames?.includes(name)) return attribute;
  return undefined;
}
