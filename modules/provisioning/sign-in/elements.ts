import { fold, isObject, type Resource } from '../../scim/index.ts';

/** What an element is, and not what it says: another value never makes it another kind of element. */
export const kindMembers: ReadonlySet<string> = new Set(['type', 'primary', 'display', '$ref']);

/** The type as types are compared; empty for an element without one. */
export const typeOf = ({ type }: Resource): string => (typeof type === 'string' ? fold(type) : '');

/** The elements of a list where its types tell them apart; undefined where the list is one value as a whole. */
export function elementsOf(list: unknown): readonly Resource[] | undefined {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list) || !list.every(isObject)) return undefined;
  const elements: readonly Resource[] = list;
  return new Set(elements.map(typeOf)).size === elements.length ? elements : undefined;
}

/** The element that speaks for the person: the primary one, else the one of type `work`, else the first. */
export function mainOf(elements: readonly Resource[]): number {
  const primary = elements.findIndex((element) => element.primary === true);
  if (primary >= 0) return primary;
  const work = elements.findIndex((element) => typeOf(element) === 'work');
  return work >= 0 ? work : elements.length > 0 ? 0 : -1;
}

/**
 * Which of these are the same as the elements of another list, −1 for none: the primary one is the primary one, whatever
 * types providers give to it, or the only one there is; others are those of their types. Each is one at most.
 */
export function counterparts(elements: readonly Resource[], others: readonly Resource[]): readonly number[] {
  const found = others.map(() => -1);
  const used = new Set<number>();
  const pair = (other: number, index: number): void => {
    if (index < 0 || used.has(index)) return;
    found[other] = index;
    used.add(index);
  };
  const sameType = (element: Resource): number => elements.findIndex((one) => typeOf(one) === typeOf(element));
  const primary = others.findIndex((element) => element.primary === true);
  const [own, first] = [elements.findIndex((element) => element.primary === true), others[primary]];
  if (first) pair(primary, own >= 0 ? own : elements.length === 1 ? 0 : sameType(first));
  for (const [at, element] of others.entries()) if (at !== primary) pair(at, sameType(element));
  return found;
}

/** What one more element leaves as it is: that types tell elements apart, and which is the main one; or neither. */
export function leavesOthers(elements: readonly Resource[], added: Resource): 'all' | 'types' | 'none' {
  if (elements.some((element) => typeOf(element) === typeOf(added))) return 'none';
  return elements.length === 0 || mainOf([...elements, added]) === mainOf(elements) ? 'all' : 'types';
}

/** How a person would name the element. */
export const elementName = (element: Resource): string =>
  element.primary === true ? '[primary]' : typeOf(element) === '' ? '[0]' : `[type eq "${String(element.type)}"]`;

/** The main address of a document, else its userName where that is one; undefined where nothing is. */
export function mainEmail({ emails }: Resource): string | undefined {
  const list: readonly Resource[] = Array.isArray(emails) ? emails.filter(isObject) : [];
  const value = list[mainOf(list)]?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
