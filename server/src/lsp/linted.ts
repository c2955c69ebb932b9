import type { Range } from "vscode-languageserver";
import type { Draft } from "../draft/draft.ts";
import { type RecentlyUsed, reuseLast } from "../draft/incremental/memoize.ts";
import { type Finding, type Fix, movedReport, type Related } from "../draft/finding.ts";
import { lint } from "../engine/lint.ts";
import { type AppliedBaseline, shownFindings } from "../project/baselines.ts";
import { toDraft, type OpenDocument } from "../project/document.ts";
import { withDigests } from "../project/facts.ts";
import { basename } from "../text/path.ts";
import { type TopicTotals, withTopicTotals } from "../project/topic-totals.ts";
import type { DraftConfig } from "../project/workspace.ts";
import { isHole } from "../repeats/restore.ts";
import { RULES } from "../rules/index.ts";
import type { Settings } from "../settings/settings.ts";
import { type Edit, movedSpan } from "../text/edits.ts";
import { isolatedName } from "../text/excerpt.ts";
import { lineAt, type Lines, offsetAt } from "../text/lines.ts";
import { type Wording, wording } from "../text/wording.ts";
import type { FileVersion } from "../project/host.ts";
import type { ActionEffect } from "./actions/candidate.ts";
import type { Place } from "./message-gate.ts";
import { type HeldBack, type ShownFinding, withoutHeldBack } from "./quiet.ts";
import { type FileReport, firstWords, toRange } from "./to-protocol.ts";

/** A draft and its findings, all of one version. */
export interface LintedDraft {
  readonly uri: string;
  /** null if the document is not open. */
  readonly version: number | null;
  readonly languageId: string;
  readonly draft: Draft;
  readonly lines: Lines;
  readonly findings: readonly Finding[];
}

/** What a report shows about a draft. */
export type ShownDraft = Pick<LintedDraft, "uri" | "version" | "lines" | "findings">;

/** Another draft, with everything that an edit or link to it needs. */
export type OtherDraft = Pick<LintedDraft, "uri" | "version" | "lines">;

/** An open draft's findings, and what they were computed from. */
export interface LintedDocument extends LintedDraft {
  readonly document: OpenDocument;
  readonly settings: Settings;
}

/** An open draft with all findings, and those that are shown while it is being written. */
export interface Linted {
  readonly all: LintedDocument;
  readonly shown: LintedDocument;
  /** What is found about the draft's stets, even if it is not shown. */
  readonly unusedStets: readonly Finding[];
  /** Losses that are in neither, because no earlier version is known to have the words. */
  readonly unproven: readonly Finding[];
}

/** An open draft: its current version, its config and its findings. */
export interface OpenDraft {
  document: OpenDocument;
  config: DraftConfig;
  /** The workspace folder whose totals apply; undefined for a draft outside all folders. */
  folder: string | undefined;
  /** What these two were looked up from. */
  sources: readonly unknown[];
  /** In offsets of the current version. */
  cross: CrossDraft;
  /** The version that other drafts are compared with. It is older than the current one until there is a pause. */
  indexed: OpenDocument | undefined;
  readonly lint: ReturnType<typeof newLinter>;
  /** Losses that an earlier version confirmed when the draft was opened or saved, as `lossKeys` names them. */
  confirmed: ReadonlySet<string>;
  /** The earlier versions that git has, if they were asked for since then and have yet to be looked at. */
  versions: Promise<readonly FileVersion[] | undefined> | undefined;
  /** The last result that was requested, perhaps for an earlier version. */
  linted: Linted | undefined;
  /** What was shown for the last version that somebody looked at, moved by the edits since. */
  shownBefore: readonly ShownFinding[];
  /** What the actions do that were last offered for the current version, by the ids that the client has. */
  readonly offered: RecentlyUsed<ActionEffect>;
  /** Keeps the report of what was last shown. */
  readonly report: ReturnType<typeof reuseLast<FileReport>>;
}

interface LintedBy extends Pick<
  OpenDraft,
  "document" | "config" | "folder" | "cross" | "shownBefore" | "confirmed"
> {
  readonly totals: TopicTotals;
  readonly isPaused: boolean;
  /** With the name under which it lists the draft. */
  readonly baseline: AppliedBaseline | undefined;
  readonly heldBack: HeldBack | undefined;
}

/**
 * Lints one open draft again and again, in steps: its findings, which of them are a habit of its folder, what its
 * baseline lists, what is held back. Each step is a pure function of the one before. Findings are computed again only
 * if the draft or its settings changed, and only for blocks that changed.
 */
