import { elementMatches, type Filter, fold, isObject, type Resource } from '../../scim/index.ts';
import type { Selector } from './place.ts';

/** The first element that a filter selects; undefined `seed` where the filter does not say what such an element is like. */
export function filteredElement(filter: Filter): Selector & { readonly known: Resource | undefined } {
  const matches = matcherOf(filter);
  const known = knownOf(filter);
  const settled = known !== undefined && elementMatches(filter, known) ? known : undefined;
  return {
    known: settled,
    index: (elements) => elements.findIndex(matches),
    seed: (members) => ({ ...settled, ...members }),
  };
}

/** What identity providers write nearly always, `type eq "work"`, without walking the filter. */
function matcherOf(filter: Filter): (element: unknown) => boolean {
  if (filter.kind !== 'compare' || filter.op !== 'eq') return (element) => elementMatches(filter, element);
  const { path, value } = filter;
  const sub = path.subAttribute;
  if (!sub || typeof value !== 'string' || sub.multiValued || sub.caseExact || sub.type !== 'string')
    return (element) => elementMatches(filter, element);
  const { name } = sub;
  const folded = fold(value);
  return (element) => {
    const said = isObject(element) ? element[name] : undefined;
    return typeof said === 'string' && (said === value || fold(said) === folded);
  };
}

/** The members that an element has to have for the filter to select it, where `eq` alone says so. */
function knownOf(filter: Filter): Resource | undefined {
  if (filter.kind === 'and') {
    const parts = filter.filters.map(knownOf);
    return parts.includes(undefined) ? undefined : Object.assign({}, ...parts);
  }
  if (filter.kind !== 'compare' || filter.op !== 'eq' || filter.value === null) return undefined;
  const name = filter.path.subAttribute?.name;
  return name === undefined ? undefined : { [name]: filter.value };
}
