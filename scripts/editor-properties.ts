import type { Schema } from "../server/src/settings/schema.ts";
import {
  ACCEPT,
  EXCLUDE,
  INCLUDE,
  LANGUAGE_TAG,
  LEVEL_DESCRIPTIONS,
  LEVELS,
  optionSchema,
  PLACEHOLDER,
  SENSITIVITY,
} from "../server/src/settings/schema.ts";
import { RULES } from "../server/src/rules/index.ts";

/** A setting of VS Code. */
export interface Property extends Schema {
  readonly scope: "resource" | "window" | "language-overridable";
  readonly order?: number;
  readonly tags?: readonly string[];
  readonly enumItemLabels?: readonly string[];
}

/** Galley's settings in VS Code, as the server reads them. Those of the rules come from the rules. */
export function editorProperties(): Record<string, Property> {
  const general: Record<string, Schema & { readonly scope?: Property["scope"] }> = {
    enable: { type: "boolean", default: true, description: "Check drafts." },
    "workspace.check": {
      type: "string",
      enum: ["on", "open drafts only"],
      default: "on",
      description: "Which drafts have their findings in the Problems view.",
      enumDescriptions: [
        "Every draft in the workspace, open or not.",
        "Only the drafts that are open.",
      ],
    },
    "workspace.maxDrafts": {
      type: "integer",
      default: 20000,
      minimum: 0,
      description: "In a workspace with more drafts than this, only the open ones are checked.",
    },
    include: INCLUDE,
    exclude: EXCLUDE,
    accept: ACCEPT,
    placeholder: PLACEHOLDER,
    language: LANGUAGE_TAG,
    "holes.sensitivity": SENSITIVITY,
    "fixAll.repeats": {
      type: "boolean",
      default: false,
      description:
        "“Fix all” also deletes repeated passages, where the copy equals the other to the letter.",
    },
    "trace.server": {
      type: "string",
      enum: ["off", "messages", "verbose"],
      default: "off",
      description: "What of the talk between VS Code and Galley is written to the log.",
      scope: "window",
    },
  };
  const properties: Record<string, Property> = {};
  let order = 0;
  const add = (name: string, schema: Schema, scope: Property["scope"] = "resource"): void => {
    properties[`galley.${name}`] = { ...schema, scope, order: order++ };
  };
  for (const [name, { scope, ...schema }] of Object.entries(general)) add(name, schema, scope);
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
  return properties;
}
