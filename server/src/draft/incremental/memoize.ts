/*
 * All memoisation on objects goes through this file. Values are stored in a hidden property of the object they were
 * computed from. It is not enumerable, so the object still equals its like, and a copy starts without it.
 *
 * A WeakMap would do the same, but V8 treats its values as live in each minor collection, whether their keys are alive
 * or not. Everything that was ever read then outlived its draft, and moving it took a seventh of a check.
 */

/** Values that are stored on objects, for as long as those live. */
export interface ObjectCache<K extends object, V> {
  get(object: K): V | undefined;
  set(object: K, value: V): void;
}

/** A cache for one value per object, set by its owner. If the value can be computed, use `memoizeOn`. */
export function objectCache<K extends object, V>(): ObjectCache<K, V> {
  const key = Symbol("cached");
  return {
    get: (object) => (object as Readonly<Record<symbol, V | undefined>>)[key],
    set: (object, value) => {
      Object.defineProperty(object, key, { value, writable: true });
    },
  };
}

/**
 * Makes a memoiser for one kind of object. It turns a function into one that is computed once per object. All functions
 * of one memoiser share one hidden property, an array with a slot for each.
 *
 * Nothing is stored on an object that `isSmall`: its values are computed again after another small object was asked
 * about.
 */
export function memoizeOn<K extends object>(
  isSmall?: (object: K) => boolean,
): <T>(compute: (object: K) => T) => (object: K) => T {
  const key = Symbol("memoized");
  /** A slot for each function. An object's values begin as a copy of this. */
  const slots: undefined[] = [];
  let lastSmall: K | undefined;
  let lastValues: unknown[] = [];
  const newValues = (object: K): unknown[] => {
    if (object === lastSmall) return lastValues;
    const values: unknown[] = slots.slice();
    if (isSmall?.(object) === true) {
      lastSmall = object;
      lastValues = values;
    } else {
      Object.defineProperty(object, key, { value: values });
    }
    return values;
  };
  return <T>(compute: (object: K) => T) => {
    const slot = slots.push(undefined) - 1;
    return (object) => {
      const values =
        (object as Readonly<Record<symbol, unknown[] | undefined>>)[key] ?? newValues(object);
      const known = values[slot];
      if (known === undefined) {
        const value = compute(object);
        values[slot] = value === undefined ? NONE : value;
        return value;
      }
      // Only this function writes to its slot.
      return (known === NONE ? undefined : known) as T;
    };
  };
}

/** Stored for a value that is `undefined`. */
const NONE = Symbol("none");

/** The value, computed on first use. */
export function computeOnce<T>(compute: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: compute() };
    return made.value;
  };
}

/** The values that were last used, at most this many. */
export class RecentlyUsed<V> extends Map<string, V> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override get(key: string): V | undefined {
    const value = super.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  /** A map keeps the order in which its keys were added. */
  override set(key: string, value: V): this {
    this.delete(key);
    super.set(key, value);
    const [oldest] = this.size > this.#most ? this.keys() : [];
    if (oldest !== undefined) this.delete(oldest);
    return this;
  }
}

/** The function, with its most recent results, at most this many, kept by everything they depend on. */
export function keepLast<A, V extends object>(
  most: number,
  toKey: (argument: A) => string,
  compute: (argument: A) => V,
): (argument: A) => V {
  const kept = new RecentlyUsed<V>(most);
  return (argument) => {
    const key = toKey(argument);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = compute(argument);
    kept.set(key, value);
    return value;
  };
}

/** Keeps the last result, and computes a new one if one of its parts changed, compared by identity. */
export function reuseLast<Made>(): (parts: readonly unknown[], make: () => Made) => Made {
  let last: { readonly parts: readonly unknown[]; readonly made: Made } | undefined;
  return (parts, make) => {
    if (last === undefined || !isSameList(last.parts, parts)) last = { parts, made: make() };
    return last.made;
  };
}

export function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
