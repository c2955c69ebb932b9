import type { Half } from "../../server/src/draft/markup.ts";

/** The pairs of a text, in the order of their first halves: the words of each half, and a mark if it is bare. */
export function pairsTold(text: string, halves: readonly Half[]): string[] {
  const groups = new Map<number, Half[]>();
  for (const half of halves) groups.set(half.group, [...(groups.get(half.group) ?? []), half]);
  return [...groups.values()].map(
    (group) =>
      group.map(({ start, end }) => text.slice(start, end)).join(" … ") +
      (group[0]?.bare === true ? "" : " (says something)"),
  );
}
