const fewest = 4;
/** What a process that is killed has claimed is sent by others only when the claim has run out. */
const most = 16;
/** What was claimed should be sent within so many milliseconds: others could have sent it meanwhile. */
const tooLong = 1_500;
const soon = 500;

/** How many lanes an endpoint's next claim takes: more while it empties them quickly, fewer while it is slow. */
export interface Pace {
  size(): number;
  /** A claim gave so many. */
  claimed(count: number): void;
  /** The last claim gave as many as it could: there are more. */
  full(): boolean;
  /** They are used up, or nearly. */
  emptied(): void;
}

export function createPace(elapsed: () => number = () => performance.now()): Pace {
  let size = fewest;
  let last: { readonly full: boolean; readonly at: number } | undefined;
  return {
    size: () => size,
    full: () => last?.full === true,
    claimed(count) {
      last = { full: count >= size, at: elapsed() };
    },
    emptied() {
      if (!last) return;
      const took = elapsed() - last.at;
      if (took > tooLong) size = Math.max(fewest, size / 2);
      else if (last.full && took < soon) size = Math.min(most, size * 2);
      last = undefined;
    },
  };
}
