/*
 * engine/: draft, rules and settings in, findings out. Pure; a rule that throws becomes one finding about itself.
 *
 * `evidence.ts` turns odds into severity. A CMS that dropped the text of one link dropped it of all, so certain losses
 * in a draft make its doubtful ones likelier, up to a bound. Findings are stored on their block with their odds, and
 * this is applied when the draft is put together.
 *
 * `suppression/` removes what a stet or an accepted phrase covers. Stets are looked up by rule and hash and phrases in
 * a sorted list, so their number costs nothing. A passage without words is known by its neighbours. What is said about
 * the marks of a merge conflict goes in `listed.ts`, unless the rule `readsConflicts`.
 *
 * What a draft repeats loudly is not checked twice: `listed.ts` leaves out what the later copy shares.
 *
 * `known-findings.ts` says what is new, for baselines and `--changed` alike. It counts per draft, rule and digest of
 * the words, so what is said of one draft never depends on another.
 */

import { isDeclaredForeign } from "../language/declared.ts";
import { isEnglish } from "../language/english.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { blocksWhere } from "../draft/incremental/blocks-where.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { type Block, type Draft, holdsProse, type PlacedBlock } from "../draft/draft.ts";
import {
  type Evidence,
  measure,
  NO_EVIDENCE,
  weighEvidence,
  withScore,
  withSeverity,
} from "./evidence.ts";
import { HOLE_FIRST } from "../missing/sensitivity.ts";
import { besideConflicts, firstOfEachRule, saidOnce } from "./listed.ts";
import {
  atLeast,
  type Finding,
  type Report,
  type Severity,
  shiftedReport,
} from "../draft/finding.ts";
import type { BlockRule, DraftRule, FindingsRule, Rule, SuppressedDraft } from "../rules/rule.ts";
import type { Settings } from "../settings/settings.ts";
import { overlaps } from "../text/span.ts";
import { applySuppressions, type Suppressed } from "./suppression/suppress.ts";
import { partitionPointBy } from "../text/search.ts";
import { wording } from "../text/wording.ts";

/** How `lint` treats a rule that throws: a finding about the rule, or, in tests, the error itself. */
export interface LintOptions {
  readonly rethrow?: boolean;
  /** Findings from comparing with other drafts, suppressed like the others. */
  readonly elsewhere?: readonly Finding[];
  /** The result of `lintDistant`, if it need not be computed again. */
  readonly distant?: readonly Finding[] | undefined;
  /** Called with what is suppressed, and by what. */
  readonly onSuppressed?: (suppressed: Suppressed) => void;
  /** For callers that look for proof: the result includes `isUnproven` findings. */
  readonly includesUnproven?: boolean;
  /** False if `elsewhere` lacks what other drafts may have, though rules ask for it. By default true. */
  readonly isCompared?: boolean;
}

/** The findings of rules that relate distant blocks, before suppression. Throws only with `rethrow`. */
export function lintDistant(
  draft: Draft,
  rules: readonly Rule[],
  settings: Settings,
  { rethrow }: Pick<LintOptions, "rethrow"> = {},
): Finding[] {
  const active = activeRules(rules, settings, isDeclaredForeign(draft, settings.language));
  return active.draft
    .filter(({ rule }) => rule.distant === true)
    .flatMap(({ rule, severity, values }) => {
      const reports = attempt(rule, () => rule.check(draft, values, settings));
      if ("value" in reports) return reports.value.map((one) => toFinding(rule, severity, one));
      if (rethrow === true) throw reports.failure.error;
      return [reports.failure.finding];
    });
}

/**
 * Runs every rule that needs no other draft. Findings are sorted by place, at most `MOST_OF_RULE` for each rule and one
 * for the rest; offsets are the draft's, in UTF-16 units. The findings in a block are stored on it, so if a draft
 * shares blocks with an earlier version, only the others are checked. Throws only with `rethrow`.
 */
