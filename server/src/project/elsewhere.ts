import { elsewhere } from "../repeats/elsewhere.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import { RULES } from "../rules/index.ts";
import type { Draft } from "../draft/draft.ts";
import type { Finding, Severity } from "../draft/finding.ts";
import { toFinding } from "../engine/lint.ts";
import type { Settings } from "../settings/settings.ts";

/** How a draft's passages are looked for in other drafts. */
export interface ElsewhereSetting {
  readonly rule: string;
  readonly severity: Severity;
  readonly minWords: number;
  readonly maxDrafts: number;
}

/** What the settings say of looking into other drafts; undefined where they say not to. */
export function elsewhereSetting(settings: Settings): ElsewhereSetting | undefined {
  const rule = RULES.find((one) => one.scope === "workspace");
  const setting = rule && settings.rules.get(rule.id);
  if (rule === undefined || setting === undefined || setting.severity === "off") return undefined;
  const { minWords, maxDrafts } = setting.options;
  return {
    rule: rule.id,
    severity: setting.severity,
    minWords: typeof minWords === "number" ? minWords : 0,
    maxDrafts: typeof maxDrafts === "number" ? maxDrafts : 0,
  };
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
  nameOf?: (uri: string) => string,
): Finding[] {
  const reports = elsewhere(uri, index, draftOf, setting, nameOf);
  return reports.map((report) => toFinding(setting.rule, setting.severity, report));
}
