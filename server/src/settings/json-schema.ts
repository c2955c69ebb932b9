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

/** Whether a value fits a schema. Objects are not checked here, but member by member; `format` is ignored. */
export function fits(schema: Schema, value: unknown): boolean {
  switch (schema.type) {
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return (
        Number.isInteger(value) &&
        Number(value) >= (schema.minimum ?? -Infinity) &&
        Number(value) <= (schema.maximum ?? Infinity)
      );
    case "string":
      return (
        typeof value === "string" &&
        value.length >= (schema.minLength ?? 0) &&
        schema.enum?.includes(value) !== false &&
        (schema.pattern === undefined || new RegExp(schema.pattern, "u").test(value))
      );
    case "array": {
      const { items = {} } = schema;
      return (
        Array.isArray(value) &&
        value.length >= (schema.minItems ?? 0) &&
        value.every((item) => fits(items, item))
      );
    }
    default:
      return false;
  }
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
