import {
  type AttributePath,
  compareCodePoints,
  fold,
  isObject,
  type ListQuery,
  parseDateTime,
  printPath,
  type Resource,
  type ResourceType,
} from '../../../modules/scim/index.ts';
import { pathsOf } from './arbitraries.ts';
import type { SearchedStore } from './searched-store.ts';

/** The number that a resource's id begins with. */
export const idOf = ({ id }: Resource): number => Number.parseInt(String(id), 10);

/** What a resource sorts by: the primary value, else the first; undefined where it has none. */
function valueAt({ extension, schema, attribute, subAttribute }: AttributePath, resource: Resource): unknown {
  const owner = extension ? resource[schema.id] : resource;
  let value = isObject(owner) ? owner[attribute.name] : undefined;
  if (Array.isArray(value)) value = value.find((one) => isObject(one) && one.primary === true) ?? value[0];
  return subAttribute ? (isObject(value) ? value[subAttribute.name] : undefined) : value;
}

function comparable({ attribute, subAttribute }: AttributePath, value: unknown): string | number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return value as number | undefined;
  const definition = subAttribute ?? attribute;
  if (definition.type === 'dateTime') return parseDateTime(value);
  return definition.caseExact ? value : fold(value);
}

/** The ids in the order that a sorted list must have. */
export function sorted(resources: readonly Resource[], path: AttributePath, descending: boolean): number[] {
  const keyed = resources.map((one) => ({ id: idOf(one), key: comparable(path, valueAt(path, one)) }));
  const order = (a: string | number | undefined, b: string | number | undefined): number => {
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return typeof a === 'number' && typeof b === 'number' ? a - b : compareCodePoints(String(a), String(b));
  };
  return keyed
    .sort((a, b) => (descending ? -order(a.key, b.key) : order(a.key, b.key)) || a.id - b.id)
    .map(({ id }) => id);
}

/** Every path that can be sorted by. */
export const sortablePaths = (type: ResourceType): readonly AttributePath[] =>
  pathsOf(type)
    .flatMap((path) => [path, ...path.attribute.subAttributes.map((subAttribute) => ({ ...path, subAttribute }))])
    .filter(
      (path) =>
        (path.subAttribute ?? path.attribute).type !== 'complex' &&
        !['id', 'schemas', 'meta.version', 'groups.type'].includes(printPath(path)),
    );

/** Every page one after the other, by startIndex. */
export async function walkedByIndex(store: SearchedStore, query: Partial<ListQuery>, count: number): Promise<number[]> {
  const keys: number[] = [];
  for (;;) {
    const page = await store.search({ ...query, count, startIndex: keys.length + 1 });
    keys.push(...page.keys);
    if (page.keys.length < count) return keys;
  }
}

/** Every page by cursor, from the first one to the last, and from there back to the first. */
export async function walkedByCursor(
  store: SearchedStore,
  query: Partial<ListQuery>,
  count: number,
): Promise<{ readonly there: number[]; readonly back: number[] }> {
  let page = await store.search({ ...query, count, cursor: '' });
  const there = [...page.keys];
  while (page.nextCursor !== undefined) {
    page = await store.search({ ...query, count, cursor: page.nextCursor });
    there.push(...page.keys);
  }
  const back = [...page.keys];
  while (page.previousCursor !== undefined) {
    page = await store.search({ ...query, count, cursor: page.previousCursor });
    back.unshift(...page.keys);
  }
  return { there, back };
}
