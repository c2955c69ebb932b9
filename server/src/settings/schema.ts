import { BY_THE_TEXT } from "../language/declared.ts";
import { RULES } from "../rules/index.ts";
import { SEVERITIES } from "../draft/finding.ts";
import type { OptionSpec, Rule } from "../rules/rule.ts";
import { LANGUAGE } from "./settings.ts";

/** A JSON Schema, draft 7, as far as Galley uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly type?: "object" | "array" | "string" | "integer" | "boolean";
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly pattern?: string;
  /** `glob`: a pattern of files, as `settings/glob.ts` has it. */
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

export const LEVELS: readonly string[] = ["off", ...[...SEVERITIES].reverse()];

/** What each severity means to a writer; as `LEVELS` is ordered. */
export const LEVEL_DESCRIPTIONS: readonly string[] = [
  "The rule is not asked.",
  "Dots under the words; not listed in Problems.",
  "Listed in Problems as a note.",
  "Listed in Problems as a warning.",
  "Listed in Problems as an error.",
];

/** The schema of one option, for settings and `.galley.json` alike. */
export function optionSchema(spec: OptionSpec): Schema {
  const { description } = spec;
  switch (spec.type) {
    case "integer":
      return {
        type: "integer",
        default: spec.default,
        ...(spec.minimum === undefined ? {} : { minimum: spec.minimum }),
        ...(spec.maximum === undefined ? {} : { maximum: spec.maximum }),
        description,
      };
    case "boolean":
      return { type: "boolean", default: spec.default, description };
    case "string":
      return { type: "string", default: spec.default, description };
    case "enum":
      return { type: "string", enum: spec.values, default: spec.default, description };
    case "strings":
      return { type: "array", items: { type: "string" }, default: spec.default, description };
  }
}

export const PLACEHOLDER: Schema = {
  type: "string",
  minLength: 1,
  default: "TK",
  description: "What a fix puts where words are missing, for you to write over.",
};

export const SENSITIVITY: Schema = {
  type: "string",
  enum: ["quiet", "normal", "eager"],
  default: "normal",
  // As docs/accuracy.md has it, for published articles as plain text that no one trained on.
  description:
    "How readily Galley says that words are missing, and what that costs in wrong alarms, as measured in 10,000 words of published articles. quiet: 0.6, and 1 more as a dotted hint; of 100 lost links it finds 58, and 3 more by hints. normal: 1.0, and 4 more as hints; it finds 63, and 4 more. eager: 1.9, and 7 more as hints; it finds 66, and 2 more.",
};

export const LANGUAGE_TAG: Schema = {
  type: "string",
  pattern: LANGUAGE.source,
  default: BY_THE_TEXT,
  description:
    "The language of drafts that do not say theirs, as a tag such as “de” or “pt-BR”; in any but English nothing is said of missing words and of grammar. auto: told by each paragraph’s own words. A draft’s own “lang” (front matter, or <html lang>) counts before it.",
};

export const ACCEPT: Schema = {
  type: "array",
  items: { type: "string" },
  default: [],
  description:
    "Phrases that are right as they stand, whatever they look like: nothing is said about them.",
};

export const INCLUDE: Schema = {
  type: "array",
  items: { type: "string", format: "glob" },
  default: [],
  description:
    "Where to look for drafts, such as “content/**”. A pattern that names a kind of file Galley does not read by itself, such as “**/*.html”, asks for those as well. Empty: everywhere.",
};

export const EXCLUDE: Schema = {
  type: "array",
  items: { type: "string", format: "glob" },
  default: [],
  description:
    "Files and folders that are not drafts, such as “archive/**”. What version control ignores, installed packages, change logs and licences are left out anyway.",
};

/** What a pattern of files must be to name any. */
const NAMES_DRAFTS = "^(?!!).*[^/.]";

/** The schema of `.galley.json`, made from the rules. Files are checked against this very object. */
export function configSchema(): Schema {
  const severity: Schema = {
    type: "string",
    enum: LEVELS,
    enumDescriptions: LEVEL_DESCRIPTIONS,
    description: "How loudly the rule speaks.",
  };
  const rules: Schema = {
    type: "object",
    description: "Each rule's severity and options.",
    additionalProperties: false,
    properties: Object.fromEntries(RULES.map((rule) => [rule.id, ruleSchema(rule, severity)])),
  };
  const settings: Readonly<Record<string, Schema>> = {
    rules: { $ref: "#/definitions/rules" },
    accept: ACCEPT,
    placeholder: PLACEHOLDER,
    language: LANGUAGE_TAG,
    holes: {
      type: "object",
      description: "How words that are missing are looked for.",
      additionalProperties: false,
      properties: { sensitivity: SENSITIVITY },
    },
  };
  return {
    type: "object",
    description: "How Galley reads the drafts in this folder and below.",
    definitions: { rules },
    additionalProperties: false,
    properties: {
      $schema: { type: "string", description: "Where this file's schema is." },
      ...settings,
      include: INCLUDE,
      exclude: EXCLUDE,
      overrides: {
        type: "array",
        default: [],
        description:
          "Settings for some of the drafts; where several name one, the last counts. Phrases in “accept” add up.",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["files"],
          properties: {
            files: {
              type: "array",
              minItems: 1,
              items: { type: "string", minLength: 1, pattern: NAMES_DRAFTS, format: "glob" },
              description:
                "Which drafts, such as “news/**” or “/notes.txt”. Patterns count from this file’s folder; one without “/” matches at any depth.",
            },
            ...settings,
          },
        },
      },
      stet: {
        type: "array",
        default: [],
        description: "Passages that stand as they are. Galley writes these; they follow the words.",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["rule", "text", "hash"],
          properties: {
            rule: { type: "string", description: "The rule that says nothing of the passage." },
            text: { type: "string", description: "The passage’s first words." },
            hash: { type: "string", description: "Tells the passage from every other." },
          },
        },
      },
    },
  };
}

function ruleSchema(rule: Rule, severity: Schema): Schema {
  const options = Object.entries(rule.options);
  return {
    description: rule.summary,
    default: rule.severity,
    anyOf: [
      { type: "string", enum: LEVELS, enumDescriptions: LEVEL_DESCRIPTIONS },
      {
        type: "object",
        additionalProperties: false,
        properties: {
          severity: { ...severity, default: rule.severity },
          options: {
            type: "object",
            description: "What the rule can be told.",
            additionalProperties: false,
            properties: Object.fromEntries(
              options.map(([name, spec]) => [name, optionSchema(spec)]),
            ),
          },
        },
      },
    ],
  };
}
