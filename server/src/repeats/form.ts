import type { Draft } from "../draft/draft.ts";
import { type Change, sliceChange } from "./changes.ts";
import { areOpposites, getTitles } from "./pair-of-drafts.ts";
import type { Sequence } from "./sequence.ts";

/** What a change replaces: the words of both copies, "" for none. */
type Wordings = ReturnType<typeof sliceChange>;

export function sliceChanges(
  changes: readonly Change[],
  here: Sequence,
  there: Sequence,
): readonly Wordings[] {
  return changes.map((change) => sliceChange(change, here, there));
}

/** Whether one thing is replaced by another again and again, code by code, or nothing but words by their opposites. */
export function isFilledIn(edits: readonly Wordings[]): boolean {
  const seen = new Set<string>();
  let opposites = 0;
  return edits.some((words) => {
    if (words.includes("")) return false;
    const [mine, other] = [words[0].toLowerCase(), words[1].toLowerCase()];
    if (areOpposites(mine, other)) opposites++;
    if (words.every((one) => INLINE_CODE.test(one)) || opposites === edits.length) return true;
    return seen.size === seen.add(`${mine}\n${other}`).size;
  });
}

const INLINE_CODE = /^`[^`\n]+`$/;

/**
 * Whether two drafts say the same about two things: one is replaced by the other again and again, or it is named in the
 * title or the file’s name, too.
 */
export function areOfForm(
  edits: readonly Wordings[],
  here: Draft,
  there: Draft,
  pages: readonly string[],
): boolean {
  if (isFilledIn(edits)) return true;
  const titles = [here, there].map((draft) => getTitles(draft).join(" "));
  const names = new Set([...findOddWords(titles), ...findOddWords(pages)]);
  return edits.some(
    (words) => !words.includes("") && toWords(words.join(" ")).some((word) => names.has(word)),
  );
}

/** The words that only one of two names has. */
function findOddWords([one = "", other = ""]: readonly string[]): readonly string[] {
  const [a, b] = [toWords(one), toWords(other)];
  return [...a.filter((word) => !b.includes(word)), ...b.filter((word) => !a.includes(word))];
}

function toWords(name: string): readonly string[] {
  return name.toLowerCase().match(/[\p{L}\p{M}\p{N}]{3,}/gu) ?? [];
}
