import type { RuleTopicCount } from "../engine/topics.ts";
import { atLeast, type Finding } from "../draft/finding.ts";
import { RULES } from "../rules/index.ts";
import type { AcrossDrafts } from "../rules/rule.ts";

/** What a draft contributes, and the folder to whose totals; undefined for one that stands alone and contributes nothing. */
export interface FolderCounts {
  readonly folder: string | undefined;
  readonly counts: readonly RuleTopicCount[];
}

/**
 * How often each topic occurs in the drafts of each folder, and which are intended by their rules. Mutable, as the
 * index of passages is: `replace` costs the topics of one draft, and `settle` those that changed since.
 */
export interface TopicTotals {
  /** Replaces what a draft contributes, by its name; undefined removes the draft. */
  replace(draft: string, after: FolderCounts | undefined): void;
  /** Whether totals changed since `settle`. */
  readonly isPending: boolean;
  /**
   * Asks the rules again about the topics whose totals changed. Returns the drafts that have a finding of a topic
   * that is intended now and was not, or the other way round, as where the draft is in another folder now. What
   * is intended depends on the present totals alone, in whatever order they came about.
   */
  settle(): ReadonlySet<string>;
  /** How often `settle` changed anything. */
  readonly revision: number;
  /** Whether a topic was intended when the totals were settled last. */
  isIntended(folder: string, rule: string, topic: string): boolean;
}

interface Entry {
  readonly rule: AcrossDrafts;
  found: number;
  right: number;
  /** The drafts that contribute places found. */
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
  /** Drafts that went to another folder, each with what was intended of its topics in the first. */
  const moved = new Map<string, string>();
  let revision = 0;

  const add = (draft: string, { folder, counts }: FolderCounts, sign: 1 | -1): void => {
    if (folder === undefined) return;
    for (const { rule: id, topic, found, right } of counts) {
      const rule = rules.get(id);
      if (rule === undefined) continue;
      const key = keyOf(folder, id, topic);
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
    entries.get(keyOf(folder, rule, topic))?.isIntended ?? false;

  const intendedIn = ({ folder, counts }: FolderCounts): string =>
    folder === undefined
      ? ""
      : counts
          .filter(({ rule, topic, found }) => found > 0 && isIntended(folder, rule, topic))
          .map(({ rule, topic }) => JSON.stringify([rule, topic]))
          .join();

  return {
    replace: (draft, after) => {
      const before = known.get(draft);
      if (isSame(before, after)) return;
      if (before !== undefined) add(draft, before, -1);
      if (after !== undefined) add(draft, after, 1);
      if (before !== undefined && after !== undefined && before.folder !== after.folder) {
        if (!moved.has(draft)) moved.set(draft, intendedIn(before));
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
        const own = known.get(draft);
        if (own === undefined || intendedIn(own) === before) continue;
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

/** The parts of a finding that the totals of its folder decide about. */
type Graded = Pick<Finding, "rule" | "severity" | "message" | "topics">;

/** A draft's findings as the totals of its folder have them; the same array where they change none. */
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
    const note = ACROSS.get(finding.rule)?.note ?? "";
    return { ...finding, severity: "hint", message: `${finding.message} ${note}`.trimEnd() };
  });
}

function keyOf(folder: string, rule: string, topic: string): string {
  return JSON.stringify([rule, topic, folder]);
}

function isSame(before: FolderCounts | undefined, after: FolderCounts | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  return (
    before.folder === after.folder &&
    (before.counts === after.counts ||
      JSON.stringify(before.counts) === JSON.stringify(after.counts))
  );
}
