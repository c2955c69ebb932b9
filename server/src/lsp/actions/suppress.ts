import { CodeActionKind } from "vscode-languageserver";
import { blockAt } from "../../draft/draft.ts";
import type { Draft } from "../../draft/draft.ts";
import type { Finding } from "../../draft/finding.ts";
import type { CommentSyntax } from "../../draft/format-files.ts";
import { MASK } from "../../draft/prose.ts";
import { canBeAccepted } from "../../engine/suppression/accept.ts";
import { stetEntry } from "../../engine/suppression/suppress.ts";
import { commentIn } from "../../formats/registry.ts";
import { isUntitled } from "../../project/untitled.ts";
import { RULES } from "../../rules/index.ts";
import type { JudgedDraft } from "./judged-draft.ts";
import type { ActionCandidate, ActionPayload } from "./payload.ts";

/** The title of the action that suppresses a finding, where no other has the same. */
export const STET = "Stet: let it stand";

/** The actions that suppress a finding: a stet, an accepted phrase, or the rule switched off. */
export function suppressionCandidates(judged: JudgedDraft, finding: Finding): ActionCandidate[] {
  const found: ActionCandidate[] = [];
  const add = (title: string, payload: ActionPayload): void => {
    found.push({ title, kind: CodeActionKind.QuickFix, preferred: false, finding, payload });
  };
  const newline = newlineOf(judged.draft.text);
  const comment = commentOf(judged);
  const at = comment && commentPlace(judged, finding);
  const commented = (words: string): string =>
    comment === undefined ? words : `${comment.open} ${words} ${comment.close}`.trimEnd();
  add(
    STET,
    at === undefined
      ? { type: "stet", entry: stetEntry(judged.draft, finding) }
      : {
          type: "edits",
          edits: [
            {
              start: at,
              end: at,
              newText: `${commented(`stet ${finding.rule}`)}${newline}${newline}`,
            },
          ],
        },
  );
  const phrase = phraseOf(judged.draft.text, finding);
  if (phrase !== undefined) {
    add(`Accept “${phrase}” in this project`, { type: "accept", phrase });
  }
  const turnOff = `Turn “${finding.rule}” off for this draft`;
  if (comment !== undefined) {
    const top = topOf(judged.draft);
    const newText = `${commented(`stet-file ${finding.rule}`)}${newline}${newline}`;
    add(turnOff, { type: "edits", edits: [{ start: top, end: top, newText }] });
  } else if (!isUntitled(judged.uri)) {
    add(turnOff, { type: "turn-off", rule: finding.rule });
  }
  return found;
}

/** The offset for a stet comment: before the finding's block, if that is at the top level. */
function commentPlace(judged: JudgedDraft, finding: Finding): number | undefined {
  const index = blockAt(judged.draft, finding.start);
  const block = judged.draft.blocks[index];
  const start = judged.draft.starts[index];
  if (block === undefined || start === undefined) return undefined;
  const nested = block.listDepth > 0 || block.quoteDepth > 0 || block.kind === "cell";
  if (nested || block.continues) return undefined;
  const { text } = judged.draft;
  const lineStart = start === 0 || text[start - 1] === "\n" || text[start - 1] === "\r";
  return lineStart ? start : undefined;
}

/** The comment syntax of the draft; undefined where the format has no comments that stay unprinted. */
function commentOf({ draft, languageId, uri }: JudgedDraft): CommentSyntax | undefined {
  return commentIn(draft.format, languageId, uri);
}

/** The offset of the first block after the front matter. */
function topOf(draft: Draft): number {
  const first = draft.blocks.findIndex((block) => block.kind !== "metadata");
  return (first < 0 ? undefined : draft.starts[first]) ?? draft.text.length;
}

/** The text of a finding, if it can be an accepted phrase: a name, a title or a doubled word. */
function phraseOf(text: string, finding: Finding): string | undefined {
  if (!canBeAccepted(RULES, finding.rule) || finding.end - finding.start > 60) return undefined;
  const phrase = text.slice(finding.start, finding.end).trim();
  const spoken = /\p{L}/u.test(phrase) && !/[\r\n]/.test(phrase) && !phrase.includes(MASK);
  return spoken ? phrase : undefined;
}

function newlineOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
}