export function lint(
  draft: Draft,
  rules: readonly Rule[],
  settings: Settings,
  options: LintOptions = {},
): Finding[] {
  const active = activeRules(rules, settings, isDeclaredForeign(draft, settings.language));
  const failures = new Map<string, Finding>();
  const thrown = ({ finding, error }: Failure): Finding => {
    if (options.rethrow === true) throw error;
    return finding;
  };
  const fail = (failed: Failure): void => {
    failures.set(failed.finding.rule, thrown(failed));
  };
  const raw: Finding[] = [];
  for (const { block, index, start } of active.reported(draft)) {
    const { findings, failures: failed } = findInBlock(block, active);
    for (const finding of findings)
      if (!isCutByCode(draft, index, finding) && !isHabitual(draft, block, finding))
        raw.push(shiftedReport(finding, start));
    failed.forEach(fail);
  }
  for (const { rule, severity, values } of active.draft) {
    if (rule.distant === true) continue;
    const run = (): readonly Report[] => rule.check(draft, values, settings);
    const reports = attempt(rule, run);
    if ("failure" in reports) fail(reports.failure);
    else for (const report of reports.value) raw.push(toFinding(rule, severity, report));
  }
  const near = withoutCovered(draft.text, raw, rules);
  const distant = options.distant ?? lintDistant(draft, rules, settings, options);
  const places = besideConflicts(draft, rules, [...near, ...distant]);
  const getEvidence = evidenceIn(draft, rules, settings, places);
  const rated = places.flatMap((place) => withSeverity(place, getEvidence(place)) ?? []);
  const all = [
    ...rated,
    ...failures.values(),
    ...besideConflicts(draft, rules, options.elsewhere ?? []),
  ];
  const suppressed = applySuppressions(draft, rules, settings, all);
  options.onSuppressed?.(suppressed);
  const { comments } = suppressed;
  // A stet for an unproven finding is used, because it may be proven elsewhere.
  const remaining = suppressed.remaining.filter(({ isUnproven }) => isUnproven !== true);
  const judged = { draft, comments, ...completeRules(rules, settings, options) };
  const last: Finding[] = [];
  for (const { rule, severity, values } of active.findings) {
    const reports = attempt(rule, () => rule.check(judged, values));
    if ("failure" in reports) last.push(thrown(reports.failure));
    else for (const report of reports.value) last.push(toFinding(rule, severity, report));
  }
  const listed = firstOfEachRule(saidOnce([...remaining, ...last].sort(byPlace)));
  if (options.includesUnproven !== true || remaining.length === suppressed.remaining.length)
    return listed;
  const unproven = suppressed.remaining.filter(({ isUnproven }) => isUnproven === true);
  return [...listed, ...unproven].sort(byPlace);
}

/** Whether a hole before the first word of a block, or after its last, is in a sentence that code cuts in two. */
function isCutByCode({ blocks }: Draft, index: number, { start, end, odds }: Finding): boolean {
  const source = blocks[index]?.source ?? "";
  const word = source.slice(start, end);
  if (odds === undefined || odds.byItself === true || !/^\p{L}+$/u.test(word)) return false;
  const goesOn = /^\p{Ll}/u.test(word) && !/[\p{L}\p{N}]/u.test(source.slice(0, start));
  const isOpen = source.slice(end).trim() === "";
  return (
    (goesOn && blocks[index - 1]?.kind === "code") || (isOpen && blocks[index + 1]?.kind === "code")
  );
}

/**
 * Whether a hole is a mere space between markup and a mark in a draft that has many: “**Lenin** , vol. 2”. Programs that
 * convert pages leave these, and people don’t.
 */
function isHabitual(draft: Draft, { source }: Block, { start, end, odds }: Finding): boolean {
  if (odds?.isMereSpace !== true || source.slice(start, end).search(SPACED_MARK) < 0) return false;
  return countAllSpacedMarks(draft) >= HABIT;
}

const HABIT = 4;

const countAllSpacedMarks = memoizeOn<Draft>()(({ blocks }) =>
  blocks.reduce((sum, block) => sum + countSpacedMarks(block), 0),
);

