import { newDraft, type Draft, type Format } from "../../draft/draft.ts";
import { objectCache } from "../../draft/incremental/memoize.ts";
import type { Edit } from "../../text/edits.ts";
import { lowerBoundBy, upperBoundBy } from "../../text/search.ts";
import type { BlockList } from "../support/blocks.ts";
import { differenceAt, withLineFeeds } from "../support/difference.ts";
import { reuseEqual } from "../support/resume.ts";
import type { Context } from "./elements.ts";
import { readHtmlFrom, START, templatesIn, type Checkpoint, type Template } from "./html.ts";

/** Where the reading of a draft can begin again, in order. */
const storedCheckpoints = objectCache<Draft, readonly Checkpoint[]>();

export function parseHtml(format: Format, text: string): Draft {
  const { list, checkpoints } = readHtmlFrom(text, templatesIn(withLineFeeds(text)), START);
  const draft = newDraft(format, text, list);
  storedCheckpoints.set(draft, checkpoints);
  return draft;
}

/**
 * Reads a changed text from the last checkpoint before the change up to the first one behind it at which all is
 * as it was: the same elements are open, and the block before it is the same.
 */
export function updateHtml(previous: Draft, text: string, change: Edit): Draft {
  const { start, oldEnd, newEnd } = differenceAt(previous.text, text, change);
  const moved = newEnd - oldEnd;
  const old = storedCheckpoints.get(previous) ?? [];
  const templates = templatesIn(withLineFeeds(text));
  const from = lastBefore(old, start, templates);
  const kept = old.slice(
    0,
    upperBoundBy(old, from.start, (one) => one.start),
  );
  const earlier: BlockList = {
    blocks: previous.blocks.slice(0, from.blocks),
    starts: previous.starts.slice(0, from.blocks),
  };

  let next = kept.length;
  /** The checkpoint of the old text at which the rest is known. */
  let known: Checkpoint | undefined;
  const isKnown = (at: Checkpoint, list: BlockList): boolean => {
    if (at.start <= newEnd + 1) return false;
    // They come in order, so each is passed once.
    while ((old[next]?.start ?? Infinity) < at.start - moved) next++;
    const same = old[next];
    if (same?.start !== at.start - moved || same.end !== at.end - moved) return false;
    if (!sameContext(same.context, at.context)) return false;
    if (!sameBlockBefore(previous, same.blocks, list, newEnd, moved)) return false;
    known = same;
    return true;
  };
  const { list, checkpoints } = readHtmlFrom(text, templates, from, earlier, isKnown);
  const rest = known ?? { start: Infinity, blocks: previous.blocks.length };
  const added = list.blocks.length - rest.blocks;
  for (let index = rest.blocks; index < previous.blocks.length; index++) {
    const block = previous.blocks[index];
    if (block === undefined) continue;
    list.blocks.push(block);
    list.starts.push((previous.starts[index] ?? 0) + moved);
  }
  const draft = newDraft(previous.format, text, reuseEqual(previous, list), previous);
  storedCheckpoints.set(draft, [
    ...kept,
    ...checkpoints.filter(({ start }) => start > from.start),
    ...old.slice(lowerBoundBy(old, rest.start, (one) => one.start)).map((one) => ({
      ...one,
      start: one.start + moved,
      end: one.end + moved,
      blocks: one.blocks + added,
    })),
  ]);
  return draft;
}

/** The last checkpoint whose tag ends before the change, and which no template of the changed text goes over. */
function lastBefore(
  checkpoints: readonly Checkpoint[],
  change: number,
  templates: readonly Template[],
): Checkpoint {
  const count = lowerBoundBy(checkpoints, change, ({ end }) => end);
  const last = checkpoints[count - 1];
  if (last === undefined) return START;
  const template = templates[lowerBoundBy(templates, last.end, ({ start }) => start) - 1];
  return template === undefined || template.end <= last.start
    ? last
    : lastBefore(checkpoints.slice(0, count - 1), template.start, templates);
}

/** The most open elements that are compared; where more differ as objects, the text is read to its end. */
const MAX_COMPARED = 64;

function sameContext(a: Context | undefined, b: Context | undefined): boolean {
  for (let level = 0; level < MAX_COMPARED; level++) {
    if (a === b) return true;
    if (a === undefined || b === undefined || a.name !== b.name || a.depth !== b.depth)
      return false;
    a = a.outer;
    b = b.outer;
  }
  return false;
}

/** Whether the last block of `list` stands behind the change and ends where the old one with `count - 1` before it did: the next block may depend on how far it is. */
function sameBlockBefore(
  previous: Draft,
  count: number,
  { blocks, starts }: BlockList,
  newEnd: number,
  moved: number,
): boolean {
  if (count === 0) return blocks.length === 0;
  const start = starts.at(-1) ?? 0;
  return (
    start > newEnd &&
    start === (previous.starts[count - 1] ?? 0) + moved &&
    blocks.at(-1)?.source.length === previous.blocks[count - 1]?.source.length
  );
}
