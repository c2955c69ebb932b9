import type { Draft, Mark } from "../../draft/draft.ts";
import { memoizeOn } from "../../draft/incremental/memoize.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";
import { indexBlocks } from "../../draft/incremental/chunks.ts";

/** The labels of a draft, as `normalLabel` gives them. */
export interface Labels {
  readonly defined: ReadonlySet<string>;
  readonly headings: ReadonlySet<string>;
  readonly notesDefined: ReadonlySet<string>;
  readonly notesUsed: ReadonlySet<string>;
  /** There is a reference to a label. */
  readonly pending: boolean;
}

/** The labels that a draft defines and uses; empty where nothing refers to one. */
export const labelsOf = memoizeOn<Draft>()((draft): Labels => {
  const defined = new Set<string>();
  const headings = new Set<string>();
  const notesDefined = new Set<string>();
  const notesUsed = new Set<string>();
  const pending = pointing(draft).length > 0;
  // Only if a reference needs them.
  if (pending) {
    for (const index of naming(draft)) {
      const block = draft.blocks[index];
      if (block?.kind === "heading") headings.add(headingLabel(block));
      for (const { kind, label } of block?.marks ?? []) {
        if (label === undefined) continue;
        if (kind === "definition") defined.add(normalLabel(label));
        else if (kind === "footnote-definition") notesDefined.add(normalLabel(label));
        else if (kind === "footnote") notesUsed.add(normalLabel(label));
      }
    }
  }
  return { defined, headings, notesDefined, notesUsed, pending };
});

/** What a heading is referred to by. */
const headingLabel = perBlock((block): string => normalLabel(block.prose.text));

/** Blocks that refer to a label. */
const pointing = indexBlocks(({ marks }) => marks.some(isPointer));

/** Blocks that define or use labels. */
const naming = indexBlocks(
  ({ kind, marks }) =>
    kind === "heading" ||
    marks.some((mark) => mark.kind === "definition" || mark.kind.startsWith("footnote")),
);

function isPointer({ kind, label }: Mark): boolean {
  return label !== undefined && (kind === "reference" || kind.startsWith("footnote"));
}

/** The normalized label, by which references match definitions: case and spacing are ignored. */
export function normalLabel(label: string | undefined): string {
  return (label ?? "").trim().replace(/\s+/g, " ").toLowerCase();
}
