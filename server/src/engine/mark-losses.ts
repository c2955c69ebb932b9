import type { Finding, Fix } from "../draft/finding.ts";
import type { Edit } from "../text/edits.ts";

/**
 * The edits that put the placeholder wherever words are missing: of each finding that is no hint the first fix
 * that does so. Where two would touch the same place, the earlier finding's is made.
 */
export function lossMarks(findings: readonly Finding[]): { edits: Edit[]; count: number } {
  const edits: Edit[] = [];
  let count = 0;
  for (const { severity, fixes } of findings) {
    const mark = severity === "hint" ? undefined : fixes?.find(isMark);
    if (mark === undefined) continue;
    const clashes = mark.edits.some((edit) =>
      edits.some((other) => other.start <= edit.end && edit.start <= other.end),
    );
    if (clashes) continue;
    edits.push(...mark.edits);
    count++;
  }
  return { edits: edits.sort((a, b) => a.start - b.start), count };
}

/** Whether a fix writes the placeholder, which it then selects, and deletes no word. */
function isMark({ kind, select, uri, edits }: Fix): boolean {
  return (kind === "placeholder" || select !== undefined) && uri === undefined && edits.length > 0;
}
