import type { Finding } from "../draft/finding.ts";
import { isSwitchedOff, rulesOffInDraft } from "../engine/suppression/suppress.ts";
import { kindIncluded } from "../settings/include-kind.ts";
import type { DraftState, RuleCount } from "../protocol.ts";
import { notDraftReason, type Workspace } from "../project/workspace.ts";
import { RULES } from "../rules/index.ts";
import { DEFAULT_RULES } from "../settings/rule-settings.ts";
import type { Settings } from "../settings/settings.ts";
import { skipReasonText } from "../settings/skipped.ts";
import type { Lines } from "../text/lines.ts";
import type { Judgement } from "./judge.ts";
import { toRange } from "./to-protocol.ts";

/** What a client shows of an open document: whether it is checked, and what is found in it. */
export function draftState(
  workspace: Workspace,
  path: string,
  judged: Judgement | undefined,
): DraftState {
  if (judged === undefined) {
    const reason = notDraftReason(workspace, path);
    const kind = reason && kindIncluded(reason, path)?.name;
    return {
      state: "no draft",
      ...countsOf([]),
      offInDraft: [],
      offInSettings: [],
      ...(reason === undefined ? {} : { why: skipReasonText(reason) }),
      ...(kind === undefined ? {} : { kind }),
    };
  }
  const { draft, findings, lines } = judged;
  return {
    state: isSwitchedOff(draft) ? "off" : "on",
    ...countsOf(findings),
    ...firstOf(findings, lines),
    offInDraft: rulesOffInDraft(draft, RULES),
    offInSettings: offInSettings(judged.config.settings),
  };
}

/** The findings by severity, and by rule without hints. */
export function countsOf(findings: readonly Finding[]): Pick<DraftState, "counts" | "rules"> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  const byRule = new Map<string, number>();
  for (const { rule, severity } of findings) {
    counts[severity]++;
    if (severity !== "hint") byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  }
  const rules = [...byRule].map(([rule, count]): RuleCount => ({ rule, count }));
  return { counts, rules: rules.sort((a, b) => b.count - a.count) };
}

/** Where the first finding stands that is no hint. Findings are sorted by place. */
export function firstOf(findings: readonly Finding[], lines: Lines): Pick<DraftState, "first"> {
  const first = findings.find(({ severity }) => severity !== "hint");
  return first === undefined ? {} : { first: toRange(lines, first) };
}

function offInSettings({ rules }: Settings): string[] {
  return RULES.map(({ id }) => id).filter(
    (id) => rules.get(id)?.severity === "off" && DEFAULT_RULES.get(id)?.severity !== "off",
  );
}
