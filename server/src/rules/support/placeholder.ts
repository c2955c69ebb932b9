import type { Draft, PlacedBlock } from "../../draft/draft.ts";
import type { Fix, Report } from "../../draft/finding.ts";
import { sourceSpan } from "../../draft/prose.ts";
import { quotationAround } from "../../draft/quotation.ts";
import { beginning, HOLE, messageAbout } from "../../text/excerpt.ts";
import { shifted, type Span } from "../../text/span.ts";
import { type Wording, wording } from "../../text/wording.ts";

/**
 * The fix that inserts the placeholder at an offset of a text (UTF-16 units), selected so that the user can type over
 * it. It removes spaces and tabs that would be stray before a line's end or a punctuation mark.
 */
export function placeholderFix(
  text: string,
  at: number,
  placeholder: string,
  before = "",
  after = "",
): Fix {
  let start = at;
  if (before.startsWith(" ")) while (isBlank(text, start - 1)) start--;
  let end = at;
  while (isBlank(text, end)) end++;
  if (after === "" && !isStray(text, end)) end = at;
  return {
    title: markLoss(placeholder),
    safe: false,
    edits: [{ start, end, newText: before + placeholder + after }],
    stops: [{ start: before.length, end: before.length + placeholder.length }],
  };
}

/**
 * The report on words missing before or after a span of a block's prose, with the fix that marks the loss. `end` is
 * what must follow the placeholder.
 */
export function missingWords(
  draft: Draft,
  { block, start }: PlacedBlock,
  span: Span,
  [side, end]: readonly [side: "before" | "after", end?: string],
  says: Wording,
  placeholder: string,
): Report {
  const place = shifted(sourceSpan(block.prose, span), start);
  const isBefore = side === "before";
  const at = isBefore ? span.start : span.end;
  return {
    ...place,
    message: messageAbout(
      quotationAround(block, { start: at, end: at }, isBefore ? `${HOLE} ` : ` ${HOLE}`),
      says,
    ),
    fixes: [
      {
        ...(isBefore
          ? placeholderFix(draft.text, place.start, placeholder, "", " ")
          : placeholderFix(draft.text, place.end, placeholder, " ", end)),
        kind: "placeholder",
      },
    ],
  };
}

/** The title of the fix that puts the placeholder where words were lost. */
export function markLoss(placeholder: string): Wording {
  return wording("Mark the loss with {0}", beginning(placeholder, 40));
}

function isBlank(text: string, at: number): boolean {
  return /[ \t]/.test(text.charAt(at));
}

/** Whether a space before an offset separates nothing. */
function isStray(text: string, at: number): boolean {
  return /^[\r\n.,;:!?)\]]?$/.test(text.charAt(at));
}
