import type { RepeatIndex } from "../repeats/index.ts";
import { RULES } from "../rules/index.ts";
import type { OptionValue, WorkspaceRule } from "../rules/rule.ts";
import type { Draft } from "../draft/draft.ts";
import type { Finding, Severity } from "../draft/finding.ts";
import { toFinding } from "../engine/lint.ts";
import type { Settings } from "../settings/settings.ts";

/** How a draft is compared with others. */
export interface ElsewhereSetting {
  /** A passage that stands in more drafts is of interest to no rule. */
  readonly maxDrafts: number;
  readonly sensitivity: Settings["repeatsSensitivity"];
  readonly rules: readonly {
    readonly rule: WorkspaceRule;
    readonly severity: Severity;
    readonly options: Readonly<Record<string, OptionValue>>;
  }[];
}

const WORKSPACE_RULES = RULES.filter((rule) => rule.scope === "workspace");

/** What the settings say of looking into other drafts; undefined where they say not to. */
export function elsewhereSetting(settings: Settings): ElsewhereSetting | undefined {
  const rules = WORKSPACE_RULES.flatMap((rule) => {
    const setting = settings.rules.get(rule.id);
    if (setting === undefined || setting.severity === "off") return [];
    return [{ rule, severity: setting.severity, options: setting.options }];
  });
  if (rules.length === 0) return undefined;
  const maxDrafts = Math.max(...rules.map((one) => one.rule.maxDrafts(one.options)));
  return { maxDrafts, sensitivity: settings.repeatsSensitivity, rules };
}

/**
 * What is to be told in one draft of the passages that other drafts have too, before anything is let
 * stand: `lint` takes it as `elsewhere`. `draftOf` reads a draft again; `nameOf` is how it is called.
 */
export function elsewhereFindings(
  uri: string,
  index: RepeatIndex,
  draftOf: (uri: string) => Draft | undefined,
  setting: ElsewhereSetting,
  nameOf: (uri: string) => string,
): Finding[] {
  const draft = { uri, index, draftOf, nameOf, sensitivity: setting.sensitivity };
  return setting.rules.flatMap(({ rule, severity, options }) =>
    rule.check(draft, options).map((report) => toFinding(rule.id, severity, report)),
  );
}
