import type { Dependencies, ExtensionPoint, Resolved, ServiceToken } from './token.ts';

/** How a service comes to be: its token, what its factory needs, and the factory. Made once, at boot. */
export interface Provision {
  readonly token: ServiceToken<unknown>;
  readonly dependencies: Dependencies;
  readonly create: (resolved: Record<string, unknown>) => unknown;
}

/** One item for an extension point. */
export interface Contribution {
  readonly point: ExtensionPoint<unknown>;
  readonly dependencies: Dependencies;
  readonly create: (resolved: Record<string, unknown>) => unknown;
}

/** Provides `token` by calling `create` once at boot with the resolved dependencies. `create` may be async. */
export function provide<T, D extends Dependencies>(
  token: ServiceToken<T>,
  dependencies: D,
  create: (resolved: Resolved<D>) => NoInfer<T> | Promise<NoInfer<T>>,
): Provision {
  return { token: token as ServiceToken<unknown>, dependencies, create: create as Provision['create'] };
}

/** Contributes one item to an extension point that another (or the same) module owns. */
export function contribute<T, D extends Dependencies>(
  point: ExtensionPoint<T>,
  dependencies: D,
  create: (resolved: Resolved<D>) => NoInfer<T> | Promise<NoInfer<T>>,
): Contribution {
  return { point: point as ExtensionPoint<unknown>, dependencies, create: create as Contribution['create'] };
}
