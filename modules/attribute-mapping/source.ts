import type { Resource } from '../scim/index.ts';

/** Where a rule reads in a SCIM user, and how the same place is written. */
export interface Source {
  /** As a person would write it. */
  readonly text: string;
  /** The attribute: its name, or the extension's URN, a colon and its name. */
  readonly attribute: string;
  read(user: Resource): unknown;
  /** A copy of the user with the value there; `undefined` removes it. The argument is left as it is. */
  write(user: Resource, value: unknown): Resource;
}

const isObject = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object without a name, or with it set; undefined values disappear. */
function withField(object: Resource, name: string, value: unknown): Resource {
  const copy = { ...object };
  if (value === undefined) delete copy[name];
  else copy[name] = value;
  return copy;
}

/** A singular attribute by its steps: `['name', 'givenName']`, or a schema's URN and a name. */
export function attribute(...steps: readonly [string, ...string[]]): Source {
  const [first, second] = steps;
  const extension = first.startsWith('urn:') && second !== undefined;
  const text = extension ? `${first}:${second}` : steps.join('.');
  const attribute = extension ? text : first;
  if (second === undefined)
    return { text, attribute, read: (user) => user[first], write: (user, value) => withField(user, first, value) };
  return {
    text,
    attribute,
    read: (user) => (isObject(user[first]) ? user[first][second] : undefined),
    write(user, value) {
      const inner = withField(isObject(user[first]) ? user[first] : {}, second, value);
      return withField(user, first, Object.keys(inner).length > 0 ? inner : undefined);
    },
  };
}

/**
 * The element of a multi-valued attribute that speaks for the person: the primary one, else the one of type `work`, else
 * the first. −1 when there is none.
 */
export function mainIndex(elements: readonly unknown[]): number {
  let work = -1;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (!isObject(element)) continue;
    if (element.primary === true) return i;
    if (work < 0 && typeof element.type === 'string' && element.type.toLowerCase() === 'work') work = i;
  }
  return work >= 0 ? work : elements.length > 0 ? 0 : -1;
}

/** A sub-attribute of the main element of a multi-valued attribute. */
export function mainElement(name: string, subAttribute: string): Source {
  return {
    text: `${name}[main].${subAttribute}`,
    attribute: name,
    read(user) {
      const elements = user[name];
      if (!Array.isArray(elements)) return undefined;
      const element: unknown = elements[mainIndex(elements)];
      return isObject(element) ? element[subAttribute] : undefined;
    },
    write(user, value) {
      const elements: unknown[] = Array.isArray(user[name]) ? [...(user[name] as unknown[])] : [];
      const index = mainIndex(elements);
      if (index < 0) {
        if (value === undefined) return user;
        elements.push({ type: 'work', [subAttribute]: value, primary: true });
      } else {
        const element = withField(isObject(elements[index]) ? elements[index] : {}, subAttribute, value);
        // Nothing is left of an element without any member.
        elements.splice(index, 1, ...(Object.keys(element).length > 0 ? [element] : []));
      }
      return withField(user, name, elements.length > 0 ? elements : undefined);
    },
  };
}
