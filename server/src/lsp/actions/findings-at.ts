import type { Range } from "vscode-languageserver";
import type { Finding } from "../../draft/finding.ts";
import type { JudgedDraft } from "./judged-draft.ts";

/**
 * The findings that a range selects. The list of problems and “go to next problem” select exactly the
 * span of a finding: then only that one. Otherwise all that it overlaps, the closest fit first.
 */
export function findingsAt(judged: JudgedDraft, range: Range): Finding[] {
  const { lines, draft } = judged;
  const offset = ({ line, character }: Range["start"]): number =>
    Math.min((lines[line] ?? draft.text.length) + character, draft.text.length);
  const start = offset(range.start);
  const end = offset(range.end);
  const exact = judged.findings.filter((one) => one.start === start && one.end === end);
  if (exact.length > 0) return exact;
  // An empty range (a cursor) matches the words before and after it; a selection only those inside.
  const touched = judged.findings.filter((one) =>
    start === end || one.start === one.end
      ? one.start <= end && start <= one.end
      : one.start < end && start < one.end,
  );
  const misfit = (one: Finding): number => Math.abs(one.start - start) + Math.abs(one.end - end);
  return touched.sort((a, b) => misfit(a) - misfit(b));
}
