import { SEVERITIES, type Severity } from "../draft/finding.ts";
import { RULES } from "../rules/index.ts";
import type { OptionSpecs, Rule } from "../rules/rule.ts";
import { fits, record, type Schema } from "./json-schema.ts";

/* The setting `rules`, made from the rules: its values, its schema and how it is read. */

export interface RuleSetting {
  readonly severity: Severity | "off";
  readonly options: Readonly<Record<string, number>>;
}

/** A rule as a config file or the editor sets it; what is left out is inherited. */
export type PartialRule =
  | Severity
  | "off"
  | {
      readonly severity?: Severity | "off";
      readonly options?: Readonly<Record<string, number>>;
    };

export type PartialRules = Readonly<Record<string, PartialRule>>;

/** Every rule with its own defaults. */
export const DEFAULT_RULES: ReadonlyMap<string, RuleSetting> = new Map(
  RULES.map((rule) => [rule.id, getDefaults(rule)]),
);

/** Overrides what earlier sources say about rules with what one source says. */
export function overlayRules(
  behind: ReadonlyMap<string, RuleSetting>,
  part: PartialRules,
): ReadonlyMap<string, RuleSetting> {
  const next = new Map(behind);
  for (const [id, partial] of Object.entries(part)) {
    const current = next.get(id);
    if (current !== undefined) next.set(id, overlaid(current, partial));
  }
  return next;
}

/** Reads the rules in the editor's settings, where each is an object of its severity and options. */
export function editorRules(value: unknown): PartialRules {
  const rules: Record<string, PartialRule> = {};
  const set = record(value);
  for (const rule of RULES) {
    const one = set[rule.id];
    if (isSeverity(one)) rules[rule.id] = one;
    else if (one !== undefined) rules[rule.id] = editorRule(rule.options, record(one));
  }
  return rules;
}

export function isSeverity(value: unknown): value is Severity | "off" {
  return value === "off" || (SEVERITIES as readonly unknown[]).includes(value);
}

export const LEVELS: readonly string[] = ["off", ...[...SEVERITIES].reverse()];

/** What each severity means to a writer, in the order of `LEVELS`. */
export const LEVEL_DESCRIPTIONS: readonly string[] = [
  "The rule is off.",
  "Dots under the words; not listed in Problems.",
  "Listed in Problems as a note.",
  "Listed in Problems as a warning.",
  "Listed in Problems as an error.",
];

export function rulesSchema(): Schema {
  return {
    type: "object",
    description: "Each rule's severity and options.",
    additionalProperties: false,
    properties: Object.fromEntries(RULES.map((rule) => [rule.id, ruleSchema(rule)])),
  };
}

function ruleSchema(rule: Rule): Schema {
  return {
    description: rule.summary,
    default: rule.severity,
    anyOf: [
      { type: "string", enum: LEVELS, enumDescriptions: LEVEL_DESCRIPTIONS },
      {
        type: "object",
        additionalProperties: false,
        properties: {
          severity: {
            type: "string",
            enum: LEVELS,
            enumDescriptions: LEVEL_DESCRIPTIONS,
            description: "How loudly the rule speaks.",
            default: rule.severity,
          },
          options: {
            type: "object",
            description: "What the rule can be told.",
            additionalProperties: false,
            properties: rule.options,
          },
        },
      },
    ],
  };
}

function getDefaults(rule: Rule): RuleSetting {
  const options = Object.entries(rule.options).map(([name, spec]) => [name, spec.default] as const);
  return { severity: rule.severity, options: Object.fromEntries(options) };
}

function overlaid(setting: RuleSetting, partial: PartialRule): RuleSetting {
  if (typeof partial === "string") return { ...setting, severity: partial };
  return {
    severity: partial.severity ?? setting.severity,
    options: { ...setting.options, ...partial.options },
  };
}

function editorRule(specs: OptionSpecs, value: Readonly<Record<string, unknown>>): PartialRule {
  const options: Record<string, number> = {};
  for (const [name, spec] of Object.entries(specs)) {
    if (fits(spec, value[name])) options[name] = Number(value[name]);
  }
  const severity = value["severity"];
  return isSeverity(severity) ? { severity, options } : { options };
}
