/** JSON whose members are looked at without ceremony: what is not there is undefined, and compared like everything else. */
export interface Json {
  readonly [name: string]: Json;
  readonly [index: number]: Json;
}

/** A message or a resource to be sent. */
export type Body = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Equal as JSON, whatever the order of members. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, i) => sameJson(value, b[i]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  );
}

/** The elements of a list; none where there is no list. */
export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** A text as it is in JSON; empty where it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
