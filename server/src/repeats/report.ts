import { deletionFix, replacementFix, deletedText, type Deletion } from "../deletion/deletion.ts";
import type { Block } from "../draft/draft.ts";
import { quotationFrom } from "../draft/quotation.ts";
import { beginning, MAX_MESSAGE, messageAround, type Quote } from "../text/excerpt.ts";
import type { Fix, Report } from "../draft/finding.ts";
import { type LineIndex } from "../text/lines.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { type Change, changedWords, quoteWords } from "./changes.ts";
import { isReordered } from "./chains.ts";
import type { ReportedRepeat } from "./judge.ts";
import { forEachPart } from "./row-facts.ts";
import type { Row } from "./row.ts";
import type { Span } from "../text/span.ts";
import { formatLines, toPassage, type Passage } from "./passage.ts";
import { isOfSentences } from "./sentence-starts.ts";
import type { Sequence } from "./sequence.ts";
import { type Wording, wording, say } from "../text/wording.ts";

/** Messages and fixes for the passages that a draft repeats; offsets are the draft's. */
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
): Wording {
  const other = formatLines(there, lines);
  const isSame = changedWords(repeat.changes) === 0;
  return aboutPassage(here, (passage) => {
    if (repeat.copies <= 2) {
      const place = withDifference(other, repeat);
      return isSame
        ? wording("{0} repeats {1}. Delete one of the two.", passage, place)
        : wording("{0} repeats {1}. Keep the better of the two.", passage, place);
    }
    const more = repeat.copies - 1;
    const says = wording("{0} is here {1} more times in a row, after {2}.", passage, more, other);
    const todo = isSame ? wording("Keep one.") : wording("Keep the better of the two.");
    return wording("{0} {1}", says, todo);
  });
}

/** The first words of a passage, as a quotation of at most this many units. */
export function quotePassage(passage: Passage): Quote {
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

/** A message about a passage, given as its first words, and its length unless it is one paragraph. */
export function aboutPassage(passage: Passage, toMessage: (passage: Wording) => Wording): Wording {
  const { paragraphs, words, startsBlock, endsBlock } = passage;
  return messageAround(quotePassage(passage), (quotation) =>
    toMessage(
      !startsBlock || !endsBlock
        ? wording("“{0}” ({1} words)", quotation, words)
        : paragraphs > 1
          ? wording("“{0}” ({1} paragraphs)", quotation, paragraphs)
          : wording("“{0}”", quotation),
    ),
  );
}

/** What distinguishes two copies. */
type Difference = Pick<ReportedRepeat, "changes" | "chains">;

/** The place of a copy, with what distinguishes it: “line 3, reordered, with 2 words changed”. */
export function withDifference(place: Wording, { changes, chains }: Difference): Wording {
  const changed = changedWords(changes);
  const ordered = isReordered(chains) ? wording("{0}, reordered", place) : place;
  if (changed === 0) return ordered;
  return changed === 1
    ? wording("{0}, with 1 word changed", ordered)
    : wording("{0}, with {1} words changed", ordered, changed);
}

/** The related place's text: which words differ, the first few of them. */
export function differences(difference: Difference, here: Sequence, there: Sequence): Wording {
  const { changes, chains } = difference;
  let said: Wording | undefined;
  for (const [index, change] of changes.entries()) {
    const one = differenceIn(change, here, there);
    if (said === undefined) {
      said = wording("The other copy. They differ: {0}", one);
      continue;
    }
    const next = wording("{0}; {1}", said, one);
    const rest = changes.length - index;
    if (say(next).length + (rest > 1 ? MORE : 0) > MAX_MESSAGE) {
      return rest === 1 ? wording("{0}; 1 more", said) : wording("{0}; {1} more", said, rest);
    }
    said = next;
  }
  if (said !== undefined) return said;
  return isReordered(chains) ? wording("The other copy, reordered") : wording("The other copy");
}

function differenceIn(change: Change, here: Sequence, there: Sequence): Wording {
  const mine = beginning(quoteWords(here, change.aStart, change.aEnd), MAX_CHANGE);
  const other = beginning(quoteWords(there, change.bStart, change.bEnd), MAX_CHANGE);
  if (mine === "") return wording("“{0}” only there", other);
  if (other === "") return wording("“{0}” only here", mine);
  return wording("“{0}” here, “{1}” there", mine, other);
}

/** How much of a change is quoted, in UTF-16 units. */
const MAX_CHANGE = 18;
/** The room for the number of those that are not quoted. */
const MORE = 10;

function fixesWithin(
  sequence: Sequence,
  here: Passage,
  there: Passage,
  repeat: ReportedRepeat,
  same: boolean,
): Fix[] {
  const { draft } = here;
  const removeHere = (): Fix =>
    deletionFix({
      title: repeat.copies > 2 ? wording("Delete these copies") : wording("Delete this copy"),
      kind: "repeat",
      draft,
      span: here,
      isSafe: same
        ? (deletion) =>
            !isNeededThere(here) &&
            isOfSentences(sequence, repeat.aStart, repeat.aEnd) &&
            takesTheSame(deletion, there)
        : undefined,
    });
  if (repeat.copies > 2) return [removeHere()];
  const { aStart, aEnd, bStart, bEnd, chains } = repeat;
  const matches = chains.flatMap((chain) => chain.matches);
  const aMatches = matches.map(({ a, length }) => ({ start: a, end: a + length }));
  const bMatches = matches.map(({ b, length }) => ({ start: b, end: b + length }));
  const fixes: Fix[] = [];
  const keepsHere = holdsOwn(sequence, aStart, aEnd, aMatches);
  const keepsThere = holdsOwn(sequence, bStart, bEnd, bMatches);
  const removeThere = (title: Wording): Fix =>
    deletionFix({ title, kind: "repeat", draft, span: there });
  if (!keepsHere) fixes.push(removeHere());
  if (!keepsThere) fixes.push(removeThere(wording("Delete the other copy")));
  if (here.words !== there.words) {
    const title = wording("Keep the fuller copy here and delete the other");
    if (here.words > there.words) {
      if (!keepsThere) fixes.push(removeThere(title));
    } else if (!keepsHere) {
      fixes.push(replacementFix({ title, kind: "repeat", draft, span: here, by: there }));
    }
  }
  return fixes;
}

/** Whether a copy has a block, of whose words most are not in the other. */
function holdsOwn(row: Row, start: number, end: number, matches: readonly Span[]): boolean {
  const matched = new Map<number, number>();
  for (const match of matches) {
    forEachPart(row, match.start, match.end, (index, words) => {
      matched.set(index, (matched.get(index) ?? 0) + words);
    });
  }
  let holds = false;
  forEachPart(row, start, end, (index, words) => {
    if (2 * (matched.get(index) ?? 0) < words) holds = true;
  });
  return holds;
}

/** Whether a deletion removes only the words and their frame, or the same as is at the other copy. */
export function takesTheSame(deletion: Deletion, other: Passage): boolean {
  return deletion.known || deletion.taken === deletedText(other.draft, other);
}

/**
 * Whether deleting a passage might break more than the passage: something in it can be linked or referred to, or it is
 * in a list, whose items are read separately.
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
