import type { Dependencies, Resolved, ServiceToken } from './token.ts';

// biome-ignore lint/suspicious/noExplicitAny: a method of any shape; the shape is recovered by inference below
type Method = (...args: any[]) => any;

// biome-ignore lint/suspicious/noExplicitAny: as above
type AsyncMethod = (...args: any[]) => Promise<any>;

/** Only async methods: a chain of advice may wait, so a method that answers at once would change its type. */
type MethodNames<T> = { [K in keyof T]: T[K] extends AsyncMethod ? K : never }[keyof T];

/**
 * What a plugin does around one method, with Magento's meaning: `before` may answer new arguments, `around` calls
 * `next` (or does not), `after` answers the result that the caller shall see.
 */
export interface MethodAdvice<M extends Method> {
  // biome-ignore lint/suspicious/noConfusingVoidType: Magento's contract: nothing returned means "arguments unchanged"
  before?: (...args: Parameters<M>) => Parameters<M> | void | Promise<Parameters<M> | void>;
  around?: (next: (...args: Parameters<M>) => ReturnType<M>, ...args: Parameters<M>) => ReturnType<M>;
  after?: (result: Awaited<ReturnType<M>>, ...args: Parameters<M>) => Awaited<ReturnType<M>> | ReturnType<M>;
}

/** Advice for a service, per async method. */
export type Advice<T> = {
  [K in MethodNames<T>]?: T[K] extends Method ? MethodAdvice<T[K]> : never;
};

export interface Plugin {
  readonly target: ServiceToken<unknown>;
  /** Unique over all modules: `<module>.<what it does>`. */
  readonly id: string;
  /** Ascending; a plugin without one comes first, equal ones keep module order. */
  readonly sortOrder?: number;
  readonly disabled?: boolean;
  readonly dependencies: Dependencies;
  readonly advise: (resolved: Record<string, unknown>) => Record<string, MethodAdvice<Method>>;
}

/**
 * Declares a plugin on a service. It may run again when a transaction is retried, so it has no effect outside the
 * database; such effects belong in an observer of a committed event.
 */
export function plugin<T, D extends Dependencies = Record<never, never>>(
  target: ServiceToken<T>,
  declaration: {
    id: string;
    sortOrder?: number;
    disabled?: boolean;
    inject?: D;
    advise: (resolved: Resolved<D>) => Advice<T>;
  },
): Plugin {
  const { inject, advise, ...rest } = declaration;
  return {
    ...rest,
    target: target as ServiceToken<unknown>,
    dependencies: inject ?? {},
    advise: advise as unknown as Plugin['advise'],
  };
}