/** A space between the end of markup (emphasis, code, a tag, a link) and a mark. */
const SPACED_MARK = /(?:[*_`\]>]|\]\([^\s()]*\)) [,.;:](?!\S)/g;

const countSpacedMarks = perBlock(({ source }) => source.match(SPACED_MARK)?.length ?? 0);

/** The existing rules, and those that `lint` has run completely. */
function completeRules(
  rules: readonly Rule[],
  settings: Settings,
  { isCompared = true }: LintOptions,
): Pick<SuppressedDraft, "ruleIds" | "isComplete" | "isCompared"> {
  const on = rules.filter(({ id }) => settings.rules.get(id)?.severity !== "off");
  return {
    ruleIds: rules.map(({ id }) => id),
    isComplete: (id) => on.some((rule) => rule.id === id && rule.scope !== "workspace"),
    isCompared: isCompared || !on.some(({ scope }) => scope === "workspace"),
  };
}

/**
 * The evidence of damage in the draft's uncertain findings, without those that are suppressed. Each of these is judged
 * as if it were not: otherwise it would be a lesser finding, or none, and its stet not needed.
 */
function evidenceIn(
  draft: Draft,
  rules: readonly Rule[],
  settings: Settings,
  places: readonly Finding[],
): (place: Finding) => Evidence {
  const doubtful = places.filter(({ odds }) => odds !== undefined && odds.byItself !== true);
  // Many drafts have none, and the evidence is for these alone.
  if (doubtful.length === 0) return () => NO_EVIDENCE;
  const { remaining } = applySuppressions(draft, rules, settings, doubtful);
  const scores = remaining.flatMap(({ odds }) => odds?.score ?? []);
  const evidence = weighEvidence(scores, measure(draft.blocks));
  const counted = new Set(remaining);
  return (place) =>
    place.odds === undefined || counted.has(place)
      ? evidence
      : withScore(evidence, place.odds.score);
}

type Placed = Pick<Finding, "rule" | "start" | "end">;

export function byPlace(a: Placed, b: Placed): number {
  return a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1);
}

/**
 * Adds a rule's name and severity to a report. If the rule is sure, that is the severity set for it. If it is less
 * sure, that severity is the maximum.
 */
export function toFinding(
  rule: Pick<Rule, "id" | "severity">,
  set: Severity,
  report: Report,
): Finding {
  const level = report.severity ?? rule.severity;
  const isSure = atLeast(level, rule.severity);
  const severity = isSure || atLeast(level, set) ? set : level;
  return { rule: rule.id, ...report, severity };
}

interface Active<R extends Rule> {
  readonly rule: R;
  readonly severity: Severity;
  readonly values: Readonly<Record<string, number>>;
}

/** The findings in one block, in offsets from its start. */
interface BlockFindings {
  readonly by: readonly Active<BlockRule>[];
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
}

/** What a rule threw, and the finding that reports it. */
interface Failure {
  readonly finding: Finding;
  readonly error: unknown;
}

interface ActiveRules {
  /** All of them. */
  readonly rules: readonly Rule[];
  readonly block: readonly Active<BlockRule>[];
  readonly draft: readonly Active<DraftRule>[];
  readonly findings: readonly Active<FindingsRule>[];
  readonly settings: Settings;
  /** The result for a block without findings: one object for all of these, which are most. */
  readonly nothing: BlockFindings;
  /** The blocks with a result. */
  readonly reported: (draft: Draft) => readonly PlacedBlock[];
}

/** The last results for each of the settings: with the rules that judge English, and without. */
const lastActive = memoizeOn<Settings>()(
  (): { english?: ActiveRules; foreign?: ActiveRules } => ({}),
);

function activeRules(rules: readonly Rule[], settings: Settings, isForeign: boolean): ActiveRules {
  const language = isForeign ? "foreign" : "english";
  const last = lastActive(settings);
  const cached = last[language];
  if (cached?.rules === rules) return cached;
  const block: Active<BlockRule>[] = [];
  const draft: Active<DraftRule>[] = [];
  const findings: Active<FindingsRule>[] = [];
  for (const rule of rules) {
    const setting = settings.rules.get(rule.id);
    if (setting === undefined || setting.severity === "off") continue;
    if (rule.english && isForeign) continue;
    const facts = { severity: setting.severity, values: setting.options };
    if (rule.scope === "block") block.push({ rule, ...facts });
    else if (rule.scope === "draft") draft.push({ rule, ...facts });
    else if (rule.scope === "findings") findings.push({ rule, ...facts });
  }
  const nothing = { by: block, findings: [], failures: [] };
  const reported = blocksWhere((one) => findInBlock(one, active) !== nothing);
  const active: ActiveRules = { rules, block, draft, findings, settings, nothing, reported };
  last[language] = active;
  return active;
}

/** The findings of the block rules in one block; stored on it, for the rules that ran last. */
function findInBlock(block: Block, active: ActiveRules): BlockFindings {
  const last = lastResult(block);
  if (last.found?.by !== active.block) last.found = checkBlock(block, active);
  return last.found;
}

const lastResult = perBlock((): { found?: BlockFindings } => ({}));

function checkBlock(block: Block, { block: rules, settings, nothing }: ActiveRules): BlockFindings {
  const english = holdsProse(block) && isEnglish(block);
  const findings: Finding[] = [];
  const failures: Failure[] = [];
  for (const { rule, severity, values } of rules) {
    if (rule.english && !english) continue;
    const reports = attempt(rule, () => rule.check(block, values, settings));
    if ("failure" in reports) failures.push(reports.failure);
    else for (const report of reports.value) findings.push(toFinding(rule, severity, report));
  }
  if (findings.length + failures.length === 0) return nothing;
  return { by: rules, findings, failures };
}

/** Findings of more units than this are about a passage, not about words in it. */
const FEW_WORDS = 80;

/** A hole and a leftover word at most this many units apart are considered together. */
const BESIDE = 24;

/** The findings, without those of yielding rules that a surer finding of another rule covers, in the same order. */
function withoutCovered(
  text: string,
  findings: readonly Finding[],
  rules: readonly Rule[],
): readonly Finding[] {
  const yielding = new Set(rules.filter((rule) => rule.yields).map(({ id }) => id));
  const short = findings
    .filter(({ start, end }) => end - start <= FEW_WORDS)
    .sort((a, b) => a.start - b.start);
  const covers = (other: Finding, finding: Finding): boolean => {
    if (other.rule === finding.rule || !isSurer(other, finding)) return false;
    if (!yielding.has(other.rule)) return overlaps(other, finding);
    // A lost word and a leftover one next to it are one mistake.
    if (other.odds?.byItself === finding.odds?.byItself) return false;
    const [left, right] = other.start < finding.start ? [other, finding] : [finding, other];
    return !/\S\s+\S/.test(text.slice(left.end, right.start).trim());
  };
  const isCovered = (finding: Finding): boolean => {
    // None of these is longer than a few words, so only those that start nearby can overlap it.
    const from = finding.start - FEW_WORDS - BESIDE;
    for (let index = partitionPointBy(short, ({ start }) => start < from); ; index++) {
      const other = short[index];
      if (other === undefined || other.start > finding.end + BESIDE) return false;
      if (other.end >= finding.start - BESIDE && covers(other, finding)) return true;
    }
  };
  return findings.filter((one) => !yielding.has(one.rule) || !isCovered(one));
}

/**
 * Compares by how much each exceeds the threshold for likely, which rules of different scales have in common. Words are
 * lost more often than left over, and a hole must not be closed by removing the words around it.
 */
function isSurer(a: Finding, b: Finding): boolean {
  const sureness = ({ odds }: Finding): number =>
    odds === undefined
      ? Infinity
      : odds.score - odds.steps[1] - (odds.byItself === true ? HOLE_FIRST : 0);
  const [one, other] = [sureness(a), sureness(b)];
  return one > other || (one === other && (one === Infinity || a.rule < b.rule));
}

function attempt<T>(
  rule: Rule,
  run: () => T,
): { readonly value: T } | { readonly failure: Failure } {
  try {
    return { value: run() };
  } catch (error) {
    return { failure: { finding: ruleFailure(rule.id, error), error } };
  }
}

/** The finding for a rule that threw. */
export function ruleFailure(rule: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    rule,
    severity: "information",
    start: 0,
    end: 0,
    message: wording(
      "Galley's rule “{0}” failed on this draft and was left out ({1}). Everything else was checked.",
      rule,
      reason,
    ),
  };
}
