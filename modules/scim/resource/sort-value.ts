import { parseDateTime } from '../filter/value.ts';
import { compareCodePoints, fold } from '../fold.ts';
import type { AttributePath } from '../path/attribute-path.ts';
import { isObject, type Resource } from './resource.ts';

/** Texts are compared by this many characters, as lists of one type are. */
const longest = 600;

/** What speaks for a resource at a path: of several values the primary one, else the first (RFC 7644 §3.4.2.3). */
export function mainValueAt(
  resource: Resource,
  { extension, schema, attribute, subAttribute }: AttributePath,
): unknown {
  const owner = extension ? resource[schema.id] : resource;
  let value = isObject(owner) ? owner[attribute.name] : undefined;
  if (Array.isArray(value)) value = value.find((one) => isObject(one) && one.primary === true) ?? value[0];
  if (!subAttribute) return value;
  return isObject(value) ? value[subAttribute.name] : undefined;
}

/** What a resource sorts by at a path: texts folded unless they are case-exact, times in milliseconds. */
export function sortValueAt(resource: Resource, path: AttributePath): string | number | undefined {
  const value = mainValueAt(resource, path);
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return undefined;
  const { type, caseExact } = path.subAttribute ?? path.attribute;
  if (type === 'dateTime') return parseDateTime(value);
  const text = caseExact ? value : fold(value);
  return text.length <= longest ? text : Array.from(text).slice(0, longest).join('');
}

/** Ascending; missing values last, numbers before texts, texts by code points. */
export function compareSortValues(left: string | number | undefined, right: string | number | undefined): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return typeof left === 'number' ? -1 : 1;
}
