import { type Block, type Draft, holdsProse, type Mark, normalLabel } from "../../draft/draft.ts";
import { blocksWhere } from "../../draft/incremental/blocks-where.ts";
import { memoizeOn } from "../../draft/incremental/memoize.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";
import { isInclude } from "../../formats/support/block-marks.ts";

/** The labels of a draft, as `normalLabel` gives them. */
export interface Labels {
  readonly defined: ReadonlySet<string>;
  readonly headings: ReadonlySet<string>;
  readonly notesDefined: ReadonlySet<string>;
  readonly notesUsed: ReadonlySet<string>;
  /** Labels of footnotes with one half outside prose: in code, or in a component's attribute. */
  readonly notesUnread: ReadonlySet<string>;
  /** Labels of footnotes whose text has lost the colon before it. */
  readonly notesBare: ReadonlySet<string>;
  /** There is a reference to a label, and no other file is included that might define it. */
  readonly isWhole: boolean;
}

/** The labels that a draft defines and uses; empty if there is nothing to report about them. */
export const getLabels = memoizeOn<Draft>()((draft): Labels => {
  const defined = new Set<string>();
  const headings = new Set<string>();
  const notesDefined = new Set<string>();
  const notesUsed = new Set<string>();
  const notesUnread = new Set<string>();
  const notesBare = new Set<string>();
  const isWhole = withPointers(draft).length > 0 && !draft.blocks.some(isInclude);
  if (isWhole) {
    for (const { block } of withLabels(draft)) {
      if (block.kind === "heading") headings.add(headingLabel(block));
      if (isUnread(block)) for (const label of writtenNotes(block)) notesUnread.add(label);
      for (const mark of block.marks) {
        const { kind, label } = mark;
        if (label === undefined) continue;
        if (isBareNote(block, mark)) notesBare.add(normalLabel(label));
        if (kind === "definition") defined.add(normalLabel(label));
        else if (kind === "footnote-definition") notesDefined.add(normalLabel(label));
        else if (kind === "footnote") notesUsed.add(normalLabel(label));
      }
    }
  }
  return { defined, headings, notesDefined, notesUsed, notesUnread, notesBare, isWhole };
});

/** Whether a mark is a footnote's text without the colon: alone on its line before an address. */
export function isBareNote({ source }: Block, { kind, start, end }: Mark): boolean {
  return (
    kind === "footnote" &&
    (start === 0 || source.charAt(start - 1) === "\n") &&
    /^[ \t]+<?https?:\/\//.test(source.slice(end, end + 24))
  );
}

function isUnread(block: Block): boolean {
  return !holdsProse(block) && block.source.includes("[^");
}

/** The labels of footnotes that occur in a block, whatever it makes of them. */
const writtenNotes = perBlock(({ source }): readonly string[] =>
  Array.from(source.matchAll(/\[\^([^\s[\]]{1,80})\]/g), ([, label]) => normalLabel(label)),
);

/** The label by which a heading is referred to. */
const headingLabel = perBlock((block): string => normalLabel(block.prose.text));

const withPointers = blocksWhere(({ marks }) => marks.some(isPointer));

const withLabels = blocksWhere(
  (block) =>
    block.kind === "heading" ||
    isUnread(block) ||
    block.marks.some(({ label }) => label !== undefined),
);

function isPointer({ kind, label }: Mark): boolean {
  return label !== undefined && (kind === "reference" || kind.startsWith("footnote"));
}
