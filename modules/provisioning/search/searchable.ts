import {
  type AttributeDefinition,
  fold,
  isObject,
  parseDateTime,
  type Resource,
  type ResourceType,
} from '../../scim/index.ts';

/**
 * Texts that LOWER might not fold as we do, or times that might not be in the one form that sorts: anything but ASCII, an
 * escape, a blank at an end, and what begins like a date.
 */
const doubtful = /[^ -~]|\\|" | "|"\d{4}-\d\d-\d\d/;

/** What a copy begins with: by which mapping it was made, so that a search tells without reading JSON. */
export const markPlace = { from: '{"":"'.length + 1, length: 16 } as const;

/** The searchable copy of a document, as JSON text; null where the document's own text does as it stands. */
export function searchableCopy(
  document: Resource,
  type: ResourceType,
  mark: string,
  text = JSON.stringify(document),
): string | null {
  return doubtful.test(text) ? foldedCopy(document, type, mark) : null;
}

/** The document as JSON text, case-insensitive texts folded, times in UTC with milliseconds; its first member is the mark. */
export function foldedCopy(document: Resource, type: ResourceType, mark: string): string {
  const copy: Resource = { '': mark };
  for (const name of Object.keys(document)) {
    const value = document[name];
    const attribute = type.topLevel.get(name.toLowerCase());
    const schema = attribute ? undefined : type.schemas.get(name.toLowerCase());
    if (attribute) copy[name] = searchable(attribute, value);
    else copy[name] = schema && isObject(value) ? members(schema.byName, value) : value;
  }
  return JSON.stringify(copy);
}

function searchable(attribute: AttributeDefinition, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => searchable(attribute, element));
  if (isObject(value)) return members(attribute.byName, value);
  if (typeof value !== 'string') return value;
  if (attribute.type === 'dateTime') {
    const time = parseDateTime(value);
    return time === undefined ? value : new Date(time).toISOString();
  }
  return attribute.caseExact ? value : fold(value);
}

function members(definitions: ReadonlyMap<string, AttributeDefinition>, object: Resource): Resource {
  const copy: Resource = {};
  for (const name of Object.keys(object)) {
    const definition = definitions.get(name.toLowerCase());
    copy[name] = definition ? searchable(definition, object[name]) : object[name];
  }
  return copy;
}
