import type { ConfigNode } from "../settings/config/node.ts";
import { type ReadFailure, readFailureText } from "../project/read-limits.ts";
import { problemText } from "../settings/config/messages.ts";
import { lineIndex, positionAt } from "../text/lines.ts";
import { say } from "../text/wording.ts";
import { byText, fileOfPath, shownPath } from "./paths.ts";

/** Something that could not be checked. `fatal` makes the exit code 2. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  readonly fatal: boolean;
}

/** The problem of a named file that can't be read. `what` is its kind, `most` its largest size, in bytes. */
export function unreadNamed(
  path: string,
  unread: ReadFailure,
  what: string,
  most: number,
): Problem {
  const message = unread === "gone" ? `There is no such ${what}.` : readFailureText(unread, most);
  return { path, message, fatal: true };
}

/** Each problem once, fatal if any of its duplicates is, sorted for the output. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const byWords = new Map<string, Problem>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.path, problem.message]);
    if (problem.fatal || !byWords.has(key)) byWords.set(key, problem);
  }
  return [...byWords.values()].sort(
    (a, b) => byText(a.path, b.path) || byNumbers(a.message, b.message),
  );
}

/** Compares numbers by value, so that line 2 sorts before line 10. */
const byNumbers = new Intl.Collator("en", { numeric: true }).compare;

/** A config file or a baseline, with any mistakes. */
export type RuleFile = Pick<ConfigNode, "path" | "text" | "problems">;

/** The mistakes in config files and baselines, each once. */
export function configProblems(cwd: string, nodes: ReadonlySet<RuleFile>): Problem[] {
  const byFile = new Map<string, Problem[]>();
  for (const { path: file, text, problems } of nodes) {
    if (problems.length === 0 || file === undefined || byFile.has(file)) continue;
    const lines = lineIndex(text);
    const shown = shownPath(cwd, fileOfPath(file));
    const located = problems.map((problem) => {
      const { line, character } = positionAt(lines, problem.span.start);
      const message = `${line + 1}:${character + 1}: ${say(problemText(problem))}`;
      return { path: shown, message, fatal: problem.severity === "error" };
    });
    byFile.set(file, located);
  }
  return [...byFile.values()].flat();
}
