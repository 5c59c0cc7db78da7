import { depart } from '../deviation/depart.ts';
import type { Reading } from '../mode.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { isObject, type Resource } from './resource.ts';

/**
 * Entra writes an assignment of an app role as `{"value": "{\"id\":…,\"value\":\"25\",\"displayName\":\"Editor\"}"}`.
 * Answers the element that is meant; anything else, and elements of other attributes, as they are.
 */
export function elementOfJsonText(
  attribute: AttributeDefinition,
  given: unknown,
  where: string,
  how: Reading,
): unknown {
  if (!attribute.asJsonText) return given;
  const meant = parse(isObject(given) ? given.value : given);
  if (meant === undefined) return given;
  depart('json-text', where, how);
  const { value, displayName, display = displayName } = meant;
  return { ...(isObject(given) ? given : {}), value, ...(typeof display === 'string' ? { display } : {}) };
}

/** The same where a path names the sub-attribute: `roles[primary eq "True"].value`. */
export function valueOfJsonText(attribute: AttributeDefinition, given: unknown, where: string, how: Reading): unknown {
  const meant = attribute.asJsonText ? parse(given) : undefined;
  if (meant === undefined) return given;
  depart('json-text', where, how);
  return meant.value;
}

function parse(text: unknown): Resource | undefined {
  if (typeof text !== 'string' || !text.trimStart().startsWith('{')) return undefined;
  try {
    const meant: unknown = JSON.parse(text);
    return isObject(meant) && typeof meant.value === 'string' ? meant : undefined;
  } catch {
    return undefined;
  }
}
