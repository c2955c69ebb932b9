import type { RuleTopic } from "../engine/topics.ts";
import type { Finding } from "../draft/finding.ts";
import { RULES } from "../rules/index.ts";
import type { AcrossDrafts } from "../rules/rule.ts";

/** What a draft contributes to the totals of its folder; one without a folder contributes nothing. */
export interface FolderTopics {
  readonly folder: string | undefined;
  readonly topics: readonly RuleTopic[];
}

/**
 * In how many drafts of each folder each topic occurs, and which topics are intended according to their rules. Mutable;
 * all is counted anew by `settle`.
 */
export interface TopicTotals {
  /** Replaces what a draft contributes, by name; undefined removes the draft. */
  replace(draft: string, after: FolderTopics | undefined): void;
  /** Whether what drafts contribute has changed since `settle`. */
  readonly isPending: boolean;
  /**
   * Asks the rules about all topics. Returns the drafts with a finding of a topic that became intended or ceased to be,
   * also by moving to another folder. The order of changes does not matter.
   */
  settle(): ReadonlySet<string>;
  /** How often `settle` changed anything. */
  readonly revision: number;
  /** Whether a topic was intended when the totals were last settled. */
  isIntended(folder: string, rule: string, topic: string): boolean;
}

/** The rules whose findings depend on other drafts, by id. */
const ACROSS: ReadonlyMap<string, AcrossDrafts> = new Map(
  RULES.flatMap((rule) =>
    rule.scope === "draft" && rule.acrossDrafts !== undefined ? [[rule.id, rule.acrossDrafts]] : [],
  ),
);

export function newTopicTotals(rules: ReadonlyMap<string, AcrossDrafts> = ACROSS): TopicTotals {
  const known = new Map<string, FolderTopics>();
  let intended: ReadonlySet<string> = new Set();
  /** Of each draft, by what was intended when the totals were last settled. */
  let settled: ReadonlyMap<string, string> = new Map();
  let isPending = false;
  let revision = 0;
  return {
    replace: (draft, after) => {
      if (isSame(known.get(draft), after)) return;
      if (after === undefined) known.delete(draft);
      else known.set(draft, after);
      isPending = true;
    },
    get isPending() {
      return isPending;
    },
    settle: () => {
      if (!isPending) return NOBODY;
      isPending = false;
      const now = intendedTopics(known, rules);
      const affected = new Set<string>();
      const next = new Map<string, string>();
      for (const [draft, own] of known) {
        const among = intendedAmong(own, now);
        next.set(draft, among);
        if (among !== (settled.get(draft) ?? intendedAmong(own, intended))) affected.add(draft);
      }
      const isSameSet = now.size === intended.size && [...now].every((key) => intended.has(key));
      if (!isSameSet || affected.size > 0) revision++;
      intended = now;
      settled = next;
      return affected;
    },
    get revision() {
      return revision;
    },
    isIntended: (folder, rule, topic) => intended.has(toKey(folder, rule, topic)),
  };
}

const NOBODY: ReadonlySet<string> = new Set();

/** The topics that are intended by what all drafts contribute, as `toKey` names them. */
function intendedTopics(
  drafts: ReadonlyMap<string, FolderTopics>,
  rules: ReadonlyMap<string, AcrossDrafts>,
): ReadonlySet<string> {
  const totals = new Map<string, { readonly rule: string; count: number }>();
  for (const { folder, topics } of drafts.values()) {
    if (folder === undefined) continue;
    for (const { rule, topic } of topics) {
      const key = toKey(folder, rule, topic);
      const total = totals.get(key) ?? { rule, count: 0 };
      totals.set(key, total);
      total.count++;
    }
  }
  const all = [...totals].filter(([, { rule, count }]) => rules.get(rule)?.isIntended(count));
  return new Set(all.map(([key]) => key));
}

/** The topics of a draft that are among those, as a text. */
function intendedAmong({ folder, topics }: FolderTopics, intended: ReadonlySet<string>): string {
  if (folder === undefined) return "";
  return topics
    .filter(({ rule, topic }) => intended.has(toKey(folder, rule, topic)))
    .map(({ rule, topic }) => JSON.stringify([rule, topic]))
    .join();
}

/** A draft's findings without those that are intended by the totals of its folder; the same array if none is. */
export function withTopicTotals<F extends Pick<Finding, "rule" | "topics">>(
  findings: readonly F[],
  totals: Pick<TopicTotals, "isIntended">,
  folder: string,
): readonly F[] {
  const isIntended = ({ rule, topics = [] }: F): boolean =>
    topics.some((topic) => totals.isIntended(folder, rule, topic));
  return findings.some(isIntended) ? findings.filter((one) => !isIntended(one)) : findings;
}

function toKey(folder: string, rule: string, topic: string): string {
  return JSON.stringify([rule, topic, folder]);
}

function isSame(a: FolderTopics | undefined, b: FolderTopics | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.folder === b.folder &&
    (a.topics === b.topics || JSON.stringify(a.topics) === JSON.stringify(b.topics))
  );
}
