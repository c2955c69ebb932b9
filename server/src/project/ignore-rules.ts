import ignore, { type Ignore } from "ignore";

/** The rules of an ignore file, and which of its lines, counted from 0, are none that can be obeyed. */
export interface IgnoreRules {
  readonly rules: Ignore;
  readonly skippedLines: readonly number[];
}

/** No path is so long. */
const MAX_LENGTH = 1000;

/** Stars in one part of a pattern. */
const MAX_STARS = 5;

/** Parts that stand for any folders: of a deep path, three of them take minutes. */
const MAX_DEPTHS = 2;

/** Every path is held against each. */
const MAX_LINES = 10_000;

/**
 * Reads the text of a `.gitignore`. The library makes an expression of each line, which looks for every
 * way that its stars may divide a name, or may be too large to be made: such a line is passed over.
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
