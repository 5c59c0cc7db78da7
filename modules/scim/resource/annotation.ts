/** What is remembered with an object and nowhere else: it is not seen, not copied, and goes with the object. */
export interface Annotation<T> {
  /** Remembers a value; an object that takes nothing more goes without. */
  set(object: object, value: T): void;
  get(object: object): T | undefined;
}

/** Its constructor answers the object it was given: what extends it adds its private fields to that object. */
class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is what it is for
    return object;
  }
}

/**
 * An annotation of its own. It does what a WeakMap does, in a private field: whatever a WeakMap holds outlives every minor
 * garbage collection, be its key long dead, and texts of whole pages are too much to be carried along like that.
 */
export function annotation<T>(): Annotation<T> {
  class Annotated extends Given {
    #value: T;
    constructor(object: object, value: T) {
      super(object);
      this.#value = value;
    }
    static of(object: object): T | undefined {
      return #value in object ? object.#value : undefined;
    }
    static change(object: object, value: T): void {
      if (#value in object) object.#value = value;
      else if (Object.isExtensible(object)) new Annotated(object, value);
    }
  }
  return { set: Annotated.change, get: Annotated.of };
}
