/** Tries of one transaction, the first included. */
export const maxTries = 5;

/** Milliseconds that retries may take in all. */
export const retryBudget = 5000;

/** Full jitter, 10–500 ms: the range doubles with every try, and where in it a try falls is chance. */
export function retryDelay(tries: number): number {
  const range = Math.min(500, 25 * 2 ** tries);
  return 10 + Math.random() * (range - 10);
}

/** 1–20 ms between two looks at a locked SQLite file. */
export function busyDelay(): number {
  return 1 + Math.random() * 19;
}
