import type { Draft } from "../draft/draft.ts";
import { isDeclaredForeign } from "../language/declared.ts";
import type { Rule } from "../rules/rule.ts";
import type { Settings } from "../settings/settings.ts";

/** A topic of a rule: something that a draft has, and other drafts of its folder may have, too. */
export interface RuleTopic {
  readonly rule: string;
  readonly topic: string;
}

/** The topics of a draft, by the rules that are on for it. Never throws. */
export function findTopics(
  draft: Draft,
  rules: readonly Rule[],
  settings: Settings,
): readonly RuleTopic[] {
  return rules.flatMap((rule) => {
    if (rule.scope !== "draft" || rule.acrossDrafts === undefined) return [];
    const setting = settings.rules.get(rule.id);
    if (setting === undefined || setting.severity === "off") return [];
    if (rule.english && isDeclaredForeign(draft, settings.language)) return [];
    try {
      const topics = rule.acrossDrafts.topics(draft, setting.options);
      return topics.map((topic) => ({ rule: rule.id, topic }));
    } catch {
      // `lint` reports that it failed.
      return [];
    }
  });
}
