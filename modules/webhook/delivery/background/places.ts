/** How much may be under way at once, over all endpoints of a process. */
export interface Places {
  /** Runs `work` when there is a place for it, first come, first served. */
  within<T>(work: () => Promise<T>): Promise<T>;
}

export function createPlaces(count: number): Places {
  const queue: (() => void)[] = [];
  let free = count;
  return {
    async within(work) {
      if (free > 0) free--;
      else await new Promise<void>((go) => queue.push(go));
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next) next();
        else free++;
      }
    },
  };
}
