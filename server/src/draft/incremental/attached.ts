/** Values that are kept with objects, for as long as those live. */
export interface Attached<K extends object, V> {
  get(object: K): V | undefined;
  set(object: K, value: V): void;
}

/**
 * Keeps a value with an object, in a hidden property of it: not enumerable, so that the object equals
 * its like, and a copy of it starts afresh.
 *
 * A WeakMap would do the same, but V8 takes its values for living in each minor collection, whether
 * their keys are or not. So all that was ever read outlived its draft, and to move it about was a
 * seventh of a check.
 */
export function attached<K extends object, V>(): Attached<K, V> {
  const place = Symbol("attached");
  return {
    get: (object) => (object as Readonly<Record<symbol, V | undefined>>)[place],
    set: (object, value) => {
      Object.defineProperty(object, place, { value, writable: true });
    },
  };
}
