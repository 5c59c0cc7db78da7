import { AsyncLocalStorage } from 'node:async_hooks';

interface Enclosing {
  readonly database: object;
  open: boolean;
  readonly outer: Enclosing | undefined;
}

/** One for all databases: each that has been used costs every promise of the process something for ever. */
const enclosings = new AsyncLocalStorage<Enclosing>();

/** True where this runs inside the work of a transaction on this database that has not ended. */
export function isInside(database: object): boolean {
  for (let at = enclosings.getStore(); at !== undefined; at = at.outer)
    if (at.open && at.database === database) return true;
  return false;
}

/** Runs the work of a transaction so that `isInside` knows of it. */
export function runInside<T>(database: object, work: () => Promise<T>): Promise<T> {
  let outer = enclosings.getStore();
  // A timer that a transaction has set runs inside it for good; those that have ended are not carried along.
  while (outer && !outer.open) outer = outer.outer;
  const enclosing = { database, open: true, outer };
  return enclosings.run(enclosing, async () => {
    try {
      return await work();
    } finally {
      enclosing.open = false;
    }
  });
}
