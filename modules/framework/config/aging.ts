/** A loaded value that is good for a while. */
export interface Aging<T> {
  get(): Promise<T>;
  /** The next `get` loads anew, and waits for it. */
  expire(): void;
}

/** How long a reader waits for a refresh before it takes the old value; longer where that is known to be wrong. */
const PATIENCE_MS = 50;
const PATIENCE_WHEN_EXPIRED_MS = 2_000;

/**
 * Keeps what `load` answers for `maxAgeMs`. Readers share one load. Past that age a reader waits for the new value, but
 * not for long, and takes the old one where the load fails: inside a transaction, on an engine with a single
 * connection, it cannot succeed. One reader waits so for a load; while that goes on the others don't, or a transaction that
 * reads a hundred values would wait a hundred times. Only the very first load throws.
 */
export function aging<T>(load: () => Promise<T>, maxAgeMs: number, now: () => number): Aging<T> {
  let held: { value: T; at: number } | undefined;
  let loading: Promise<T> | undefined;
  let expired = false;
  /** The load that somebody has waited for in vain. */
  let overdue: Promise<T> | undefined;

  function refresh(): Promise<T> {
    const began = now();
    const attempt: Promise<T> = load()
      .then((value) => {
        if (loading === attempt) {
          held = { value, at: began };
          expired = false;
        }
        return value;
      })
      .finally(() => {
        if (loading === attempt) loading = undefined;
      });
    loading = attempt;
    return attempt;
  }

  return {
    async get() {
      if (held && !expired && now() - held.at < maxAgeMs) return held.value;
      const fresh = loading ?? refresh();
      if (!held) return fresh;
      const { value } = held;
      if (fresh === overdue) return value;
      const waited = after(expired ? PATIENCE_WHEN_EXPIRED_MS : PATIENCE_MS).then(() => {
        overdue = fresh;
        return value;
      });
      return Promise.race([fresh.catch(() => value), waited]);
    },
    expire() {
      expired = true;
      loading = undefined;
    },
  };
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
