const words = ['$exists', '$absent', '$length', '$regex', '$contains', '$type'] as const;

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a JSON pointer (RFC 6901), undefined where there is none. */
export function at(document: unknown, pointer: string): unknown {
  let current = document;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(current)) current = /^(0|[1-9]\d*)$/.test(key) ? current[Number(key)] : undefined;
    else current = isObject(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current;
}

/** Equal as JSON; with `atLeast`, objects may have members that are not asked for. */
function matches(actual: unknown, wanted: unknown, atLeast: boolean): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(actual) &&
      actual.length === wanted.length &&
      wanted.every((value, i) => matches(actual[i], value, atLeast))
    );
  if (!isObject(wanted)) return actual === wanted;
  if (!isObject(actual)) return false;
  if (!atLeast && Object.keys(actual).length !== Object.keys(wanted).length) return false;
  return Object.keys(wanted).every((key) => Object.hasOwn(actual, key) && matches(actual[key], wanted[key], atLeast));
}

const typeOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : value === null ? 'null' : typeof value;

function holds(actual: unknown, word: (typeof words)[number], wanted: unknown): boolean {
  const there = actual !== undefined && actual !== null;
  switch (word) {
    case '$exists':
      return there === wanted;
    case '$absent':
      return there !== wanted;
    case '$length':
      return (typeof actual === 'string' || Array.isArray(actual)) && actual.length === wanted;
    case '$regex':
      return there && typeof actual !== 'object' && new RegExp(String(wanted)).test(String(actual));
    case '$contains':
      return Array.isArray(actual)
        ? actual.some((element) => matches(element, wanted, true))
        : typeof actual === 'string' && actual.includes(String(wanted));
    case '$type':
      return typeOf(actual) === wanted || (wanted === 'number' && typeof actual === 'number');
  }
}

/**
 * What is wrong with a value, undefined when nothing is. A check is a literal (equal as JSON) or an object of the words
 * above, all of which must hold.
 */
export function fault(actual: unknown, wanted: unknown): string | undefined {
  const asked = isObject(wanted) ? words.filter((word) => Object.hasOwn(wanted, word)) : [];
  if (asked.length === 0)
    return matches(actual, wanted, false)
      ? undefined
      : `expected ${JSON.stringify(wanted)}, found ${JSON.stringify(actual)}`;
  const failed = asked.find((word) => !holds(actual, word, (wanted as Json)[word]));
  return failed && `expected ${failed} ${JSON.stringify((wanted as Json)[failed])}, found ${JSON.stringify(actual)}`;
}
