import type { RuleTopicCount } from "../engine/topics.ts";
import { atLeast, type Finding } from "../draft/finding.ts";
import { RULES } from "../rules/index.ts";
import type { AcrossDrafts } from "../rules/rule.ts";
import { wording } from "../text/wording.ts";

/** What a draft contributes to the totals of its folder; one without a folder contributes nothing. */
export interface FolderCounts {
  readonly folder: string | undefined;
  readonly counts: readonly RuleTopicCount[];
}

/**
 * How often each topic occurs in each folder, and which topics are intended according to their rules. Mutable:
 * `replace` costs the topics of one draft, and `settle` those that changed since.
 */
export interface TopicTotals {
  /** Replaces what a draft contributes, by name; undefined removes the draft. */
  replace(draft: string, after: FolderCounts | undefined): void;
  /** Whether totals changed since `settle`. */
  readonly isPending: boolean;
  /**
   * Asks the rules about topics whose totals changed. Returns the drafts with a finding of a topic that became intended
   * or ceased to be, also by moving to another folder. The order of changes does not matter.
   */
  settle(): ReadonlySet<string>;
  /** How often `settle` changed anything. */
  readonly revision: number;
  /** Whether a topic was intended when the totals were last settled. */
  isIntended(folder: string, rule: string, topic: string): boolean;
}

interface Entry {
  readonly rule: AcrossDrafts;
  found: number;
  right: number;
  /** The drafts that contribute findings. */
  readonly drafts: Set<string>;
  isIntended: boolean;
}

/** The rules whose severity depends on other drafts, by id. */
const ACROSS: ReadonlyMap<string, AcrossDrafts> = new Map(
  RULES.flatMap((rule) =>
    rule.scope === "draft" && rule.acrossDrafts !== undefined ? [[rule.id, rule.acrossDrafts]] : [],
  ),
);

export function newTopicTotals(rules: ReadonlyMap<string, AcrossDrafts> = ACROSS): TopicTotals {
  // Long, as its functions share what is counted.
  const known = new Map<string, FolderCounts>();
  const entries = new Map<string, Entry>();
  const changed = new Set<string>();
  /** Drafts that moved to another folder, with the topics that were intended in the first one. */
  const moved = new Map<string, string>();
  let revision = 0;

  const add = (draft: string, { folder, counts }: FolderCounts, sign: 1 | -1): void => {
    if (folder === undefined) return;
    for (const { rule: id, topic, found, right } of counts) {
      const rule = rules.get(id);
      if (rule === undefined) continue;
      const key = toKey(folder, id, topic);
      let entry = entries.get(key);
      if (entry === undefined) {
        entry = { rule, found: 0, right: 0, drafts: new Set(), isIntended: false };
        entries.set(key, entry);
      }
      entry.found += sign * found;
      entry.right += sign * right;
      if (found > 0) {
        if (sign === 1) entry.drafts.add(draft);
        else entry.drafts.delete(draft);
      }
      changed.add(key);
    }
  };

  const isIntended = (folder: string, rule: string, topic: string): boolean =>
    entries.get(toKey(folder, rule, topic))?.isIntended ?? false;

  const intendedIn = ({ folder, counts }: FolderCounts): string =>
    folder === undefined
      ? ""
      : counts
          .filter(({ rule, topic, found }) => found > 0 && isIntended(folder, rule, topic))
          .map(({ rule, topic }) => JSON.stringify([rule, topic]))
          .join();

  return {
    replace: (draft, after) => {
      const previous = known.get(draft);
      if (isSame(previous, after)) return;
      if (previous !== undefined) add(draft, previous, -1);
      if (after !== undefined) add(draft, after, 1);
      if (previous !== undefined && after !== undefined && previous.folder !== after.folder) {
        if (!moved.has(draft)) moved.set(draft, intendedIn(previous));
      }
      if (after === undefined) known.delete(draft);
      else known.set(draft, after);
    },
    get isPending() {
      return changed.size + moved.size > 0;
    },
    settle: () => {
      const affected = new Set<string>();
      for (const key of changed) {
        const entry = entries.get(key);
        if (entry === undefined) continue;
        const { found, right, drafts } = entry;
        const now = entry.rule.isIntended({ found, right, drafts: drafts.size });
        if (now !== entry.isIntended) {
          entry.isIntended = now;
          revision++;
          for (const draft of drafts) affected.add(draft);
        }
        if (found === 0 && right === 0) entries.delete(key);
      }
      changed.clear();
      for (const [draft, before] of moved) {
        const present = known.get(draft);
        if (present === undefined || intendedIn(present) === before) continue;
        revision++;
        affected.add(draft);
      }
      moved.clear();
      return affected;
    },
    get revision() {
      return revision;
    },
    isIntended,
  };
}

/** What totals need to know about a finding, and change in it. */
type Graded = Pick<Finding, "rule" | "severity" | "message" | "topics">;

/** A draft's findings, softened by the totals of its folder; the same array if none changes. */
export function withTopicTotals<F extends Graded>(
  findings: readonly F[],
  totals: Pick<TopicTotals, "isIntended">,
  folder: string,
): readonly F[] {
  const isEased = ({ rule, severity, topics = [] }: F): boolean =>
    !atLeast("hint", severity) && topics.some((topic) => totals.isIntended(folder, rule, topic));
  if (!findings.some(isEased)) return findings;
  return findings.map((finding) => {
    if (!isEased(finding)) return finding;
    const note = ACROSS.get(finding.rule)?.note;
    const message =
      note === undefined ? finding.message : wording("{0} {1}", finding.message, note);
    return { ...finding, severity: "hint", message };
  });
}

function toKey(folder: string, rule: string, topic: string): string {
  return JSON.stringify([rule, topic, folder]);
}

function isSame(a: FolderCounts | undefined, b: FolderCounts | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.folder === b.folder &&
    (a.counts === b.counts || JSON.stringify(a.counts) === JSON.stringify(b.counts))
  );
}
