import { BoundedCache } from './bounded-cache.ts';

const braced = /\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Enough for every constant text of a large host; a text built from values would only push others out. */
const limit = 2000;

/**
 * Makes the function that turns `{customer_entity}` into the prefixed table name. Everything else in the text, such as
 * the `'{}'` of an empty JSON object, is left alone. Results are kept by text.
 */
export function tableNames(prefix: string): (text: string) => string {
  const known = new BoundedCache<string>(limit);
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const expanded = text.replace(braced, (_, name: string) => prefix + name);
    known.set(text, expanded);
    return expanded;
  };
}
