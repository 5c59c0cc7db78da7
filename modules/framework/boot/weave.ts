import { composeChain, type Link, type Method } from './chain.ts';

/** Names of the methods and properties of an object and its classes, `Object.prototype` and constructors left out. */
function membersOf(target: object): Set<PropertyKey> {
  const members = new Set<PropertyKey>();
  for (let at: object | null = target; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const key of Reflect.ownKeys(at)) if (key !== 'constructor') members.add(key);
  }
  return members;
}

/** True when `service[name]` can be called. */
export function hasMethod(service: unknown, name: string): service is Record<string, Method> {
  return typeof service === 'object' && service !== null && typeof Reflect.get(service, name) === 'function';
}

/**
 * Stands in front of a service with the advised methods replaced by their chains. `this` is always the service itself,
 * so private fields, getters and setters work; calls that a service makes to itself therefore pass no plugin. The
 * service is not changed: who shares the same object under another name sees nothing.
 */
export function weave<T extends object>(service: T, advised: ReadonlyMap<string, readonly Link[]>): T {
  const woven: object = Object.create(service);
  for (const key of membersOf(service)) {
    const links = advised.get(String(key));
    const value: unknown = links ? Reflect.get(service, key) : undefined;
    if (links && typeof value === 'function') {
      const real: Method = (...args) => Reflect.apply(value, service, args);
      Object.defineProperty(woven, key, { value: composeChain(links, real), enumerable: true });
    } else {
      Object.defineProperty(woven, key, delegate(service, key));
    }
  }
  return woven as T;
}

function delegate(service: object, key: PropertyKey): PropertyDescriptor {
  const value: unknown = ownValue(service, key);
  if (typeof value === 'function') return { value: value.bind(service), enumerable: true };
  return {
    get: () => Reflect.get(service, key),
    set: (changed: unknown) => {
      Reflect.set(service, key, changed);
    },
    enumerable: true,
  };
}

/** The value of a data property, wherever in the chain; undefined for an accessor, which must not run yet. */
function ownValue(service: object, key: PropertyKey): unknown {
  for (let at: object | null = service; at; at = Object.getPrototypeOf(at)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(at, key);
    if (descriptor) return descriptor.value;
  }
  return undefined;
}
