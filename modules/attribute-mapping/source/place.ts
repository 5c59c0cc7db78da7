import { isObject, type Resource } from '../../scim/index.ts';

/** A place in a user: what stands there, and a copy of the user with something else there. */
export interface Place {
  read(user: Resource): unknown;
  /** `undefined` removes what is there, and whatever is left empty by that. The argument is left as it is. */
  write(user: Resource, value: unknown): Resource;
}

/** The object without a name, or with it set. */
function withMember(object: Resource, name: string, value: unknown): Resource {
  const copy = { ...object };
  if (value === undefined) delete copy[name];
  else copy[name] = value;
  return copy;
}

/** An attribute at the top of the user, or a schema's extension. */
export const top = (name: string): Place => ({
  read: (user) => user[name],
  write: (user, value) => (value === undefined && user[name] === undefined ? user : withMember(user, name, value)),
});

/** A member of the object at a place. */
export const member = (place: Place, name: string): Place => ({
  read(user) {
    const owner = place.read(user);
    return isObject(owner) ? owner[name] : undefined;
  },
  write(user, value) {
    const owner = place.read(user);
    const inner = withMember(isObject(owner) ? owner : {}, name, value);
    return place.write(user, Object.keys(inner).length > 0 ? inner : undefined);
  },
});

/** Which element of a list is meant, −1 for none; and the element to add with these members where there is none. */
export interface Selector {
  index(elements: readonly unknown[]): number;
  seed(members: Resource): Resource;
  /** What stays of an element of which nothing is left beside others; without it, nothing stays. */
  readonly vacant?: Resource;
}

/** One element of the list at a place. */
export const element = (place: Place, { index, seed, vacant }: Selector): Place => ({
  read(user) {
    const elements = place.read(user);
    return Array.isArray(elements) ? elements[index(elements)] : undefined;
  },
  write(user, value) {
    const given = place.read(user);
    const elements: unknown[] = Array.isArray(given) ? [...(given as unknown[])] : [];
    const at = index(elements);
    if (at >= 0) {
      const stays = value ?? (elements.length > 1 ? vacant : undefined);
      elements.splice(at, 1, ...(stays === undefined ? [] : [stays]));
    } else if (value === undefined) return user;
    else elements.push(isObject(value) ? seed(value) : value);
    return place.write(user, elements.length > 0 ? elements : undefined);
  },
});

/** One member of every element of the list at a place, as a list; elements without it are passed over. */
export const each = (place: Place, name: string): Place => ({
  read(user) {
    const elements = place.read(user);
    if (!Array.isArray(elements)) return undefined;
    const values = elements.flatMap((one: unknown) => (isObject(one) && one[name] !== undefined ? [one[name]] : []));
    return values.length > 0 ? values : undefined;
  },
  write(user, value) {
    if (!Array.isArray(value)) return place.write(user, undefined);
    const given = place.read(user);
    const elements: unknown[] = Array.isArray(given) ? given : [];
    const has = (wanted: unknown) => elements.find((one) => isObject(one) && one[name] === wanted);
    return place.write(
      user,
      value.map((wanted: unknown) => has(wanted) ?? { [name]: wanted }),
    );
  },
});
