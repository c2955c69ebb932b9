import type { Diagnostic } from "vscode-languageserver/node";
import { SEVERITIES, type Severity } from "../../server/src/draft/finding.ts";
import {
  DRAFT_STATE,
  type DraftState,
  FINDINGS,
  type FoundInDrafts,
  LEFT,
  type LeftFinding,
  type LeftInDraft,
  READINESS,
  type Readiness,
} from "../../server/src/protocol.ts";
import type { TestClient } from "./lsp.ts";

/*
 * The findings of a draft are the same in Problems, in the status bar, in “Ready to Publish?” and in the folder's list.
 */

type Counts = Record<Severity, number>;

export function severityOf({ severity = 1 }: Pick<Diagnostic, "severity">): Severity {
  return SEVERITIES[severity - 1] ?? "error";
}

function countsOf(listed: readonly Diagnostic[]): Counts {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const one of listed) counts[severityOf(one)]++;
  return counts;
}

function asLine(one: Pick<LeftFinding, "range" | "severity" | "rule" | "message">): string {
  return JSON.stringify([one.range, one.severity, one.rule, one.message]);
}

function linesOf(listed: readonly Diagnostic[]): string[] {
  return listed
    .map((one) => JSON.stringify([one.range, severityOf(one), one.code, one.message]))
    .sort();
}

/** Two values that should be equal, readable in a failure. */
export type Pair = readonly [unknown, unknown];

/** What other places say about an open draft, next to a report's list. */
export async function saidOfLeft(
  client: TestClient,
  uri: string,
  listed: readonly Diagnostic[],
): Promise<Pair> {
  const state = await client.request<DraftState>(DRAFT_STATE, { uri });
  const { groups, ...rest } = await client.request<LeftInDraft>(LEFT, { uri });
  const isSaid = ({ first }: DraftState): boolean => first !== undefined;
  const found = groups.flatMap(({ findings }) => findings);
  const kinds = groups.map(({ kind, findings }) => ({ kind, count: findings.length }));
  const counts = countsOf(listed);
  return [
    {
      state,
      ready: rest,
      counts: [state.counts, isSaid(state)],
      kinds: state.kinds,
      findings: found.map(asLine).sort(),
    },
    {
      state: rest,
      ready: state,
      counts: [counts, counts.error + counts.warning + counts.information > 0],
      kinds,
      findings: linesOf(listed),
    },
  ];
}

function byUri(a: { uri: string }, b: { uri: string }): number {
  return a.uri < b.uri ? -1 : 1;
}

/** What the list of unready drafts and assistants say, next to what reports of all drafts list. */
export async function saidOfReadiness(
  client: TestClient,
  listed: ReadonlyMap<string, readonly Diagnostic[]>,
): Promise<Pair> {
  const { notReady, hinted, hints } = await client.request<Readiness>(READINESS);
  const isHinted = ({ counts }: { counts: Counts }): boolean => counts.hint > 0;
  const plain = (all: Readiness["hinted"]): { uri: string; counts: Counts }[] =>
    all.map(({ uri, counts }) => ({ uri, counts })).sort(byUri);
  const found = await client.request<FoundInDrafts>(FINDINGS, { uris: [], hints: true });
  const told = found.files.map(
    ({ path, findings }) => [path, findings.map(asLine).sort()] as const,
  );
  const counted = [...listed].map(([uri, all]) => ({ uri, counts: countsOf(all) }));
  const isReady = ({ counts }: { counts: Counts }): boolean =>
    counts.error + counts.warning + counts.information === 0;
  return [
    {
      told: told.filter(([, lines]) => lines.length > 0).sort(),
      count: found.summary.findings,
      hints,
      notReady: plain(notReady),
      hinted: plain(hinted),
    },
    {
      told: [...listed]
        .filter(([, all]) => all.length > 0)
        .map(([uri, all]) => [uri, linesOf(all)] as const)
        .sort(),
      count: [...listed.values()].flat().length,
      hinted: counted.filter((one) => isReady(one) && isHinted(one)).sort(byUri),
      hints: counted.filter(isReady).reduce((sum, { counts }) => sum + counts.hint, 0),
      notReady: counted.filter((one) => !isReady(one)).sort(byUri),
    },
  ];
}
