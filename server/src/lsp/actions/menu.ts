import type { Range } from "vscode-languageserver";
import type { Finding } from "../../draft/finding.ts";
import { CHOOSE_STET, SHOW_RULE } from "../../protocol.ts";
import { CodeActionKind } from "../protocol-library.ts";
import type { JudgedDraft } from "./judged-draft.ts";
import type { ActionCandidate } from "./payload.ts";
import type { ActionSupport } from "./support.ts";

/** The most actions that are offered at a time: more can't be taken in at a glance. */
export const MAX_ENTRIES = 8;

/** The entries that end the menu: they ask, or explain, and leave the draft as it is. */
export function menuEntries(
  { uri }: JudgedDraft,
  range: Range,
  closest: Finding | undefined,
  support: ActionSupport,
): ActionCandidate[] {
  if (closest === undefined) return [];
  const entry = (title: string, command: string, argument: unknown): ActionCandidate => ({
    title,
    kind: CodeActionKind.QuickFix,
    preferred: false,
    finding: closest,
    payload: { type: "command", command: { title, command, arguments: [argument] } },
  });
  return [
    ...(support.chooseStet ? [entry("Stet…", CHOOSE_STET, { uri, range })] : []),
    ...(support.showRule ? [entry("Why?", SHOW_RULE, closest.rule)] : []),
  ];
}

/**
 * As many actions as a menu takes, in their order: those that end it, and of the others those for the closest
 * findings. `touched` are the findings, the closest first.
 */
export function withinMenu(
  found: readonly ActionCandidate[],
  touched: readonly Finding[],
): ActionCandidate[] {
  if (found.length <= MAX_ENTRIES) return [...found];
  const closeness = new Map(touched.map((finding, index) => [finding, index]));
  const rank = (candidate: ActionCandidate): number => {
    const { finding } = candidate;
    return isLast(candidate) || finding === undefined ? -1 : (closeness.get(finding) ?? Infinity);
  };
  const order = found.map((candidate, index) => ({ index, rank: rank(candidate) }));
  order.sort((a, b) => a.rank - b.rank || a.index - b.index);
  const taken = new Set(order.slice(0, MAX_ENTRIES).map(({ index }) => index));
  return found.filter((_, index) => taken.has(index));
}

function isLast({ payload }: ActionCandidate): boolean {
  if (payload.type !== "command") return false;
  const { command } = payload.command;
  return command === CHOOSE_STET || command === SHOW_RULE;
}
