import { draftOf } from "../project/document.ts";
import { type Baseline, renamesIn } from "../project/baselines.ts";
import { type DigestedFinding, withDigests } from "../project/facts.ts";
import { keyOf } from "../project/places.ts";
import { baselineFor, isDraftName } from "../project/workspace.ts";
import { filesFor } from "./files.ts";
import { isSameList } from "./judgement.ts";
import { comparedFindings, openDraft, type Session } from "./session.ts";

/** Whether drafts or baselines are others than when it was last found out which drafts were renamed. */
export function mayBeRenamed(session: Session): boolean {
  return !isSameList(inputsOf(session), session.cross.renamedIn);
}

function inputsOf({ workspace, options }: Session): readonly unknown[] {
  return [workspace.stored, workspace.baselines, workspace.folders, options];
}

/**
 * Finds out anew which drafts were renamed since their baselines were written, as they are on disk. Returns those that
 * have another name in their baseline now.
 */
export async function settleRenames(session: Session): Promise<string[]> {
  const { cross, workspace, options } = session;
  cross.renamedIn = inputsOf(session);
  const before = cross.renames;
  const renames = new Map<string, string>();
  const isAsked = workspace.baselines.size > 0 && options.checksWorkspace;
  for (const [baseline, drafts] of isAsked ? draftsByBaseline(session) : []) {
    const files = filesFor(session, keyOf(baseline.path));
    for (const [path, name] of await renamesIn(baseline, drafts, files)) renames.set(path, name);
  }
  cross.renames = renames;
  const paths = new Set([...before.keys(), ...renames.keys()]);
  return [...paths].filter((path) => before.get(path) !== renames.get(path));
}

/** The drafts on disk that obey each baseline, with all that is found in them. */
function draftsByBaseline(
  session: Session,
): Map<Baseline, Map<string, readonly DigestedFinding[]>> {
  const { workspace } = session;
  const byBaseline = new Map<Baseline, Map<string, readonly DigestedFinding[]>>();
  for (const path of workspace.stored.keys()) {
    const baseline = isDraftName(workspace, path) ? baselineFor(workspace, path) : undefined;
    if (baseline === undefined) continue;
    const drafts = byBaseline.get(baseline) ?? new Map<string, readonly DigestedFinding[]>();
    byBaseline.set(baseline, drafts.set(path, findingsOf(session, path)));
  }
  return byBaseline;
}

/** What is found in a draft as it is on disk; what it shares with others is, of an open one, of its open text. */
function findingsOf(session: Session, path: string): readonly DigestedFinding[] {
  const { workspace } = session;
  const stored = workspace.stored.get(path);
  if (stored === undefined) return [];
  if (!workspace.open.has(path)) return comparedFindings(session, path, stored);
  const open = openDraft(session, path);
  if (open === undefined || open.cross.elsewhere.length === 0) return stored.facts.findings;
  const draft = draftOf(open.document, open.config.format);
  return [...stored.facts.findings, ...withDigests(draft, open.cross.elsewhere)];
}
