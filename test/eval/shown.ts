import type { Finding } from "../../server/src/draft/finding.ts";
import { lineAt, lineIndex } from "../../server/src/text/lines.ts";
import type { Span } from "../../server/src/text/span.ts";

/** A finding with the draft that it stands in. */
export interface Found {
  readonly repo: string;
  readonly path: string;
  readonly finding: Finding;
}

/** So many of a list, drawn by lot: each has the same chance, and their order is that of the lot. */
export function drawn<T>(all: readonly T[], count: number, random: () => number): T[] {
  const pool = [...all];
  const lot: T[] = [];
  while (lot.length < count && pool.length > 0) {
    const at = Math.floor(random() * pool.length);
    const [one] = pool.splice(at, 1);
    if (one !== undefined) lot.push(one);
  }
  return lot;
}

/**
 * A finding to be judged by eye: its place, its message, the marked words between ⟦ ⟧ with what stands
 * around them, and so each other place that it names. `textOf` gives a draft of the same folder by its path.
 */
export function shown(found: Found, textOf: (path: string) => string | undefined): string {
  const { repo, path, finding } = found;
  const text = textOf(path) ?? "";
  const related = (finding.related ?? []).map((other) => {
    const where = other.uri ?? path;
    const there = textOf(where) ?? "";
    return `  ↔ ${where}:${lineOf(there, other)} ${other.message}\n${inContext(there, other, 80)}`;
  });
  return [
    `${repo} ${path}:${lineOf(text, finding)} ${finding.rule} ${finding.severity}`,
    `  ${finding.message}`,
    inContext(text, finding, 200),
    ...related,
  ].join("\n");
}

/** At most this many characters of a marked passage are printed. */
const PASSAGE = 500;

function lineOf(text: string, { start }: Span): number {
  return lineAt(lineIndex(text), start) + 1;
}

function inContext(text: string, { start, end }: Span, around: number): string {
  const marked = text.slice(start, end);
  const passage =
    marked.length <= PASSAGE
      ? marked
      : `${marked.slice(0, PASSAGE / 2)} … ${marked.slice(-PASSAGE / 2)}`;
  const before = text.slice(Math.max(0, start - around), start);
  return `${before}⟦${passage}⟧${text.slice(end, end + around)}`.replace(/^/gm, "    | ");
}
