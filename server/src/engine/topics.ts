import type { Draft } from "../draft/draft.ts";
import { isDeclaredForeign } from "../language/declared.ts";
import type { Rule, TopicCount } from "../rules/rule.ts";
import type { Settings } from "../settings/settings.ts";

/** What a draft contributes to one topic of a rule. */
export interface RuleTopicCount extends TopicCount {
  readonly rule: string;
}

/** What a draft contributes to the totals of its folder, by the rules that are on for it. Never throws. */
export function topicCounts(
  draft: Draft,
  rules: readonly Rule[],
  settings: Settings,
): readonly RuleTopicCount[] {
  return rules.flatMap((rule) => {
    if (rule.scope !== "draft" || rule.acrossDrafts === undefined) return [];
    const setting = settings.rules.get(rule.id);
    if (setting === undefined || setting.severity === "off") return [];
    if (rule.english && isDeclaredForeign(draft, settings.language)) return [];
    try {
      const counts = rule.acrossDrafts.count(draft, setting.options);
      return counts.map((one) => ({ ...one, rule: rule.id }));
    } catch {
      // `lint` reports that it failed.
      return [];
    }
  });
}
