import ignore, { type Ignore } from "ignore";

/** The rules of an ignore file, and the lines, counted from 0, that were skipped because they are too complex. */
export interface IgnoreRules {
  readonly rules: Ignore;
  readonly skippedLines: readonly number[];
}

/** The longest line, in UTF-16 units; no path is longer. */
const MAX_LENGTH = 1000;

/** The most stars in one segment of a pattern. */
const MAX_STARS = 5;

/** The most `**` segments: three take minutes for a deep path. */
const MAX_DEPTHS = 2;

/** The most lines: every path is matched with each. */
const MAX_LINES = 10_000;

/**
 * Parses the text of a `.gitignore`. The library makes a regular expression of each line, which backtracks
 * over its stars, so lines with too many are skipped.
 */
export function ignoreRules(text: string): IgnoreRules {
  const skippedLines: number[] = [];
  const rules = ignore({ allowRelativePaths: true });
  const lines: string[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "" || line.startsWith("#")) return;
    if (lines.length < MAX_LINES && isSimple(line)) lines.push(line);
    else skippedLines.push(index);
  });
  rules.add(lines);
  return { rules, skippedLines };
}

function isSimple(line: string): boolean {
  if (line.length > MAX_LENGTH) return false;
  const parts = line.split("/");
  if (parts.filter((part) => part === "**").length > MAX_DEPTHS) return false;
  return parts.every((part) => (part.match(/\*+/g)?.length ?? 0) <= MAX_STARS);
}
