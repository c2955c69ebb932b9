import type { Finding } from "../draft/finding.ts";
import type { Readiness, UnreadyDraft } from "../protocol.ts";
import { uriOf } from "../project/workspace.ts";
import type { Lines } from "../text/lines.ts";
import { countsOf, firstOf } from "./draft-state.ts";
import type { Services } from "./services.ts";

/** Which drafts have findings left, open or on disk. */
export function readiness({ store, judgements }: Services): Readiness {
  const { workspace } = store.state;
  const notReady: UnreadyDraft[] = [];
  let drafts = 0;
  const add = (path: string, findings: readonly Finding[], lines: Lines): void => {
    drafts++;
    const { first } = firstOf(findings, lines);
    if (first === undefined) return;
    notReady.push({ uri: uriOf(workspace, path), ...countsOf(findings), first });
  };
  for (const path of workspace.open.keys()) {
    const judged = judgements.of(path);
    if (judged !== undefined) add(path, judged.findings, judged.lines);
  }
  for (const [path, stored] of workspace.stored) {
    const findings = workspace.open.has(path) ? undefined : judgements.ofStored(path);
    if (findings !== undefined) add(path, findings, stored.facts.lines);
  }
  return { drafts, notReady: notReady.sort(byWhatIsLeft) };
}

function byWhatIsLeft(a: UnreadyDraft, b: UnreadyDraft): number {
  return (
    b.counts.error - a.counts.error ||
    b.counts.warning - a.counts.warning ||
    b.counts.information - a.counts.information ||
    (a.uri < b.uri ? -1 : 1)
  );
}
