/** A resource or any JSON object of a message. Extension attributes stand under their schema's URN. */
export type Resource = Record<string, unknown>;

/** A JSON object, not an array and not null. */
export function isObject(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names that must never become a key: they reach prototypes instead of properties. */
export function isForbiddenName(name: string): boolean {
  return name === '__proto__' || name === 'constructor' || name === 'prototype';
}

/**
 * Whether a string is text that every database keeps: no U+0000, which some refuse and some cut at, and no half of a
 * surrogate pair, which has no UTF-8 form and would come back as another character.
 */
export function isText(value: string): boolean {
  return !value.includes('\u0000') && !/\p{Surrogate}/u.test(value);
}

/** RFC 7643 §2.5: null and the empty array say the same as leaving the attribute out. */
export function isUnassigned(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Deep equality of JSON values; the order of an object's keys does not count, that of an array does. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((value, index) => sameJson(value, right[index]))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
}
