/** A JSON Schema, draft 7, as far as Galley uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly type?: "object" | "array" | "string" | "integer" | "boolean";
  readonly description?: string;
  readonly markdownDescription?: string;
  /** What has become of an outdated name that still works; editors show it (VS Code's extension of JSON Schema). */
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly pattern?: string;
  /** `glob`: a pattern of files, as in `settings/glob.ts`. */
  readonly format?: "glob";
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly anyOf?: readonly Schema[];
}

/** The keywords of a schema that a value other than an object must satisfy. */
export type Constraint =
  "type" | "enum" | "minimum" | "maximum" | "minLength" | "minItems" | "pattern";

/** Which keyword of a schema a value fails, if it fits the type at all; undefined if it fits. `format` is ignored. */
export function misfit(schema: Schema, value: unknown): Constraint | undefined {
  const { type, minimum = -Infinity, maximum = Infinity, items = {} } = schema;
  if (type === "boolean" && typeof value === "boolean") return undefined;
  if (type === "integer" && Number.isInteger(value)) {
    if (Number(value) < minimum) return "minimum";
    return Number(value) > maximum ? "maximum" : undefined;
  }
  if (type === "string" && typeof value === "string") {
    if (schema.enum?.includes(value) === false) return "enum";
    if (value.length < (schema.minLength ?? 0)) return "minLength";
    const { pattern = "" } = schema;
    return new RegExp(pattern, "u").test(value) ? undefined : "pattern";
  }
  if (type === "array" && Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) return "minItems";
    return value.every((item) => fits(items, item)) ? undefined : "type";
  }
  // Objects are not checked here, but member by member.
  return "type";
}

export function fits(schema: Schema, value: unknown): boolean {
  return misfit(schema, value) === undefined;
}

/** An object's members; none for anything else. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The value under a name in an object. A dot in the name leads into a nested object. */
export function valueAt(value: unknown, name: string): unknown {
  return name.split(".").reduce((inner, part) => getOwn(record(inner), part), value);
}

function getOwn(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
