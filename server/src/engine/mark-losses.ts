import type { Finding, Fix } from "../draft/finding.ts";
import type { Edit } from "../text/edits.ts";
import { apart } from "./fix.ts";

/**
 * The edits that put the placeholder wherever words are missing, once each: of each finding that is no hint the first
 * fix that does so. Where two would touch the same place, the earlier finding's is made.
 */
export function lossMarks(findings: readonly Finding[]): Edit[] {
  const chosen = apart(findings, ({ severity, fixes }) =>
    severity === "hint" ? undefined : fixes?.find(isMark),
  );
  return chosen.flatMap(({ edits }) => edits).sort((a, b) => a.start - b.start);
}

/** Whether a fix writes the placeholder, which it then selects. */
function isMark({ kind, stops, uri, edits }: Fix): boolean {
  return (kind === "placeholder" || stops !== undefined) && uri === undefined && edits.length > 0;
}
