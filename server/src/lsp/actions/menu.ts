import type { Range } from "vscode-languageserver";
import { newAllowance } from "../../deletion/allowance.ts";
import type { Finding, Fix } from "../../draft/finding.ts";
import { CHOOSE_STET, COMPARE, DELETE_DRAFT, GO_TO, SHOW_RULE } from "../../protocol.ts";
import { isHole } from "../../repeats/restore.ts";
import { kindOfRule } from "../../rules/index.ts";
import { type Lines, positionAt } from "../../text/lines.ts";
import type { ActionSupport } from "../client.ts";
import {
  copyPlaces,
  findingsAt,
  type LintedDocument,
  type LintedDraft,
  type OtherDraft,
} from "../linted.ts";
import { CodeActionKind } from "../messages.ts";
import { otherDraft } from "../open-drafts.ts";
import type { Session } from "../session.ts";
import { canWriteConfig, configPlace } from "./config-places.ts";
import { FIX_ALL, fixAllCandidates, fixCandidates } from "./fixes.ts";
import { type ActionCandidate, commandAction } from "./candidate.ts";
import { STET, suppressionCandidates } from "./suppress.ts";
import { type Translations, type Wording, wording, say } from "../../text/wording.ts";

/** The actions for the findings that `range` selects, the closest fit first: as many as a menu holds. */
export function actionsAt(
  session: Session,
  linted: LintedDocument,
  range: Range,
  only: readonly string[] | undefined,
  restored: Restored,
): ActionCandidate[] {
  const { workspace, client, options } = session;
  const { actions: support, display } = client;
  const other = (name: string): OtherDraft | undefined => otherDraft(session, name);
  const touched = findingsAt(linted, range);
  const [closest] = touched;
  const candidates: ActionCandidate<Wording>[] = [];
  if (wants(only, CodeActionKind.QuickFix)) {
    const allowance = newAllowance();
    for (const finding of touched) {
      const others = restored.get(finding);
      candidates.push(...fixCandidates(linted, finding, finding === closest, others, allowance));
    }
    for (const finding of touched) {
      candidates.push(...placeCandidates(linted, finding, support, other));
    }
    if (!support.chooseStet) {
      for (const finding of touched) candidates.push(...suppressionCandidates(linted, finding));
    }
    candidates.push(...menuEntries(linted, range, closest, support));
  }
  // Only on an explicit request for this kind: otherwise every line would show a light bulb.
  if (only !== undefined && wants(only, FIX_ALL)) {
    candidates.push(...fixAllCandidates(linted, options.fixesRepeats));
  }
  const place = configPlace(workspace, support, linted.uri);
  // Nothing is offered that can't be written exactly.
  const shown = withDistinctTitles(distinct(candidates), linted.lines, display.translations).filter(
    ({ effect }) => !("config" in effect) || canWriteConfig(workspace, effect.config, place),
  );
  return withinMenu(shown, touched);
}

/** Fixes that restore lost words from elsewhere, by the findings that report the loss. */
export type Restored = ReadonlyMap<Finding, readonly Fix[]>;

/** The findings of lost words that a range selects. */
export function holesAt(
  linted: LintedDraft,
  range: Range,
  only: readonly string[] | undefined,
): Finding[] {
  return wants(only, CodeActionKind.QuickFix) ? findingsAt(linted, range).filter(isHole) : [];
}

function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
}

/** The actions that show the related place of a finding. */
export function placeCandidates(
  linted: LintedDraft,
  finding: Finding,
  support: ActionSupport,
  other: (name: string) => OtherDraft | undefined,
): ActionCandidate<Wording>[] {
  const places = copyPlaces(linted, finding, other);
  if (places === undefined) return [];
  const { here, there, isPassage } = places;
  return [
    ...(support.showDocument
      ? [commandAction(finding, wording("Go to the other"), GO_TO, there)]
      : []),
    ...(support.compare && isPassage
      ? [commandAction(finding, wording("Open both side by side"), COMPARE, there, here)]
      : []),
    ...(support.deleteDraft && isDeletable(linted, finding)
      ? [commandAction(finding, wording("Delete this draft…"), DELETE_DRAFT, { uri: linted.uri })]
      : []),
  ];
}

/** Whether a draft, which has a file on disk, is another's copy by accident. */
export function isDeletable({ uri }: LintedDraft, { wholeDraft, severity }: Finding): boolean {
  return wholeDraft === true && severity !== "hint" && uri.startsWith("file:");
}

