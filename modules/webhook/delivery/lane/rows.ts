/** Rows of a statement: few different numbers, so that few texts are prepared. */
const largest = 64;

/** `items` in pieces of 64, 32, … 1. */
export function* pieces<T>(items: readonly T[]): Generator<readonly T[]> {
  let size = largest;
  for (let start = 0; start < items.length; start += size) {
    while (size > items.length - start) size /= 2;
    yield items.slice(start, start + size);
  }
}
