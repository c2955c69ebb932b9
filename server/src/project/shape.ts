/* Shapes of values from outside the program: messages, answers, arguments. No check throws. */

export type Check = (value: unknown) => boolean;

/** A check for each field; the compiler demands one when a field is added. */
export type Fields<Value> = { readonly [Name in keyof Required<Value>]: Check };

export const isText: Check = (value) => typeof value === "string";

export const isBoolean: Check = (value) => typeof value === "boolean";

/** Checks an object by its fields, ignoring others. Linear in the value. */
export function shape<Value>(fields: Fields<Value>): (value: unknown) => value is Value {
  const checks = Object.entries<Check>(fields);
  return (value): value is Value => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const given = value as Readonly<Record<string, unknown>>;
    return checks.every(([name, check]) => check(given[name]));
  };
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

export function listOf(check: Check): Check {
  // A copy has no holes, which `every` would skip.
  return (value) => Array.isArray(value) && Array.from<unknown>(value).every(check);
}
