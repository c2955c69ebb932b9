import type { Schema } from "./json-schema.ts";
import { GROUPS, type Setting, settingsOfFile } from "./table.ts";

/** The schema of `.galley.json`, made from the table of settings. Files are checked against this object. */
export function configSchema(): Schema {
  const inOverrides = settingsOfFile("override").map(([, setting]) => setting);
  // What an override may contain too is written once, if it is large.
  const shared = inOverrides.filter(isLarge);
  const overridable = toProperties(
    inOverrides.map((one) =>
      isLarge(one) ? { name: one.name, schema: { $ref: `#/definitions/${one.name}` } } : one,
    ),
  );
  const rest = settingsOfFile("top")
    .map(([, setting]) => setting)
    .filter(({ file }) => file === "top")
    .map((one) =>
      one.use === "overrides" ? { ...one, schema: withItems(one.schema, overridable) } : one,
    );
  return {
    type: "object",
    description: "How Galley reads the drafts in this folder and below.",
    definitions: Object.fromEntries(shared.map(({ name, schema }) => [name, schema])),
    additionalProperties: false,
    properties: {
      $schema: { type: "string", description: "Where this file's schema is." },
      ...overridable,
      ...toProperties(rest),
    },
  };
}

function isLarge({ schema }: Setting): boolean {
  return schema.type === "object";
}

/** The properties of an object that contains the settings, some of them in a nested object. */
function toProperties(
  settings: readonly { readonly name: string; readonly schema: Schema }[],
): Readonly<Record<string, Schema>> {
  const properties: Record<string, Schema> = {};
  for (const { name, schema } of settings) {
    const [group = name, inner] = name.split(".");
    if (inner === undefined) {
      properties[name] = schema;
      continue;
    }
    properties[group] = {
      type: "object",
      description: GROUPS[group] ?? "",
      additionalProperties: false,
      properties: { ...properties[group]?.properties, [inner]: schema },
    };
  }
  return properties;
}

function withItems(list: Schema, properties: Readonly<Record<string, Schema>>): Schema {
  const { items } = list;
  return { ...list, items: { ...items, properties: { ...items?.properties, ...properties } } };
}
