import { memoizeOn } from "../draft/incremental/memoize.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import { RULES } from "../rules/index.ts";
import type { WorkspaceRule } from "../rules/rule.ts";
import type { Draft } from "../draft/draft.ts";
import type { Finding, Severity } from "../draft/finding.ts";
import { firstOfEachRule } from "../engine/listed.ts";
import { byPlace, ruleFailure, toFinding } from "../engine/lint.ts";
import { applySuppressions } from "../engine/suppression/suppress.ts";
import type { Settings } from "../settings/settings.ts";

/** How a draft is compared with others. */
export interface ElsewhereSetting {
  /** No rule reports a passage that is in more drafts than this. */
  readonly maxDrafts: number;
  readonly sensitivity: Settings["repeatsSensitivity"];
  readonly rules: readonly {
    readonly rule: WorkspaceRule;
    readonly severity: Severity;
    readonly options: Readonly<Record<string, number>>;
  }[];
}

const WORKSPACE_RULES = RULES.filter((rule) => rule.scope === "workspace");

/** The settings for comparing a draft with others; undefined if it is not compared. */
export const elsewhereSetting = memoizeOn<Settings>()((settings): ElsewhereSetting | undefined => {
  const rules = WORKSPACE_RULES.flatMap((rule) => {
    const setting = settings.rules.get(rule.id);
    if (setting === undefined || setting.severity === "off") return [];
    return [{ rule, severity: setting.severity, options: setting.options }];
  });
  if (rules.length === 0) return undefined;
  const most = rules.map(({ options: { maxDrafts } }) => maxDrafts ?? 0);
  return { maxDrafts: Math.max(...most), sensitivity: settings.repeatsSensitivity, rules };
});

/** The highest `maxDrafts` in all settings; 0 if nothing is compared. */
export function highestMaxDrafts(all: Iterable<Settings>): number {
  let most = 0;
  for (const settings of new Set(all)) {
    most = Math.max(most, elsewhereSetting(settings)?.maxDrafts ?? 0);
  }
  return most;
}

/** The partners that `elsewhereFindings` reads in addition to the draft. */
export function partnersToRead(
  uri: string,
  index: RepeatIndex,
  setting: ElsewhereSetting,
): readonly string[] {
  const draft = { uri, index, sensitivity: setting.sensitivity };
  const partners = setting.rules.flatMap(({ rule, options }) => {
    try {
      return rule.partners(draft, options);
    } catch {
      // It fails in `elsewhereFindings` too, which reports it.
      return index.comparedWith(uri, setting.maxDrafts);
    }
  });
  return [...new Set(partners)];
}

/** The findings of comparing a draft with others, before suppression. `getName` gives names for messages. */
export function elsewhereFindings(
  uri: string,
  index: RepeatIndex,
  readDraft: (uri: string) => Draft | undefined,
  setting: ElsewhereSetting,
  getName: (uri: string) => string,
): Finding[] {
  const draft = { uri, index, readDraft, getName, sensitivity: setting.sensitivity };
  return setting.rules.flatMap(({ rule, severity, options }) => {
    try {
      return rule.check(draft, options).map((report) => toFinding(rule, severity, report));
    } catch (error) {
      return [ruleFailure(rule.id, error)];
    }
  });
}

type Placed = Pick<Finding, "rule" | "start" | "end">;

/** What a comparison changes in a draft's own findings. */
export interface ElsewhereResult {
  /** The findings it adds: those that are not suppressed. */
  readonly added: readonly Finding[];
  /** Whether it removes a finding, for example about a stet comment that turns out to be used. */
  readonly isObsolete: (finding: Placed) => boolean;
}

/** The rules of scope “findings”. Their findings have the spans of the stet comments they are about. */
const FINDINGS_RULES: ReadonlySet<string> = new Set(
  RULES.filter(({ scope }) => scope === "findings").map(({ id }) => id),
);

/** Suppresses findings of a comparison without a new check. With `withElsewhere` it equals `lint`. Linear. */
export function elsewhereResult(
  draft: Draft,
  settings: Settings,
  findings: readonly Finding[],
): ElsewhereResult {
  const { remaining, comments } = applySuppressions(draft, RULES, settings, findings);
  const added = firstOfEachRule([...remaining].sort(byPlace));
  const used = new Set(comments.filter((one) => one.used).map(spanKey));
  const isObsolete: ElsewhereResult["isObsolete"] = (finding) =>
    FINDINGS_RULES.has(finding.rule) && used.has(spanKey(finding));
  return { added, isObsolete };
}

/** All findings of a draft, sorted by span: its own, and those of a comparison. */
export function withElsewhere<F extends Placed>(
  local: readonly F[],
  { added, isObsolete }: Pick<ElsewhereResult, "isObsolete"> & { readonly added: readonly F[] },
): F[] {
  return [...local.filter((finding) => !isObsolete(finding)), ...added].sort(byPlace);
}

function spanKey({ start, end }: Pick<Finding, "start" | "end">): string {
  return `${start}:${end}`;
}

/**
 * Names from a queue, each followed by queued names it is compared with. Drafts that share passages thus come one after
 * another, and a small cache of drafts saves reading them again. The consumer of a name removes it from the queue.
 * Names added in the meantime are included.
 */
export function* inFamilies(
  queue: ReadonlySet<string>,
  comparedWith: (name: string) => readonly string[],
): Generator<string, void> {
  for (const first of queue) {
    const family = [first];
    for (let name = family.pop(); name !== undefined; name = family.pop()) {
      if (!queue.has(name)) continue;
      yield name;
      const others = comparedWith(name).filter((other) => queue.has(other));
      // The likeliest comes next.
      family.push(...others.reverse());
    }
  }
}
