import { blockAt, type Draft } from "./draft.ts";
import { memoizeOn } from "./incremental/memoize.ts";
import { afterBreak, lineEnd } from "../text/lines.ts";
import type { Span } from "../text/span.ts";
import { partitionPointBy } from "../text/search.ts";

/** A place where two versions of a draft were merged and nobody chose. Offsets are the draft's, in UTF-16 units. */
export interface Conflict extends Span {
  /** The lines of its marks, without their line breaks, in order: three, or four if the common ancestor is shown. */
  readonly marks: readonly Span[];
  /** The versions: whole lines between one mark and the next. The ancestor is one of them, if shown. */
  readonly sides: readonly Span[];
}

const NONE: readonly Conflict[] = [];

/**
 * The merge conflicts of a draft as git writes them, in order: `<<<<<<<`, optionally `|||||||`, `=======` and
 * `>>>>>>>`, each at the start of a line. A conflict inside a single code block is an example, and left out; so is one
 * with marks missing. Linear in the text.
 */
export const getConflicts = memoizeOn<Draft>()((draft): readonly Conflict[] => {
  const conflicts = conflictsIn(draft.text).filter((conflict) => !isExample(draft, conflict));
  return conflicts.length === 0 ? NONE : conflicts;
});

/** The conflict that an offset is in; undefined outside of any. */
export function conflictAt(conflicts: readonly Conflict[], offset: number): Conflict | undefined {
  const last = conflicts[partitionPointBy(conflicts, ({ start }) => start <= offset) - 1];
  return last !== undefined && offset < last.end ? last : undefined;
}

/** The number of the version that contains an offset; -1 on a mark or outside. */
export function sideAt({ sides }: Conflict, offset: number): number {
  return sides.findIndex(({ start, end }) => start <= offset && offset < end);
}

const FIRST = "<<<<<<<";
/** A line with seven of one mark. Git puts a name after all of them except the middle one. */
const MARK = /^(?:<{7}|\|{7}|>{7})(?= [^\r\n]|[\r\n]|$)|^={7}(?=[\r\n]|$)/gm;

function conflictsIn(text: string): readonly Conflict[] {
  const first = text.indexOf(FIRST);
  if (first < 0) return NONE;
  const conflicts: Conflict[] = [];
  let marks: Span[] = [];
  // Which marks of the conflict were seen: none, the first, the ancestor's, the middle.
  let state: "" | "<" | "|" | "=" = "";
  MARK.lastIndex = first;
  for (let match = MARK.exec(text); match !== null; match = MARK.exec(text)) {
    const sign = match[0].charAt(0);
    const line = { start: match.index, end: lineEnd(text, match.index) };
    if (sign === "<") {
      marks = [line];
      state = "<";
    } else if (sign === "|" && state === "<") {
      marks.push(line);
      state = "|";
    } else if (sign === "=" && (state === "<" || state === "|")) {
      marks.push(line);
      state = "=";
    } else if (sign === ">" && state === "=") {
      conflicts.push(toConflict(text, [...marks, line]));
      state = "";
    }
  }
  return conflicts;
}

function toConflict(text: string, marks: readonly Span[]): Conflict {
  const sides = marks.slice(1).map((next, index) => {
    const mark = marks[index] ?? next;
    return { start: afterBreak(text, mark.end), end: next.start };
  });
  return { start: marks[0]?.start ?? 0, end: marks.at(-1)?.end ?? 0, marks, sides };
}

function isExample(draft: Draft, { start, end }: Conflict): boolean {
  const index = blockAt(draft, start);
  return draft.blocks[index]?.kind === "code" && blockAt(draft, end - 1) === index;
}
