import path from "node:path";
import type { Draft } from "../draft/draft.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { lint } from "../engine/lint.ts";
import { plainPhrase } from "../engine/suppression/accept.ts";
import { applySuppressions, type Suppressed } from "../engine/suppression/suppress.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import { MAX_BYTES } from "../project/read-limits.ts";
import { fingerprint } from "../repeats/fingerprints.ts";
import { RULES } from "../rules/index.ts";
import type { SuppressionComment } from "../rules/rule.ts";
import { whyUnused } from "../rules/support/stets.ts";
import { stetsInConfig } from "../settings/config/edits.ts";
import { decodeConfig } from "../settings/config/read.ts";
import type { Settings, StetEntry } from "../settings/settings.ts";
import { lineIndex, type LineIndex } from "../text/lines.ts";
import { readDraft } from "./check-file.ts";
import type { Io } from "./check.ts";
import { comparisons, indexFor } from "./comparison.ts";
import { findInputs, type Input } from "./inputs.ts";
import { byText, fileOfPath, isWholeFolder, shownPath } from "./paths.ts";
import { configProblems, inOrder, type Problem } from "./problems.ts";
import { progressOn } from "./progress.ts";
import { counted } from "./report.ts";
import { type Range, toRange } from "./reported.ts";
import { visible, visibleJson, visiblePath, visibleProse } from "./visible.ts";
import { say } from "../text/wording.ts";
import { addToList } from "../text/lists.ts";

/** Something that lets findings stand: a comment in a draft, or an entry or phrase in a config file. */
export interface Stet {
  /** The draft or the config file, relative to the current folder. */
  readonly path: string;
  readonly kind: "comment" | "entry" | "phrase";
  readonly range: Range;
  /** The rules it is for; empty: all. */
  readonly rules: readonly string[];
  /** The comment as written, the passage's first words, or the phrase. */
  readonly text: string;
  /** Why it is not needed; undefined if it is, or if that can't be known. */
  readonly unused: string | undefined;
}

export interface StetsOptions {
  readonly paths: readonly string[];
  /** Write JSON, for programs; else a list for readers. */
  readonly asJson: boolean;
}

/** `galley stets`: lists all suppressions. Returns the exit code: 2 if an input can't be read, 1 if one has no effect, else 0. */
export async function stets({ paths, asJson }: StetsOptions, io: Io): Promise<number> {
  const gathered = await findInputs(io.cwd, paths, {
    sources: { ignoresBaselines: true },
    config: undefined,
  });
  const problems: Problem[] = [...gathered.problems, ...gathered.ruleProblems];
  const uses = usesIn(gathered.inputs, problems, io);
  const isComplete = problems.length === 0;
  const all = [
    ...[...uses].flatMap(([input, use]) => toStets(input, use)),
    ...configStets(io.cwd, paths, uses, isComplete),
  ].sort((a, b) => byText(a.path, b.path) || byPlace(a.range.start, b.range.start));
  const ordered = inOrder([...problems, ...configProblems(io.cwd, gathered.ruleFiles)]);
  io.stdout.write(asJson ? json(all, ordered) : pretty(all));
  for (const problem of ordered) {
    io.stderr.write(`galley: ${visible(problem.path)}: ${visibleProse(problem.message)}\n`);
  }
  if (ordered.some(({ fatal }) => fatal)) return 2;
  return all.some(({ unused }) => unused !== undefined) ? 1 : 0;
}

/** What suppresses findings in a draft. */
interface DraftUse extends Pick<Suppressed, "comments" | "phrases" | "entries"> {
  readonly settings: Settings;
  readonly lines: LineIndex;
  /** The texts of the comments, in order. */
  readonly texts: readonly string[];
}

/** Reads, checks and compares the drafts. Unreadable files become problems. */
function usesIn(inputs: readonly Input[], problems: Problem[], io: Io): Map<Input, DraftUse> {
  const uses = new Map<Input, DraftUse>();
  const index = indexFor(inputs);
  const progress = progressOn(io.stderr);
  inputs.forEach((input, number) => {
    progress.update(number, inputs.length);
    const read = readDraft({ input });
    if ("problem" in read) {
      const fatal = input.inclusion === "outright";
      problems.push({ path: input.shown, message: read.problem, fatal });
    }
    if (!("draft" in read)) return;
    const { draft } = read;
    if (index.maxDrafts > 0) index.add(input.shown, fingerprint(draft));
    uses.set(input, useIn(draft, input.resolved.settings));
  });
  progress.end();
  const readables = [...uses.keys()].map((input) => ({ input }));
  for (const { readable, draft, findings } of comparisons(readables, index)) {
    const { input } = readable;
    const use = uses.get(input);
    if (use === undefined) continue;
    const more = applySuppressions(draft, RULES, input.resolved.settings, findings);
    uses.set(input, {
      ...use,
      comments: use.comments.map((comment, at) => ({
        ...comment,
        used: comment.used || more.comments[at]?.used === true,
      })),
      entries: new Set([...use.entries, ...more.entries]),
      phrases: new Set([...use.phrases, ...more.phrases]),
    });
  }
  return uses;
}

function useIn(draft: Draft, settings: Settings): DraftUse {
  let use: Suppressed = { remaining: [], comments: [], entries: new Set(), phrases: new Set() };
  lint(draft, RULES, settings, {
    onSuppressed: (suppressed) => {
      use = suppressed;
    },
  });
  const { comments, phrases, entries } = use;
  const texts = comments.map(({ start, end }) => draft.text.slice(start, end));
  return { comments, phrases, entries, settings, lines: linesOfDraft(draft), texts };
}

