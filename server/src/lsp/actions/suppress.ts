import { blockAt, type CommentSyntax, type Draft } from "../../draft/draft.ts";
import type { Finding } from "../../draft/finding.ts";
import { MASK } from "../../draft/prose.ts";
import { canBeAccepted } from "../../engine/suppression/accept.ts";
import { stetEntry } from "../../engine/suppression/suppress.ts";
import { commentIn } from "../../formats/registry.ts";
import { isSnippet } from "../../project/snippets.ts";
import { toKey, toPath } from "../../project/places.ts";
import { hasNoFolder } from "../../project/untitled.ts";
import type { ReachRequest } from "../../protocol.ts";
import { RULES } from "../../rules/index.ts";
import { acceptPhrase, addStet, switchOff, turnOff } from "../../settings/config/edits.ts";
import { below } from "../../settings/select.ts";
import type { Edit } from "../../text/edits.ts";
import { type Wording, wording } from "../../text/wording.ts";
import type { LintedDraft } from "../linted.ts";
import {
  type ActionCandidate,
  type ActionEffect,
  type ConfigChange,
  quickFix,
} from "./candidate.ts";

/** The title of the action that suppresses a finding, if no other has the same title. */
export const STET = wording("Stet: let it stand");

/** A way to suppress a finding. */
export interface Suppression {
  /** The title of a code action; undefined if it is only in the list. */
  readonly title: Wording | undefined;
  /** Its entry in the list of choices, with one line about its effect. */
  readonly label: Wording;
  readonly detail: Wording;
  readonly effect: ActionEffect;
  /** What it is about in all drafts of the project. */
  readonly reach?: ReachRequest | undefined;
}

/** The actions that suppress a finding: a stet, an accepted phrase, or the rule switched off. */
export function suppressionCandidates(
  linted: LintedDraft,
  finding: Finding,
): ActionCandidate<Wording>[] {
  return suppressions(linted, finding).flatMap(({ title, effect }) =>
    title === undefined ? [] : [quickFix(finding, title, effect)],
  );
}

/** The ways to suppress a finding that change the draft, or the config file that applies to it. */
export function suppressions(linted: LintedDraft, finding: Finding): Suppression[] {
  const { draft, uri } = linted;
  const { rule } = finding;
  const comment = getComment(linted);
  const insertion = (at: number, words: string): ActionEffect => ({
    fix: { edits: [commentEdit(draft, comment, at, words)] },
  });
  const ways: Suppression[] = [];
  const add = (
    title: Wording | undefined,
    label: Wording,
    detail: Wording,
    effect: ActionEffect,
    reach?: ReachRequest,
  ): void => {
    ways.push({ title, label, detail, effect, reach });
  };
  const at = comment && commentPlace(linted, finding);
  const stet = { config: stetInConfig(draft, finding) };
  const byWords = wording("Marks the passage in .galley.json, by its words.");
  if (at !== undefined) {
    const detail = wording("Puts a comment before the paragraph.");
    add(STET, wording("This place"), detail, insertion(at, `stet ${rule}`));
    const label = wording("This passage, wherever it stands");
    if (!isSnippet(uri)) add(undefined, label, byWords, stet);
  } else if (!isSnippet(uri)) {
    add(STET, wording("This place"), byWords, stet);
  }
  const phrase = toPhrase(draft.text, finding);
  if (phrase !== undefined) {
    const label = wording("“{0}” in this project", phrase);
    const detail = wording("Accepts these words wherever they stand, in .galley.json.");
    const title = wording("Accept “{0}” in this project", phrase);
    const config: ConfigChange = (text) => acceptPhrase(text, phrase);
    add(title, label, detail, { config }, { phrase });
  }
  const title = wording("Turn “{0}” off for this draft", rule);
  if (comment !== undefined) {
    const detail = wording("Turns “{0}” off here, by a comment at the top.", rule);
    const effect = insertion(bodyStart(draft), `stet-file ${rule}`);
    add(title, wording("This draft"), detail, effect);
  } else if (!hasNoFolder(uri)) {
    const detail = wording("Turns “{0}” off here, in .galley.json.", rule);
    const config: ConfigChange = (text, folder) =>
      turnOff(text, below(toPath(toKey(uri)), folder) ?? "", rule);
    add(title, wording("This draft"), detail, { config });
  }
  const everywhere = wording("Turns “{0}” off for every draft, in .galley.json.", rule);
  const config: ConfigChange = (text) => switchOff(text, rule);
  add(undefined, wording("This project"), everywhere, { config }, { rule });
  return ways;
}

