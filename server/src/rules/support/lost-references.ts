import { type Block, type Draft, type Mark, normalLabel } from "../../draft/draft.ts";
import { blocksWhere } from "../../draft/incremental/blocks-where.ts";
import type { Report } from "../../draft/finding.ts";
import { memoizeOn } from "../../draft/incremental/memoize.ts";
import { beginning, messageAround, oneLine } from "../../text/excerpt.ts";
import type { Span } from "../../text/span.ts";
import { type Labels, getLabels } from "./labels.ts";
import { addDefinition, keepText } from "./link-fixes.ts";
import { wording } from "../../text/wording.ts";

/** A reference whose label is defined nowhere. */
export interface LostReference {
  readonly block: Block;
  readonly mark: Mark;
  /** In the draft. */
  readonly place: Span;
}

export interface References {
  /** Those whose label is defined nowhere, in order. */
  readonly lost: readonly LostReference[];
  /** Their normalized labels. */
  readonly lostLabels: ReadonlySet<string>;
  /** A documentation tool looks up labels of this draft, so perhaps also the lost ones. */
  readonly hasTool: boolean;
  /** Others refer to labels that the draft defines. */
  readonly hasDefined: boolean;
}

/** None count as lost in a draft that includes other files, which may define them. */
export const getReferences = memoizeOn<Draft>()((draft): References => {
  const labels = getLabels(draft);
  const lost: LostReference[] = [];
  const lostLabels = new Set<string>();
  let hasTool = false;
  let hasDefined = false;
  for (const { block, start } of labels.isWhole ? withReferences(draft) : []) {
    for (const mark of block.marks) {
      if (mark.kind !== "reference") continue;
      const label = normalLabel(mark.label);
      if (labels.defined.has(label)) hasDefined = true;
      const whose = findOwner(block, mark, label, labels);
      if (whose === "tool") hasTool = true;
      if (whose !== "author") continue;
      lostLabels.add(label);
      const place = { start: start + mark.start, end: start + mark.end };
      lost.push({ block, mark, place });
    }
  }
  hasTool ||= lost.length > 0 && draft.blocks.some(isClause);
  return { lost, lostLabels, hasTool, hasDefined };
});

/** Whether a block belongs to the id of a clause, as in specifications for mdBook, whose tools look up labels. */
function isClause({ source }: Block): boolean {
  return /^r\[[\w.-]+\](?=\s|$)/.test(source);
}

const withReferences = blocksWhere(({ marks }) => marks.some(({ kind }) => kind === "reference"));

/**
 * Who should define the label of a mark that is meant as a reference and has no definition; undefined if it is not, or
 * is defined. `key` is its normalized label.
 */
function findOwner(
  block: Block,
  mark: Mark,
  key: string,
  labels: Labels,
): "author" | "tool" | undefined {
  const label = mark.label ?? "";
  if (labels.defined.has(key) || labels.headings.has(key)) return undefined;
  const written = block.source.slice(mark.start, mark.end);
  if (!written.endsWith("]") || !written.includes("][") || mark.text === undefined) {
    return undefined;
  }
  if (mark.text.end <= mark.text.start || label.trim() === "") return undefined;
  // “a[i][j]” is code, and so are citations.
  if (/[\p{L}\p{M}\p{N}_)\]]/u.test(block.source.charAt(mark.start - 1))) return undefined;
  if (/^[([]/.test(block.source.slice(mark.end, mark.end + 1))) return undefined;
  if (/^[@#`!^,]|[{}<>$|\\]/.test(label)) return undefined;
  if (
    /^\d+$|^.$/.test(block.source.slice(mark.text.start, mark.text.end)) &&
    /^\d+$|^.$/.test(label)
  )
    return undefined;
  // “[Vec][std::vec::Vec]”, “[line!][line!]”, “[Foo][struct@Foo]”, “[Type][grammar-Type]”.
  if (/::|\(\)|\w[.@]\w|\w!$|^\p{Ll}+-\p{Lu}/u.test(label)) return "tool";
  // If nothing is defined, a single identifier may be another tool's.
  return labels.defined.size > 0 || !/[-_]/.test(label) ? "author" : "tool";
}

/** The report on a reference whose label is defined nowhere; offsets are the draft's. */
export function undefinedReference(
  draft: Draft,
  { block, mark, place }: LostReference,
  placeholder: string,
): Report {
  const image = block.source[mark.start] === "!";
  const text = mark.text ?? { start: mark.start, end: mark.start };
  const shown = block.source.slice(text.start, text.end);
  return {
    ...place,
    message: messageAround(
      (most) => beginning(mark.label ?? "", most),
      (label) =>
        image
          ? wording(
              "“[{0}]: https://…” is not in this draft, so the image shows as brackets. Add it.",
              label,
            )
          : wording(
              "“[{0}]: https://…” is not in this draft, so the link shows as brackets. Add it.",
              label,
            ),
    ),
    fixes: [
      addDefinition(
        draft,
        `[${oneLine(mark.label ?? "")}]: `,
        placeholder,
        wording("Add the address with {0}", placeholder),
      ),
      ...(image ? [] : [keepText(place, shown)]),
    ],
  };
}
