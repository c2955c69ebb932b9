import type { WorkspaceEdit } from "vscode-languageserver";
import { lossMarks } from "../../engine/fix.ts";
import { KIND_WAYS, type KindEdit, type KindWay } from "../../protocol.ts";
import { kindOfRule } from "../../rules/index.ts";
import { KINDS } from "../../rules/rule.ts";
import type { Edit } from "../../text/edits.ts";
import { say, wording } from "../../text/wording.ts";
import type { LintedDraft, LintedDocument } from "../linted.ts";
import type { Session } from "../session.ts";
import { canWriteConfig, configPlace } from "./config-places.ts";
import { configEdit, draftEdit } from "./edits.ts";
import { allSafeFixes } from "./fixes.ts";
import { stetEach } from "./suppress.ts";

/** What can be done at once with all of a draft's findings of a kind. A stet without effect needs nothing else. */
export function kindWays(session: Session, kind: string, linted: LintedDraft): KindWay[] {
  const canDo: Readonly<Record<KindWay, () => boolean>> = {
    fix: () => allSafeFixes(linted, session.options.fixesRepeats).length > 0,
    mark: () => lossMarks(linted.findings).length > 0,
    stet: () => kind !== KINDS.stet && canStet(session, linted),
  };
  return KIND_WAYS.filter((way) => canDo[way]());
}

/** Whether there is a place to write a stet for one of the findings. */
function canStet({ workspace, client }: Session, linted: LintedDraft): boolean {
  const { uri, findings } = linted;
  const { edits, entries } = stetEach(linted, findings);
  const [entry] = entries;
  if (edits.length > 0 || entry === undefined) return edits.length > 0;
  return canWriteConfig(workspace, entry, configPlace(workspace, client.actions, uri));
}

/** How many entries are added to a config file at once: each is tried out in the whole file. */
const MOST_ENTRIES = 200;

/** The edit that does one thing to all findings of a kind, or of any kind; undefined if there are none. */
export async function kindEdit(
  session: Session,
  linted: LintedDocument,
  kind: string | undefined,
  way: KindWay,
): Promise<KindEdit | undefined> {
  const { uri, version, draft } = linted;
  const { actions } = session.client;
  const { translations } = session.client.display;
  // A stet without effect needs nothing else.
  const isMeant = (its: string): boolean =>
    [undefined, null, say(wording(its), translations)].includes(kind) &&
    !(way === "stet" && its === KINDS.stet);
  const findings = linted.findings.filter(({ rule }) => isMeant(kindOfRule(rule)));
  if (findings.length === 0) return undefined;
  const inDraft = (edits: readonly Edit[], count: number): KindEdit => {
    const edit = edits.length === 0 ? {} : draftEdit(linted, edits, actions);
    return { version, edit, count, findings: findings.length };
  };
  if (way === "fix") {
    const fixes = allSafeFixes({ draft, findings }, session.options.fixesRepeats);
    return inDraft(
      fixes.flatMap(({ edits }) => edits),
      fixes.length,
    );
  }
  if (way === "mark") {
    const edits = lossMarks(findings);
    return inDraft(edits, edits.length);
  }
  const { edits, commented, entries } = stetEach(linted, findings);
  const added = entries.slice(0, MOST_ENTRIES);
  const comments = inDraft(edits, commented);
  const config = await configEdit(session, uri, added);
  if (config === undefined) return comments;
  const count = comments.count + added.length;
  return { ...comments, edit: joined(comments.edit, config), count };
}

/** Two edits of different files as one. */
function joined(one: WorkspaceEdit, other: WorkspaceEdit): WorkspaceEdit {
  const documentChanges = [...(one.documentChanges ?? []), ...(other.documentChanges ?? [])];
  if (documentChanges.length > 0) return { documentChanges };
  return { changes: { ...one.changes, ...other.changes } };
}
