import { BY_THE_TEXT } from "../language/declared.ts";
import { RULES } from "../rules/index.ts";
import type { Severity } from "../draft/finding.ts";
import { SEVERITIES } from "../draft/finding.ts";
import type { OptionSpec, OptionSpecs, OptionValue, Rule } from "../rules/rule.ts";
import type { Sensitivity } from "../missing/sensitivity.ts";

/** How one rule is set. */
export interface RuleSetting {
  readonly severity: Severity | "off";
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** A passage that an editor let stand: it follows the words, not the line. */
export interface StetEntry {
  readonly rule: string;
  /** The passage's first words, for those who read the file. */
  readonly text: string;
  /** `passageHash` of the whole passage. */
  readonly hash: string;
}

/** Everything that shapes what is found in a draft. Compared by identity: results are kept with it. */
export interface Settings {
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly placeholder: string;
  readonly sensitivity: Sensitivity;
  /** The language of drafts that do not say theirs: a BCP 47 tag, or “auto”. */
  readonly language: string;
  readonly accept: readonly string[];
  readonly stet: readonly StetEntry[];
}

/** A rule as a config file or the editor sets it; what is left out is inherited. */
export type PartialRule =
  | Severity
  | "off"
  | {
      readonly severity?: Severity | "off";
      readonly options?: Readonly<Record<string, OptionValue>>;
    };

/** Settings from one source; what is left out is inherited. */
export interface PartialSettings {
  readonly rules?: Readonly<Record<string, PartialRule>>;
  readonly placeholder?: string;
  readonly sensitivity?: Sensitivity;
  readonly language?: string;
  readonly accept?: readonly string[];
  readonly stet?: readonly StetEntry[];
}

export const DEFAULT_SETTINGS: Settings = {
  rules: new Map(RULES.map((rule) => [rule.id, defaultsOf(rule)])),
  placeholder: "TK",
  sensitivity: "normal",
  language: BY_THE_TEXT,
  accept: [],
  stet: [],
};

/** Lays later sources over earlier ones. Lists (accept, stet) add up; the rest replaces. */
export function settingsFrom(...sources: readonly PartialSettings[]): Settings {
  let { rules, placeholder, sensitivity, language, accept, stet } = DEFAULT_SETTINGS;
  for (const source of sources) {
    placeholder = source.placeholder ?? placeholder;
    sensitivity = source.sensitivity ?? sensitivity;
    language = source.language ?? language;
    accept = [...accept, ...(source.accept ?? [])];
    stet = [...stet, ...(source.stet ?? [])];
    if (source.rules === undefined) continue;
    const next = new Map(rules);
    for (const [id, partial] of Object.entries(source.rules)) {
      const before = next.get(id);
      if (before !== undefined) next.set(id, overlaid(before, partial));
    }
    rules = next;
  }
  return { rules, placeholder, sensitivity, language, accept, stet };
}

/**
 * Reads the editor's settings (the value of the section `galley`), where each rule is an object of
 * its severity and options. A value of the wrong kind counts as not set: the editor marks it itself.
 */
export function editorSettings(value: unknown): PartialSettings {
  const root = record(value);
  const holes = record(root["holes"]);
  const rules: Record<string, PartialRule> = {};
  const set = record(root["rules"]);
  for (const rule of RULES) {
    const one = set[rule.id];
    if (isSeverity(one)) rules[rule.id] = one;
    else if (one !== undefined) rules[rule.id] = editorRule(rule.options, record(one));
  }
  const placeholder = root["placeholder"];
  const sensitivity = holes["sensitivity"];
  const language = root["language"];
  const accept = root["accept"];
  return {
    rules,
    ...(typeof placeholder === "string" && placeholder.trim() !== "" ? { placeholder } : {}),
    ...(isSensitivity(sensitivity) ? { sensitivity } : {}),
    ...(typeof language === "string" && LANGUAGE.test(language) ? { language } : {}),
    ...(isStrings(accept) ? { accept } : {}),
  };
}

/** What the setting `language` may be. */
export const LANGUAGE = /^(?:auto|[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*)$/;

/** Whether a value fits an option. */
export function fitsOption(spec: OptionSpec, value: unknown): value is OptionValue {
  switch (spec.type) {
    case "integer":
      return (
        Number.isInteger(value) &&
        Number(value) >= (spec.minimum ?? -Infinity) &&
        Number(value) <= (spec.maximum ?? Infinity)
      );
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string";
    case "enum":
      return typeof value === "string" && spec.values.includes(value);
    case "strings":
      return isStrings(value);
  }
}

/** Whether a value is a severity or `off`. */
export function isSeverity(value: unknown): value is Severity | "off" {
  return value === "off" || (SEVERITIES as readonly unknown[]).includes(value);
}

function defaultsOf(rule: Rule): RuleSetting {
  const options = Object.entries(rule.options).map(([name, spec]) => [name, spec.default] as const);
  return { severity: rule.severity, options: Object.fromEntries(options) };
}

function overlaid(before: RuleSetting, partial: PartialRule): RuleSetting {
  if (typeof partial === "string") return { ...before, severity: partial };
  return {
    severity: partial.severity ?? before.severity,
    options: { ...before.options, ...partial.options },
  };
}

function editorRule(specs: OptionSpecs, value: Readonly<Record<string, unknown>>): PartialRule {
  const options: Record<string, OptionValue> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const option = value[name];
    if (fitsOption(spec, option)) options[name] = option;
  }
  const severity = value["severity"];
  return isSeverity(severity) ? { severity, options } : { options };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isSensitivity(value: unknown): value is Sensitivity {
  return value === "quiet" || value === "normal" || value === "eager";
}