function toStets(input: Input, { comments, settings, lines, texts }: DraftUse): Stet[] {
  return comments.map((comment, at) => ({
    path: input.shown,
    kind: "comment",
    range: toRange(lines, comment.start, comment.end),
    rules: comment.rules,
    text: texts[at] ?? "",
    unused: whyCommentUnused(comment, settings, input.inclusion !== "outright"),
  }));
}

function whyCommentUnused(
  comment: SuppressionComment,
  settings: Settings,
  isCompared: boolean,
): string | undefined {
  const on = RULES.filter(({ id }) => isOn(settings, id));
  const lacking = isCompared ? [] : on.filter(({ scope }) => scope === "workspace");
  const rules = {
    ruleIds: RULES.map(({ id }) => id),
    isComplete: (name: string) => on.some((rule) => rule.id === name && !lacking.includes(rule)),
    isCompared: lacking.length === 0,
  };
  // A comment that names the rule about comments is meant to stay.
  const exempt = RULES.filter(({ scope }) => scope === "findings").map(({ id }) => id);
  const why = whyUnused(comment, rules, exempt);
  return why && say(why);
}

function isOn(settings: Settings, rule: string): boolean {
  return (settings.rules.get(rule)?.severity ?? "off") !== "off";
}

/** Entries and phrases of the drafts' config files. Only a check of whole folders shows that one has no effect. */
function configStets(
  cwd: string,
  paths: readonly string[],
  uses: ReadonlyMap<Input, DraftUse>,
  isComplete: boolean,
): Stet[] {
  const byConfig = new Map<string, DraftUse[]>();
  for (const [{ resolved }, use] of uses) {
    const { configPath, extendedFiles } = resolved;
    if (configPath === undefined) continue;
    for (const file of [configPath, ...extendedFiles]) addToList(byConfig, file, use);
  }
  const extended = new Set([...uses.keys()].flatMap(({ resolved }) => resolved.extendedFiles));
  return [...byConfig].flatMap(([configPath, drafts]): Stet[] => {
    const file = fileOfPath(configPath);
    const text = readConfigText(file);
    const lines = lineIndex(text);
    const isKnown =
      isComplete && !extended.has(configPath) && isWholeFolder(cwd, paths, path.dirname(file));
    const shown = shownPath(cwd, file);
    const used = new Set(drafts.flatMap(({ entries }) => Array.from(entries, toKey)));
    const accepted = new Set(drafts.flatMap(({ phrases }) => [...phrases]));
    return stetsInConfig(text).map(({ entry, text: words, span: { start, end } }): Stet => {
      const isUsed =
        entry === undefined ? accepted.has(plainPhrase(words)) : used.has(toKey(entry));
      return {
        path: shown,
        kind: entry === undefined ? "phrase" : "entry",
        range: toRange(lines, start, end),
        rules: entry === undefined ? [] : [entry.rule],
        text: words,
        unused: isKnown && !isUsed ? whyUnusedInConfig(entry, drafts) : undefined,
      };
    });
  });
}

/** What distinguishes a stet entry from others, whichever file it is from. */
function toKey({ rule, hash }: StetEntry): string {
  return JSON.stringify([rule, hash]);
}

/** Why a phrase or an entry suppresses nothing; undefined if the entry's rule is off. */
function whyUnusedInConfig(
  entry: StetEntry | undefined,
  drafts: readonly DraftUse[],
): string | undefined {
  if (entry === undefined) return "It accepts nothing that would be reported.";
  const { rule } = entry;
  if (!RULES.some(({ id }) => id === rule)) return `“${rule}” is no rule.`;
  if (!drafts.some(({ settings }) => isOn(settings, rule))) return undefined;
  return "Its passage is clean now, or in no draft any more.";
}

/** The text of a config file; empty if it can't be read. */
function readConfigText(file: string): string {
  const read = readFileBounded(file, MAX_BYTES.config);
  return "unread" in read ? "" : decodeConfig(read.bytes);
}

function byPlace(a: Range["start"], b: Range["start"]): number {
  return a.line - b.line || a.character - b.character;
}

/** A list for readers, by file; stets that are not needed have the reason. */
function pretty(all: readonly Stet[]): string {
  let text = "";
  let last: string | undefined;
  for (const { path: file, range, kind, rules, text: shown, unused } of all) {
    if (file !== last) text += `${last === undefined ? "" : "\n"}${visiblePath(file)}\n`;
    last = file;
    const place = `${range.start.line + 1}:${range.start.character + 1}`;
    const what = {
      comment: visibleProse(shown),
      entry: `stet ${visible(rules.join(" "))} “${visibleProse(shown)}”`,
      phrase: `accept “${visibleProse(shown)}”`,
    }[kind];
    text += `  ${place.padEnd(7)} ${what}\n`;
    if (unused !== undefined) text += `          ${visibleProse(unused)}\n`;
  }
  const unused = all.filter((one) => one.unused !== undefined).length;
  const rest =
    unused === 0 ? "." : `, and ${unused.toLocaleString("en-US")} of them are not needed.`;
  if (all.length === 0) return "There are no stets.\n";
  return `${text}\n${counted(all.length, "stet")}${unused === 1 ? ", and 1 of them is not needed." : rest}\n`;
}

/** Lines and characters count from 0, as in the JSON of `galley check`. */
function json(all: readonly Stet[], problems: readonly Problem[]): string {
  const document = {
    stets: all.map(({ unused, ...one }) => ({ ...one, unused: unused ?? null })),
    problems: problems.map(({ path: shown, message }) => ({ path: shown, message })),
  };
  return `${visibleJson(JSON.stringify(document))}\n`;
}
