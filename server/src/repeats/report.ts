import { deletionFix, replacementFix, deletedText, type Deletion } from "../deletion/deletion.ts";
import type { Block } from "../draft/draft.ts";
import { quotationFrom } from "../draft/quotation.ts";
import { beginning, MAX_MESSAGE, messageAbout } from "../text/excerpt.ts";
import type { Fix, Report } from "../draft/finding.ts";
import { type LineIndex } from "../text/lines.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { changedWords, wording } from "./changes.ts";
import { isReordered } from "./chains.ts";
import type { ReportedRepeat } from "./judge.ts";
import { formatLines, toPassage, type Passage } from "./passage.ts";
import { isOfSentences } from "./sentence-starts.ts";
import type { Sequence } from "./sequence.ts";

/** What is said of the passages that a draft repeats; offsets are the draft's. */
export function reportsWithin(sequence: Sequence, repeats: readonly ReportedRepeat[]): Report[] {
  if (repeats.length === 0) return [];
  const lines = linesOfDraft(sequence.draft);
  return repeats.map((repeat) => reportWithin(sequence, repeat, lines));
}

function reportWithin(sequence: Sequence, repeat: ReportedRepeat, lines: LineIndex): Report {
  const here = toPassage(sequence, repeat.aStart, repeat.aEnd);
  const there = toPassage(sequence, repeat.bStart, repeat.bEnd);
  const text = sequence.draft.text;
  const same = text.slice(here.start, here.end) === text.slice(there.start, there.end);
  return {
    start: here.start,
    end: here.end,
    severity: repeat.severity ?? "hint",
    message: messageWithin(here, there, repeat, lines),
    related: [
      {
        start: there.start,
        end: there.end,
        message: differences(repeat, sequence, sequence),
      },
    ],
    fixes: fixesWithin(sequence, here, there, repeat, same),
    ...(same ? { unnecessary: true } : {}),
  };
}

function messageWithin(
  here: Passage,
  there: Passage,
  repeat: ReportedRepeat,
  lines: LineIndex,
): string {
  const other = formatLines(there, lines);
  const changed = changedWords(repeat.changes);
  const todo =
    changed === 0
      ? repeat.copies > 2
        ? "Keep one."
        : "Delete one of the two."
      : "Keep the better of the two.";
  const says =
    repeat.copies > 2
      ? `stands here ${repeat.copies - 1} more times in a row, after ${other}`
      : `repeats ${other}${formatDifference(repeat)}`;
  return messageAbout(
    quotePassage(here),
    (words) => `“${words}”${formatExtent(here)} ${says}. ${todo}`,
  );
}

/** The first words of a passage, as a quotation of at most so many units. */
export function quotePassage(passage: Passage): (most: number) => string {
  const { draft, start, end, firstBlock, lastBlock, startsBlock } = passage;
  if (startsBlock) {
    const block = draft.blocks.slice(firstBlock, lastBlock + 1).find(hasWords);
    if (block !== undefined) return quotationFrom(block);
  }
  return (most) => beginning(draft.text.slice(start, end), most);
}

function hasWords({ prose }: Block): boolean {
  return /[\p{L}\p{N}]/u.test(prose.text);
}

/** How long a passage is, where that is not one paragraph. */
export function formatExtent({ paragraphs, words, startsBlock, endsBlock }: Passage): string {
  if (!startsBlock || !endsBlock) return ` (${words} words)`;
  return paragraphs > 1 ? ` (${paragraphs} paragraphs)` : "";
}

/** What tells two copies apart. */
type Difference = Pick<ReportedRepeat, "changes" | "chains">;

/** The end of a clause: “, reordered, with 2 words changed”; empty where all words are the same, in one order. */
export function formatDifference({ changes, chains }: Difference): string {
  const changed = changedWords(changes);
  const order = isReordered(chains) ? ", reordered" : "";
  if (changed === 0) return order;
  return `${order}, with ${changed} ${changed === 1 ? "word" : "words"} changed`;
}

/** The related place's text: which words differ, the first few of them. */
export function differences(difference: Difference, here: Sequence, there: Sequence): string {
  const { changes, chains } = difference;
  if (changes.length === 0) return `The other copy${isReordered(chains) ? ", reordered" : ""}`;
  let said = "The other copy. They differ: ";
  for (const [index, change] of changes.entries()) {
    const mine = beginning(wording(here, change.aStart, change.aEnd), MAX_CHANGE);
    const other = beginning(wording(there, change.bStart, change.bEnd), MAX_CHANGE);
    const one =
      mine === ""
        ? `“${other}” only there`
        : other === ""
          ? `“${mine}” only here`
          : `“${mine}” here, “${other}” there`;
    const rest = changes.length - index - 1;
    const next = `${said}${index > 0 ? "; " : ""}${one}`;
    if (index > 0 && next.length + (rest > 0 ? MORE : 0) > MAX_MESSAGE) {
      return `${said}; ${rest + 1} more`;
    }
    said = next;
  }
  return said;
}

/** So much of a change is quoted, in UTF-16 units. */
const MAX_CHANGE = 18;
/** The room for the number of those that are not. */
const MORE = 10;

function fixesWithin(
  sequence: Sequence,
  here: Passage,
  there: Passage,
  repeat: ReportedRepeat,
  same: boolean,
): Fix[] {
  const { draft } = here;
  const removeThere = deletionFix({
    title: "Delete the other copy",
    kind: "repeat",
    draft,
    span: there,
  });
  const fixes: Fix[] = [
    deletionFix({
      title: repeat.copies > 2 ? "Delete these copies" : "Delete this copy",
      kind: "repeat",
      draft,
      span: here,
      isSafe: same
        ? (deletion) =>
            !isNeededThere(here) &&
            isOfSentences(sequence, repeat.aStart, repeat.aEnd) &&
            takesTheSame(deletion, there)
        : undefined,
    }),
  ];
  if (repeat.copies > 2) return fixes;
  fixes.push(removeThere);
  if (here.words !== there.words) {
    const title = "Keep the fuller copy here and delete the other";
    fixes.push(
      here.words > there.words
        ? deletionFix({ title, kind: "repeat", draft, span: there })
        : replacementFix({ title, kind: "repeat", draft, span: here, by: there }),
    );
  }
  return fixes;
}

/** Whether a deletion takes no more than the words and their frame, or the same as stands at the other copy. */
export function takesTheSame(deletion: Deletion, other: Passage): boolean {
  return deletion.known || deletion.taken === deletedText(other.draft, other);
}

/**
 * Whether deleting a passage might break more than the passage: something in it can be linked or referred to, or it
 * is of a list, whose items are read each by itself.
 */
export function isNeededThere(passage: Passage): boolean {
  const { draft, firstBlock, lastBlock } = passage;
  for (let index = firstBlock; index <= lastBlock; index++) {
    const block = draft.blocks[index];
    if (block !== undefined && (block.listDepth > 0 || holdsTarget(block))) return true;
  }
  return false;
}

function holdsTarget(block: Block): boolean {
  if (block.kind === "definition" || block.kind === "heading") return true;
  return block.marks.some(
    (mark) =>
      mark.kind === "footnote" ||
      mark.kind === "definition" ||
      mark.kind === "footnote-definition" ||
      mark.kind === "anchor",
  );
}
