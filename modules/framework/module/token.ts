/**
 * Tokens name what a module can ask for. One declaration serves as the type and as the token:
 *
 *   export interface Tiers { groupFor(department: string): Promise<number | undefined> }
 *   export const Tiers = service<Tiers>('loyalty-tier.Tiers');
 *
 * The id starts with the name of the module that owns the token, so a report can say whom to ask.
 */
export interface Token<T> {
  readonly kind: 'service' | 'extension-point' | 'config';
  readonly id: string;
  /** Asking for it is a wish: `undefined` where nobody provides it. See {@link whenProvided}. */
  readonly wish?: true;
  /** Never set: it carries the type to the compiler. */
  readonly type?: T;
}

/** A service: exactly one enabled module provides it; plugins may wrap its methods. */
export interface ServiceToken<T> extends Token<T> {
  readonly kind: 'service';
}

/** An extension point: any number of modules contribute items; asking for it gives all of them in module order. */
export interface ExtensionPoint<T> extends Token<readonly T[]> {
  readonly kind: 'extension-point';
}

/** What a factory, observer, command or route asks for, by the name it wants to use. */
export type Dependencies = Readonly<Record<string, Token<unknown>>>;

/** The same names, resolved. */
export type Resolved<D extends Dependencies> = {
  readonly [K in keyof D]: D[K] extends Token<infer T> ? T : never;
};

/** Declares a service token. `id` reads `<module>.<Name>`. */
export function service<T>(id: string): ServiceToken<T> {
  return Object.freeze({ kind: 'service', id });
}

/** Declares an extension point. `id` reads `<module>.<Name>`. */
export function extensionPoint<T>(id: string): ExtensionPoint<T> {
  return Object.freeze({ kind: 'extension-point', id });
}

/** Asks for a service that may be missing, such as one of an `optional` module: resolves to `undefined` then. */
export function whenProvided<T>(token: ServiceToken<T>): Token<T | undefined> {
  return Object.freeze({ kind: token.kind, id: token.id, wish: true });
}

/** The module that owns a service, extension point or event: the part of its id before the first dot. */
export function ownerOf(id: string): string {
  const dot = id.indexOf('.');
  return dot < 0 ? id : id.slice(0, dot);
}