export function newLinter(): (by: LintedBy) => Linted {
  const found = reuseLast<LintedDocument>();
  const linted = reuseLast<Linted>();
  return (by) => {
    const { document, config, cross, totals, folder, confirmed, isPaused } = by;
    const { baseline, heldBack, shownBefore } = by;
    const { settings, format } = config;
    const { elsewhere, unusedStets } = cross;
    const distant = cross.distant?.findings;
    const base = found([document, settings, format, elsewhere, distant], () => {
      const { uri, version, languageId, lines } = document;
      const draft = toDraft(document, format);
      const findings = lint(draft, RULES, settings, { elsewhere, distant, includesUnproven: true });
      return { uri, version, languageId, lines, draft, document, settings, findings };
    });
    const { draft, findings } = base;
    const { baseline: listing, mode, name } = baseline ?? {};
    const parts = [base, totals.revision, folder, confirmed, listing, mode, name, isPaused];
    return linted([...parts, unusedStets, heldBack, shownBefore], () => {
      const current = unusedStets ? withoutOtherStets(findings, unusedStets) : findings;
      const graded = folder === undefined ? current : withTopicTotals(current, totals, folder);
      const judged = withConfirmed(base, graded, confirmed);
      const listed = baseline ? shownFindings(withDigests(draft, judged), baseline) : judged;
      const unproven = listed.filter(({ isUnproven }) => isUnproven === true);
      const loud =
        unproven.length === 0 ? listed : listed.filter(({ isUnproven }) => isUnproven !== true);
      const all = isPaused ? [] : loud;
      const shown = withoutHeldBack(all, draft, heldBack, shownBefore);
      return {
        all: withFindings(base, all),
        shown: withFindings(base, shown),
        unusedStets: current.filter(({ rule }) => STET_RULES.has(rule)),
        unproven,
      };
    });
  };
}

const STET_RULES = new Set(RULES.flatMap(({ id, scope }) => (scope === "findings" ? id : [])));

/** The findings, but of those about stets only the known ones. The same list if none is left out. */
export function withoutOtherStets<F extends Finding>(
  findings: readonly F[],
  known: readonly Finding[] = [],
): readonly F[] {
  const places = new Set(known.map(({ rule, start }) => `${rule} ${start}`));
  const kept = findings.filter(
    ({ rule, start }) => !STET_RULES.has(rule) || places.has(`${rule} ${start}`),
  );
  return kept.length === findings.length ? findings : kept;
}

/** The findings, with the hints that an earlier version confirms as warnings. */
function withConfirmed(
  linted: LintedDocument,
  findings: readonly Finding[],
  confirmed: ReadonlySet<string>,
): readonly Finding[] {
  if (confirmed.size === 0) return findings;
  const keys = lossKeys(linted, findings);
  return findings.map((finding) =>
    finding.severity === "hint" && confirmed.has(keys.get(finding) ?? "")
      ? { ...finding, severity: "warning", isUnproven: false }
      : finding,
  );
}

/**
 * The losses that may be confirmed, each with a key that stays the same as long as its passage does. If somebody made a
 * rule's findings hints, they stay hints.
 */
export function lossKeys(
  { draft, settings }: LintedDocument,
  findings: readonly Finding[],
): ReadonlyMap<Finding, string> {
  const holes = findings.filter(
    (finding) => isHole(finding) && settings.rules.get(finding.rule)?.severity !== "hint",
  );
  const digests = withDigests(draft, holes);
  return new Map(
    holes.map((hole, index) => {
      const words = draft.text.slice(hole.start, hole.end);
      return [hole, `${hole.rule} ${digests[index]?.digest ?? ""} ${words}`];
    }),
  );
}

function withFindings(base: LintedDocument, findings: readonly Finding[]): LintedDocument {
  return findings === base.findings ? base : { ...base, findings };
}

/**
 * The findings that a range selects. The list of problems and “go to next problem” select exactly the span of a
 * finding: then only that one. Otherwise all that it overlaps, the closest fit first.
 */
export function findingsAt(linted: LintedDraft, range: Range): Finding[] {
  const { lines, draft } = linted;
  const start = offsetAt(lines, draft.text, range.start);
  const end = offsetAt(lines, draft.text, range.end);
  const exact = linted.findings.filter(
    (one) => one.start === start && (one.end === end || firstWords(draft.text, one)?.end === end),
  );
  if (exact.length > 0) return exact;
  // An empty range (a cursor) matches the words before and after it; a selection matches only those inside.
  const touched = linted.findings.filter((one) =>
    start === end || one.start === one.end
      ? one.start <= end && start <= one.end
      : one.start < end && start < one.end,
  );
  const misfit = (one: Finding): number => Math.abs(one.start - start) + Math.abs(one.end - end);
  return touched.sort((a, b) => misfit(a) - misfit(b));
}

/** A finding's place, or the start of the draft if it is about the whole, and the related place, for a client. */
interface CopyPlaces {
  readonly here: Place;
  readonly there: Place;
  readonly related: Related;
  /** The related place in words: “line 3”, “line 3 of b.md”. */
  readonly where: Wording;
  /** Both are long enough to compare side by side, not a word or a bracket. */
  readonly isPassage: boolean;
}