/** Adds the entry that lets the passage of a finding stand. */
function stetInConfig(draft: Draft, finding: Finding): ConfigChange {
  const entry = stetEntry(draft, finding);
  return (text) => addStet(text, entry);
}

/**
 * What suppresses some findings, each in its place: comments in the draft for as many as possible, and config entries.
 */
export function stetEach(
  linted: LintedDraft,
  findings: readonly Finding[],
): {
  readonly edits: readonly Edit[];
  readonly commented: number;
  readonly entries: readonly ConfigChange[];
} {
  const { draft, uri } = linted;
  const comment = getComment(linted);
  const rulesAt = new Map<number, Set<string>>();
  const entries: ConfigChange[] = [];
  let commented = 0;
  for (const finding of findings) {
    const at = comment && commentPlace(linted, finding);
    if (at !== undefined) {
      rulesAt.set(at, (rulesAt.get(at) ?? new Set()).add(finding.rule));
      commented++;
    }
    // An entry without a draft would be for a passage that is gone.
    else if (!isSnippet(uri)) entries.push(stetInConfig(draft, finding));
  }
  const edits = [...rulesAt].map(([at, rules]) =>
    commentEdit(draft, comment, at, `stet ${[...rules].join(" ")}`),
  );
  return { edits, commented, entries };
}

function commentEdit(
  { text }: Draft,
  comment: CommentSyntax | undefined,
  at: number,
  words: string,
): Edit {
  const newline = detectNewline(text);
  const written = `${comment?.open ?? ""} ${words} ${comment?.close ?? ""}`.trim();
  return { start: at, end: at, newText: written + newline + newline };
}

/** The offset for a stet comment: before the finding's block, if the block is at the top level. */
function commentPlace(linted: LintedDraft, finding: Finding): number | undefined {
  const index = blockAt(linted.draft, finding.start);
  const block = linted.draft.blocks[index];
  const start = linted.draft.starts[index];
  if (block === undefined || start === undefined) return undefined;
  const nested = block.listDepth > 0 || block.quoteDepth > 0 || block.kind === "cell";
  if (nested || block.continues) return undefined;
  const { text } = linted.draft;
  const lineStart = start === 0 || text[start - 1] === "\n" || text[start - 1] === "\r";
  return lineStart ? start : undefined;
}

/** The comment syntax of the draft; undefined if the format has no comments that stay out of print. */
function getComment({ draft, languageId, uri }: LintedDraft): CommentSyntax | undefined {
  return commentIn(draft.format, languageId, uri);
}

/** The offset of the first block after the front matter. */
function bodyStart(draft: Draft): number {
  const first = draft.blocks.findIndex((block) => block.kind !== "metadata");
  return (first < 0 ? undefined : draft.starts[first]) ?? draft.text.length;
}

/** The text of a finding, if it can be an accepted phrase: a name, a title or a doubled word. */
function toPhrase(text: string, finding: Finding): string | undefined {
  if (!canBeAccepted(RULES, finding.rule) || finding.end - finding.start > 60) return undefined;
  const phrase = text.slice(finding.start, finding.end).trim();
  const spoken = /\p{L}/u.test(phrase) && !/[\r\n]/.test(phrase) && !phrase.includes(MASK);
  return spoken ? phrase : undefined;
}

function detectNewline(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
}
