import type { Schema } from "../server/src/settings/json-schema.ts";
import { RULES } from "../server/src/rules/index.ts";
import {
  formerIdMessage,
  formerIdsOf,
  rulesFormerly,
} from "../server/src/rules/support/former-ids.ts";
import { LEVEL_DESCRIPTIONS, LEVELS, optionSchema } from "../server/src/settings/rule-settings.ts";
import { SETTINGS, TABLE } from "../server/src/settings/table.ts";

/** A setting of VS Code. */
export interface Property extends Schema {
  readonly scope: "resource" | "window" | "language-overridable";
  readonly order?: number;
  readonly tags?: readonly string[];
  readonly enumItemLabels?: readonly string[];
}

/** Galley's settings in VS Code, as the server reads them: those of the table, then those of each rule. */
export function editorProperties(): Record<string, Property> {
  const properties: Record<string, Property> = {};
  let order = 0;
  const add = (name: string, schema: Schema, scope: Property["scope"] = "resource"): void => {
    properties[`galley.${name}`] = { ...schema, scope, order: order++ };
  };
  for (const [, { name, schema, editor }] of SETTINGS) {
    if (editor !== undefined && name !== TABLE.rules.name) add(name, schema, editor);
  }
  for (const rule of RULES) {
    add(`rules.${rule.id}.severity`, {
      type: "string",
      enum: LEVELS,
      enumDescriptions: LEVEL_DESCRIPTIONS,
      default: rule.severity,
      markdownDescription: `${rule.summary} [More](command:galley.showRule?${encodeURIComponent(JSON.stringify([rule.id]))})`,
    });
    for (const [name, spec] of Object.entries(rule.options)) {
      add(`rules.${rule.id}.${name}`, optionSchema(spec));
    }
  }
  for (const id of formerIdsOf(RULES)) {
    add(`rules.${id}.severity`, {
      type: "string",
      enum: LEVELS,
      enumDescriptions: LEVEL_DESCRIPTIONS,
      deprecationMessage: formerIdMessage(id, rulesFormerly(RULES, id)) ?? "",
    });
  }
  return properties;
}