/** Removes duplicates: candidates with the same title and effect. */
export function distinct(
  candidates: readonly ActionCandidate<Wording>[],
): ActionCandidate<Wording>[] {
  const seen = new Set<string>();
  return candidates.filter(({ title, effect }) => {
    const edits = "fix" in effect ? effect.fix.edits : [];
    // Commands, and stets in a config file, differ for each finding.
    if (edits.length === 0 && ("command" in effect || title === STET)) return true;
    const key = JSON.stringify([title, edits]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The most UTF-16 units of a title. Menus cut off longer ones. */
export const MAX_TITLE = 70;

/** A title with a suffix, in at most `MAX_TITLE` units. A long title loses its middle, which the draft shows. */
export function fitted(title: string, suffix = ""): string {
  const end = shortened(suffix, MAX_TITLE / 2);
  return shortened(title, MAX_TITLE - end.length) + end;
}

/** A text in at most this many units. A longer one has “…” for its middle, and keeps whole words unless one is long. */
function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  const tail = Math.floor((room - 1) / 2);
  const head = text.slice(0, room - 1 - tail).replace(/(?<=\s)\S{1,15}$|[\uD800-\uDBFF]$/, "");
  return `${head}…${text.slice(-tail).replace(/^\S{1,15}(?=\s)|^[\uDC00-\uDFFF]/, "")}`;
}

/** Makes titles unique: by what the findings are about, then by the line, then by a number. */
export function withDistinctTitles(
  candidates: readonly ActionCandidate<Wording>[],
  lines: Lines,
  translations?: Translations,
): ActionCandidate[] {
  const said = (words: Wording): string => say(words, translations);
  const short = candidates.map((one) => ({ ...one, title: fitted(said(one.title)) }));
  const byKind = retitled(short, ({ rule }) => ` (${said(wording(kindOfRule(rule)))})`);
  const toLine = ({ start }: Finding): number => positionAt(lines, start).line + 1;
  const byLine = retitled(byKind, (finding) => said(wording("{0}, line {1}", "", toLine(finding))));
  const times = new Map<string, number>();
  return byLine.map((candidate) => {
    const { title } = candidate;
    const count = (times.get(title) ?? 0) + 1;
    times.set(title, count);
    return count === 1 ? candidate : { ...candidate, title: fitted(title, ` (${count})`) };
  });
}

/** Adds what they are about to the titles that several candidates share, if that distinguishes any of them. */
function retitled(
  candidates: readonly ActionCandidate[],
  suffix: (finding: Finding) => string,
): ActionCandidate[] {
  const longTitle = ({ title, finding }: ActionCandidate): string =>
    finding === undefined ? title : fitted(title, suffix(finding));
  const titles = new Map<string, Set<string>>();
  for (const candidate of candidates) {
    const known = titles.get(candidate.title) ?? new Set();
    titles.set(candidate.title, known.add(longTitle(candidate)));
  }
  return candidates.map((candidate) => {
    const areDistinct = (titles.get(candidate.title)?.size ?? 0) > 1;
    return areDistinct ? { ...candidate, title: longTitle(candidate) } : candidate;
  });
}

/** The most actions offered at a time: nobody takes in more at a glance. */
export const MAX_ENTRIES = 8;

/** The entries at the end of the menu: they ask or explain, and leave the draft unchanged. */
function menuEntries(
  { uri }: LintedDraft,
  range: Range,
  closest: Finding | undefined,
  support: ActionSupport,
): ActionCandidate<Wording>[] {
  if (closest === undefined) return [];
  return [
    ...(support.chooseStet
      ? [commandAction(closest, wording("Stet…"), CHOOSE_STET, { uri, range })]
      : []),
    ...(support.showRule ? [commandAction(closest, wording("Why?"), SHOW_RULE, closest.rule)] : []),
  ];
}

/**
 * As many actions as a menu holds, in order: those at its end, and of the others those for the closest findings.
 * `touched` are the findings, the closest first.
 */
export function withinMenu(
  candidates: readonly ActionCandidate[],
  touched: readonly Finding[],
): ActionCandidate[] {
  if (candidates.length <= MAX_ENTRIES) return [...candidates];
  const closeness = new Map(touched.map((finding, index) => [finding, index]));
  const rank = (candidate: ActionCandidate): number => {
    const { finding } = candidate;
    return isLast(candidate) || finding === undefined ? -1 : (closeness.get(finding) ?? Infinity);
  };
  const order = candidates.map((candidate, index) => ({ index, rank: rank(candidate) }));
  order.sort((a, b) => a.rank - b.rank || a.index - b.index);
  const taken = new Set(order.slice(0, MAX_ENTRIES).map(({ index }) => index));
  return candidates.filter((_, index) => taken.has(index));
}

function isLast({ effect }: ActionCandidate): boolean {
  return "command" in effect && [CHOOSE_STET, SHOW_RULE].includes(effect.command);
}
