/**
 * Lets attempts on one name pass one after the other, so that many at once can't all read the same count of failures. Of
 * all names, `atOnce` attempts run at a time: each takes 64 MiB and a tenth of a second.
 */
export function createTurns(atOnce: number): <T>(name: string, attempt: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let free = atOnce;

  async function limited<T>(attempt: () => Promise<T>): Promise<T> {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await attempt();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  }

  return (name, attempt) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(
      () => limited(attempt),
      () => limited(attempt),
    );
    last.set(name, turn);
    const forget = (): void => {
      if (last.get(name) === turn) last.delete(name);
    };
    turn.then(forget, forget);
    return turn;
  };
}