/** The places of a finding that refers to another place, if its draft exists. */
export function copyPlaces(
  linted: LintedDraft,
  finding: Finding,
  other: (name: string) => OtherDraft | undefined,
): CopyPlaces | undefined {
  const related = finding.related?.[0];
  if (related === undefined) return undefined;
  const target = related.uri === undefined ? linted : other(related.uri);
  if (target === undefined) return undefined;
  const end = finding.wholeDraft === true ? linted.draft.text.length : finding.end;
  const here = { start: finding.start, end };
  const line = lineAt(target.lines, related.start) + 1;
  return {
    here: { uri: linted.uri, range: toRange(linted.lines, here) },
    there: { uri: target.uri, range: toRange(target.lines, related) },
    related,
    where:
      related.uri === undefined
        ? wording("line {0}", line)
        : wording("line {0} of {1}", line, isolatedName(basename(related.uri))),
    isPassage: Math.min(related.end - related.start, end - here.start) >= LEAST_PASSAGE,
  };
}

/** A place with fewer units is a mark or a word, not a passage. */
export const LEAST_PASSAGE = 40;

/**
 * What relates an open draft to other drafts, and its own distant blocks to each other. `comparison.ts` finds it at a
 * pause, and each later edit moves it.
 */
export interface CrossDraft {
  /** What other drafts share with it. */
  readonly elsewhere: readonly Finding[];
  /** The settings it was found with; undefined if it has yet to be found. */
  readonly settings: DraftConfig["settings"] | undefined;
  /** The versions of the other open drafts that the findings refer to. */
  readonly partners: ReadonlyMap<string, OpenDocument | undefined>;
  /** What relates its own blocks; undefined if that must be found before anything is shown. */
  readonly distant: DistantFindings | undefined;
  /**
   * The stets that were unused when other drafts were last compared, at their current places. Until the next comparison
   * no other is called unused. Undefined: nothing has changed since, so each stet is judged.
   */
  readonly unusedStets: readonly Finding[] | undefined;
}

/** What rules find that relates distant blocks, before suppression. */
interface DistantFindings {
  /** In offsets of the current version. */
  readonly findings: readonly Finding[];
  /** The version it was found in. If the draft is newer, edits have moved it. */
  readonly document: OpenDocument;
  readonly config: DraftConfig;
}

/** No findings; one object, so that results can be compared by identity. */
export const NO_FINDINGS: readonly Finding[] = [];

export const NOT_COMPARED: CrossDraft = {
  elsewhere: NO_FINDINGS,
  settings: undefined,
  partners: new Map(),
  distant: undefined,
  unusedStets: NO_FINDINGS,
};

/** The same after edits, one after the other. Undefined edits: the whole text was replaced. */
export function moved(cross: CrossDraft, edits: readonly Edit[] | undefined): CrossDraft {
  return edits === undefined ? NOT_COMPARED : edits.reduce(movedBy, cross);
}

function movedBy(cross: CrossDraft, change: Edit): CrossDraft {
  const { elsewhere, settings, distant, unusedStets } = cross;
  // Fixes apply unchanged, here and in other drafts, so not if the passage has changed.
  const withoutTouched = (finding: Finding): Finding =>
    isTouched(finding, change) ? { ...finding, fixes: [] } : finding;
  return {
    ...cross,
    elsewhere: movedFindings(elsewhere.map(withoutTouched), change),
    // The edit may be undone. The fingerprints are then equal, and nothing else would compare the draft again.
    settings: elsewhere.some((finding) => isTouched(finding, change)) ? undefined : settings,
    distant: distant && {
      ...distant,
      findings: movedFindings(distant.findings.map(withoutEdits), change),
    },
    unusedStets: unusedStets && movedFindings(unusedStets, change),
  };
}

function isTouched({ start, end, fixes = [], related = [] }: Finding, change: Edit): boolean {
  const edits = fixes.flatMap((fix) => (fix.uri === undefined ? fix.edits : []));
  const places = [{ start, end }, ...edits, ...related.filter(({ uri }) => uri === undefined)];
  return places.some((span) => span.start < change.end && span.end > change.start);
}

/** The finding with its fixes in name only. Anyone who applies one asks for the current state. */
export function withoutEdits(finding: Finding): Finding {
  const fixes = finding.fixes?.map(({ title, kind }): Fix => ({
    title,
    safe: false,
    ...(kind && { kind }),
    edits: [],
  }));
  return fixes === undefined ? finding : { ...finding, fixes };
}

/** The findings at their places after a change, without those that had a place replaced. */
function movedFindings(findings: readonly Finding[], change: Edit): readonly Finding[] {
  const after = findings.flatMap((finding) => {
    const related = finding.related?.filter(({ uri }) => uri === undefined) ?? [];
    const isGone = [finding, ...related].some((span) => movedSpan(span, change) === undefined);
    return isGone ? [] : movedReport(finding, (span) => movedSpan(span, change) ?? span);
  });
  return after.length === 0 ? NO_FINDINGS : after;
}
