import type { DeviationName } from '../deviation/deviations.ts';
import { type AttributeDefinition, formerly } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { isOldUri, type Schema } from '../schema/schema.ts';

/** A name that was found in the schemas. Inside a value path it is still the whole path, `emails.type`. */
export interface AttributePath {
  /** The schema the attribute belongs to; the core schema for `id`, `externalId` and `meta`. */
  readonly schema: Schema;
  /** True when the attribute stands under `schema.id` in the resource, false when it stands at the top. */
  readonly extension: boolean;
  readonly attribute: AttributeDefinition;
  readonly subAttribute?: AttributeDefinition;
}

/**
 * What a name means: an attribute, a whole extension, or nothing, and then what was not found. `odd` says in which way
 * the name is not SCIM's, if it took `lenient` to find it.
 */
export type Resolution =
  | { readonly kind: 'attribute'; readonly path: AttributePath; readonly odd?: DeviationName }
  | { readonly kind: 'schema'; readonly schema: Schema; readonly odd?: DeviationName }
  | { readonly kind: 'unknown'; readonly what: 'schema' | 'attribute' | 'sub-attribute'; readonly name: string };

/**
 * Finds what `text` names: `userName`, `name.givenName`, `URN:attr`, `URN:attr.sub`, a bare extension URN. Case does not
 * matter. The URN may hold dots ("2.0:User"): it is recognised as a known schema's, not cut at a dot.
 *
 * If `lenient`, also `URN.attr`, schemas by older URIs, sub-attributes by older names, and an attribute of an extension
 * without its URN when the core schema has none of that name.
 */
export function resolveName(text: string, type: ResourceType, lenient: boolean): Resolution {
  const lower = text.toLowerCase();
  const colon = lower.indexOf(':');
  if (colon >= 0) return resolveQualified(text, lower, type, lenient);
  const [name, sub] = cutAtDot(lower);
  const core = type.topLevel.get(name);
  if (core) return withSub({ schema: type.schema, extension: false, attribute: core }, sub, text, lenient);
  if (lenient) {
    for (const { schema } of type.extensions) {
      const attribute = schema.byName.get(name);
      if (attribute) return withSub({ schema, extension: true, attribute }, sub, text, lenient, 'bare-extension');
    }
  }
  return { kind: 'unknown', what: 'attribute', name: text };
}

/** The canonical text: `name.givenName`, `urn:…:enterprise:2.0:User:manager.value`. */
export function printPath(path: AttributePath): string {
  const name = path.extension ? `${path.schema.id}:${path.attribute.name}` : path.attribute.name;
  return path.subAttribute ? `${name}.${path.subAttribute.name}` : name;
}

function resolveQualified(text: string, lower: string, type: ResourceType, lenient: boolean): Resolution {
  const whole = type.schemas.get(lower);
  if (whole && !isOldUri(whole, lower)) return { kind: 'schema', schema: whole };
  if (whole && lenient) return { kind: 'schema', schema: whole, odd: 'old-schema-uri' };
  let found: { schema: Schema; length: number } | undefined;
  for (const [uri, schema] of type.schemas) {
    const separator = lower.charCodeAt(uri.length);
    const follows = separator === 0x3a || (lenient && separator === 0x2e);
    if (follows && lower.startsWith(uri) && uri.length > (found?.length ?? 0)) found = { schema, length: uri.length };
  }
  if (!found || (!lenient && isOldUri(found.schema, lower.slice(0, found.length)))) {
    return { kind: 'unknown', what: 'schema', name: text };
  }
  const { schema } = found;
  const dotted = lower.charCodeAt(found.length) === 0x2e ? 'urn-with-dot' : undefined;
  const odd = isOldUri(schema, lower.slice(0, found.length)) ? 'old-schema-uri' : dotted;
  const [name, sub] = cutAtDot(lower.slice(found.length + 1));
  const extension = schema !== type.schema;
  const attribute = extension ? schema.byName.get(name) : type.topLevel.get(name);
  if (!attribute) return { kind: 'unknown', what: 'attribute', name: text };
  return withSub({ schema, extension, attribute }, sub, text, lenient, odd);
}

function withSub(
  path: AttributePath,
  sub: string | undefined,
  text: string,
  lenient: boolean,
  odd?: DeviationName,
): Resolution {
  if (sub === undefined) return attributeAt(path, odd);
  const subAttribute = path.attribute.byName.get(sub);
  if (subAttribute) return attributeAt({ ...path, subAttribute }, odd);
  const old = lenient ? formerly(path.attribute.byName, sub) : undefined;
  if (old) return attributeAt({ ...path, subAttribute: old }, 'old-attribute-name');
  return { kind: 'unknown', what: 'sub-attribute', name: text };
}

const attributeAt = (path: AttributePath, odd: DeviationName | undefined): Resolution =>
  odd === undefined ? { kind: 'attribute', path } : { kind: 'attribute', path, odd };

function cutAtDot(name: string): readonly [string, string | undefined] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
}
