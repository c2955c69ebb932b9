import { CodeActionKind } from "vscode-languageserver";
import type { Finding } from "../../draft/finding.ts";
import { COMPARE, GO_TO } from "../../protocol.ts";
import { toRange } from "../to-protocol.ts";
import type { JudgedDraft, OtherDraft } from "./judged-draft.ts";
import type { ActionCandidate } from "./payload.ts";
import type { ActionSupport } from "./support.ts";

/** The actions that show the related place of a finding. */
export function placeCandidates(
  judged: JudgedDraft,
  finding: Finding,
  support: ActionSupport,
  other: (name: string) => OtherDraft | undefined,
): ActionCandidate[] {
  const related = finding.related?.[0];
  if (related === undefined) return [];
  const target = related.uri === undefined ? judged : other(related.uri);
  if (target === undefined) return [];
  const place = { uri: target.uri, range: toRange(target.lines, related) };
  const here = { uri: judged.uri, range: toRange(judged.lines, finding) };
  const found: ActionCandidate[] = [];
  const add = (title: string, command: string, args: unknown[]): void => {
    found.push({
      title,
      kind: CodeActionKind.QuickFix,
      preferred: false,
      finding,
      payload: { type: "command", command: { title, command, arguments: args } },
    });
  };
  if (support.showDocument) add("Go to the other", GO_TO, [place]);
  // Comparing side by side helps for a passage, not for a word or a bracket.
  const passage = Math.min(related.end - related.start, finding.end - finding.start) >= 40;
  if (support.compare && passage) add("Open both side by side", COMPARE, [place, here]);
  return found;
}
