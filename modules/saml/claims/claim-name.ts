/** How a name is compared with those of the built-in table: URIs without case, plain names without what people put into them. */
export function comparable(name: string): string {
  const text = name.trim().toLowerCase();
  if (/^(?:https?:\/\/|urn:)/.test(text)) return text;
  return text.replace(/^user\./, '').replace(/[\s_.-]/g, '');
}

/** Finds attributes by such a name; of several that look alike the first counts. */
export function byComparableName(attributes: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of attributes.keys()) {
    const key = comparable(name);
    if (!found.has(key)) found.set(key, name);
  }
  return found;
}

const comparables = new WeakMap<readonly string[], readonly string[]>();

/** The names of a table's row as they are compared, made once for as long as the table stays. */
export function comparableNames(names: readonly string[]): readonly string[] {
  const known = comparables.get(names) ?? names.map(comparable);
  comparables.set(names, known);
  return known;
}
