import { blockAt, type Draft } from "../../draft/draft.ts";
import type { Finding } from "../../draft/finding.ts";
import type { CommentSyntax } from "../../draft/format-files.ts";
import { MASK } from "../../draft/prose.ts";
import { canBeAccepted } from "../../engine/suppression/accept.ts";
import { stetEntry } from "../../engine/suppression/suppress.ts";
import { commentIn } from "../../formats/registry.ts";
import { isUntitled } from "../../project/untitled.ts";
import { RULES } from "../../rules/index.ts";
import type { JudgedDraft } from "../judgement.ts";
import { type ActionCandidate, type ActionPayload, quickFix } from "./payload.ts";

/** The title of the action that suppresses a finding, where no other has the same. */
export const STET = "Stet: let it stand";

/** A way to suppress a finding, and what else it suppresses. */
export interface Suppression {
  /** This passage alone, these words wherever they stand, or the rule in the whole draft. */
  readonly scope: "passage" | "phrase" | "draft";
  readonly payload: ActionPayload;
}

/** The actions that suppress a finding: a stet, an accepted phrase, or the rule switched off. */
export function suppressionCandidates(judged: JudgedDraft, finding: Finding): ActionCandidate[] {
  return suppressions(judged, finding).map(({ scope, payload }) =>
    quickFix(finding, titleFor(scope, payload, finding), payload),
  );
}

function titleFor(scope: Suppression["scope"], payload: ActionPayload, { rule }: Finding): string {
  if (scope === "passage") return STET;
  return payload.type === "accept"
    ? `Accept “${payload.phrase}” in this project`
    : `Turn “${rule}” off for this draft`;
}

/** The ways to suppress a finding that are written into the draft, or into the config file that applies to it. */
export function suppressions(judged: JudgedDraft, finding: Finding): Suppression[] {
  const found: Suppression[] = [];
  const newline = newlineOf(judged.draft.text);
  const comment = commentOf(judged);
  const insertion = (at: number, words: string): ActionPayload => {
    const text = `${comment?.open ?? ""} ${words} ${comment?.close ?? ""}`.trim();
    return { type: "edits", edits: [{ start: at, end: at, newText: text + newline + newline }] };
  };
  const at = comment && commentPlace(judged, finding);
  found.push({
    scope: "passage",
    payload:
      at === undefined
        ? { type: "stet", entry: stetEntry(judged.draft, finding) }
        : insertion(at, `stet ${finding.rule}`),
  });
  const phrase = phraseOf(judged.draft.text, finding);
  if (phrase !== undefined) found.push({ scope: "phrase", payload: { type: "accept", phrase } });
  if (comment !== undefined) {
    const payload = insertion(topOf(judged.draft), `stet-file ${finding.rule}`);
    found.push({ scope: "draft", payload });
  } else if (!isUntitled(judged.uri)) {
    found.push({ scope: "draft", payload: { type: "turn-off", rule: finding.rule } });
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
