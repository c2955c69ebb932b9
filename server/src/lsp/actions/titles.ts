import { CodeActionKind } from "vscode-languageserver";
import type { Finding } from "../../draft/finding.ts";
import type { Lines } from "../../text/lines.ts";
import { positionAt } from "../../text/lines.ts";
import type { ActionCandidate } from "./payload.ts";
import { STET } from "./suppress.ts";

/** Removes duplicates: candidates with the same title and the same effect. */
export function distinct(found: readonly ActionCandidate[]): ActionCandidate[] {
  const seen = new Set<string>();
  return found.filter((candidate) => {
    const { payload } = candidate;
    const key = `${candidate.title}\n${payload.type === "fix" ? JSON.stringify(payload.fix.edits) : ""}`;
    // These differ for each finding.
    if (payload.type === "command" || payload.type === "stet") return true;
    if (payload.type === "edits" && candidate.kind === CodeActionKind.QuickFix) {
      const place = `${key}${JSON.stringify(payload.edits)}`;
      if (seen.has(place)) return false;
      seen.add(place);
      return true;
    }
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Makes titles unique: by the rule, then by the line, then by the column. */
export function withDistinctTitles(
  found: readonly ActionCandidate[],
  lines: Lines,
): ActionCandidate[] {
  const byRule = retitled(found, ({ title, finding: { rule } }) =>
    title === STET ? `Stet: let “${rule}” stand` : `${title} (${rule})`,
  );
  const place = (finding: Finding): string => `line ${positionAt(lines, finding.start).line + 1}`;
  const byLine = retitled(byRule, ({ title, finding }) => `${title}, ${place(finding)}`);
  return retitled(byLine, ({ title, finding }) => {
    const { character } = positionAt(lines, finding.start);
    return `${title}, column ${character + 1}`;
  });
}

/** Replaces titles that several candidates share, where the longer title distinguishes some of them. */
function retitled(
  found: readonly ActionCandidate[],
  longer: (candidate: ActionCandidate & { readonly finding: Finding }) => string,
): ActionCandidate[] {
  const titles = new Map<string, Set<string>>();
  const longTitle = ({ finding, ...candidate }: ActionCandidate): string =>
    finding === undefined ? candidate.title : longer({ ...candidate, finding });
  for (const candidate of found) {
    titles.set(
      candidate.title,
      (titles.get(candidate.title) ?? new Set()).add(longTitle(candidate)),
    );
  }
  return found.map((candidate) => {
    const title =
      (titles.get(candidate.title)?.size ?? 0) > 1 ? longTitle(candidate) : candidate.title;
    if (title === candidate.title) return candidate;
    const { payload } = candidate;
    return payload.type === "command"
      ? { ...candidate, title, payload: { ...payload, command: { ...payload.command, title } } }
      : { ...candidate, title };
  });
}
