import { CodeActionKind } from "vscode-languageserver";
import type { Finding } from "../../draft/finding.ts";
import type { Lines } from "../../text/lines.ts";
import { positionAt } from "../../text/lines.ts";
import type { ActionCandidate } from "./payload.ts";
import { STET } from "./suppress.ts";

/** Candidates that read the same do the same: one is enough. */
export function distinct(found: readonly ActionCandidate[]): ActionCandidate[] {
  const seen = new Set<string>();
  return found.filter((candidate) => {
    const { payload } = candidate;
    const key = `${candidate.title}\n${payload.type === "fix" ? JSON.stringify(payload.fix.edits) : ""}`;
    // Each finding has its own other place and its own entry.
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

/** Titles that tell candidates apart: by the rule they are about, then by the place. */
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

/** Gives those of one title another, where the other would tell some of them apart. */
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
