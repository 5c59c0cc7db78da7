/** Most ids that one statement names. */
export const longestList = 1000;

/** The ids in pieces that fit a statement. */
export function* listsOf<T>(items: readonly T[], size = longestList): Generator<readonly T[]> {
  if (items.length <= size) {
    if (items.length > 0) yield items;
    return;
  }
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

export const ascending = (a: number, b: number): number => a - b;
