import type { Edit, Finding, Fix } from "./finding.ts";

/**
 * Applies edits to the text they were made for. Where two overlap, the one that begins first is
 * applied and the other is left for the next round. Offsets are UTF-16 units.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < done) continue;
    result += text.slice(done, edit.start) + edit.newText;
    done = edit.end;
  }
  return result + text.slice(done);
}

/** The edits of fixes that may be applied together without asking: each whole, none touching another. */
export function safeEdits(
  findings: readonly Finding[],
  wanted: (fix: Fix) => boolean = () => true,
): Edit[] {
  const chosen: Edit[] = [];
  /** The same by place; none touches another, so their ends rise as well. */
  const byPlace: Edit[] = [];
  for (const finding of findings) {
    const fix = finding.fixes?.find((one) => one.safe && one.uri === undefined && wanted(one));
    if (fix === undefined) continue;
    const clashes = fix.edits.some((edit) => {
      const other = byPlace[firstEndingFrom(byPlace, edit.start)];
      return other !== undefined && other.start <= edit.end;
    });
    if (clashes) continue;
    for (const edit of fix.edits) {
      chosen.push(edit);
      byPlace.splice(firstEndingFrom(byPlace, edit.start), 0, edit);
    }
  }
  return chosen;
}

/** The index of the first edit, of edits by place, that ends at or after an offset. */
function firstEndingFrom(edits: readonly Edit[], offset: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
