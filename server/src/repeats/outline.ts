import type { Draft } from "../draft/draft.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import {
  type ElementTag,
  elementTags,
  getClass,
  isVariantMark,
  openingLabel,
  tabMark,
} from "../formats/support/block-marks.ts";

/** For each block of a draft, what precedes it. */
interface Outline {
  /** The index of the heading it is under, -1 for none. */
  readonly heading: Int32Array;
  /** The index of the list item that it is nested in, -1 for none. */
  readonly item: Int32Array;
  /** The last caption, or line with only bold or code, above it in its section, or the block itself; "" for none. */
  readonly label: readonly string[];
  /** How many marks of variants precede each block, and in all; how many other directives and code blocks. */
  readonly markers: Uint32Array;
  readonly others: Uint32Array;
  /** The mark that opens the tab it is in, "" for none. */
  readonly tab: readonly string[];
  /** The class of the innermost element around it that has one, if tags on lines of their own show it; "" for none. */
  readonly element: readonly string[];
}

export const getOutline = memoizeOn<Draft>()((draft): Outline => {
  const { blocks } = draft;
  const depthAt = (index: number | undefined): number =>
    index === undefined ? -1 : (blocks[index]?.listDepth ?? 0);
  const heading = new Int32Array(blocks.length);
  const item = new Int32Array(blocks.length).fill(-1);
  /** Blocks above that are less deep than the next, the deepest last. */
  const shallower: number[] = [];
  const markers = new Uint32Array(blocks.length + 1);
  const others = new Uint32Array(blocks.length + 1);
  const tab: string[] = [];
  const label: string[] = [];
  const element: string[] = [];
  const elements: string[] = [];
  let last = -1;
  let open = "";
  let over = "";
  blocks.forEach((block, index) => {
    heading[index] = last;
    while (depthAt(shallower.at(-1)) >= depthAt(index)) shallower.pop();
    item[index] = shallower.at(-1) ?? -1;
    if (depthAt(index) > 0) shallower.push(index);
    const { opens, closes } = tabMark(block);
    if (opens !== undefined || closes) open = opens ?? "";
    const isMarker = opens !== undefined || closes || isVariantMark(block);
    const opening = openingLabel(block);
    if (block.kind === "heading") {
      last = index;
      over = "";
    } else if (opening.isAll) over = opening.text;
    label.push(over);
    tab.push(open);
    if (block.kind === "directive") enterAndLeave(elements, elementTags(block));
    element.push(getClass(block) || (elements.findLast((name) => name !== "") ?? ""));
    markers[index + 1] = (markers[index] ?? 0) + Number(isMarker);
    const isOther = block.kind === "code" || (block.kind === "directive" && !isMarker);
    others[index + 1] = (others[index] ?? 0) + Number(isOther);
  });
  return { heading, item, label, markers, others, tab, element };
});

/** Opens and closes the elements whose tags a block contains; the row has the class of each. */
function enterAndLeave(elements: string[], tags: readonly ElementTag[]): void {
  for (const { closes, className } of tags) {
    if (closes) elements.pop();
    else if (elements.length < MOST_ELEMENTS) elements.push(className);
  }
}

/** Elements nested deeper are ignored. */
const MOST_ELEMENTS = 64;
