import path from "node:path";
import { createColors } from "picocolors";
import type { ConfigNode } from "../settings/config/node.ts";
import type { Sources } from "../settings/config/tree.ts";
import { problemText } from "../settings/config/messages.ts";
import { decode } from "../text/decode.ts";
import { factsOf } from "../project/facts.ts";
import type { Severity } from "../draft/finding.ts";
import { atLeast } from "../draft/finding.ts";
import { lineIndex, positionAt } from "../text/lines.ts";
import { formatOfName } from "../settings/select.ts";
import { type Skipped, skipReasonText } from "../settings/skipped.ts";
import type { PartialSettings } from "../settings/settings.ts";
import { MOST_BYTES } from "../project/most-bytes.ts";
import { readFileBounded, whyUnread } from "../host/node/read-file.ts";
import { removeLeftovers } from "../host/node/replace-file.ts";
import { FALLBACK, formatOf, NAMELESS } from "../formats/registry.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import { type FileOutcome, NO_TEXT } from "./check-file.ts";
import { type Checked, compare, indexFor } from "./elsewhere.ts";
import {
  byText,
  findInputs,
  type Input,
  placesNamed,
  type Problem,
  resolvedFor,
  shownPath,
} from "./inputs.ts";
import { progressOn, type Screen } from "./progress.ts";
import { write } from "./reporters/index.ts";
import type { Reporter } from "./reporters/reporter.ts";
import { type FileReport, type Report, uncheckedNote } from "./report.ts";
import { StandingStets } from "./standing-stets.ts";
import { spread, type StartWorker } from "./spread.ts";
import { tell } from "./told.ts";
import { visible, visibleProse } from "./visible.ts";

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly reporter: Reporter;
  readonly failOn: Exclude<Severity, "hint"> | "never";
  readonly fix: boolean;
  readonly fixRepeats: boolean;
  readonly hints: boolean;
  readonly showSkipped: boolean;
  readonly config: string | undefined;
  readonly overrides: PartialSettings;
  readonly stdinFilename: string | undefined;
}

/** The world as a command sees it. */
export interface Io {
  readonly cwd: string;
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly color: boolean;
  readonly startWorker: StartWorker | undefined;
}

/** `galley check`. Gives the exit code: 2 where something named could not be read, 1 for findings, else 0. */
export async function check(options: CheckOptions, io: Io): Promise<number> {
  const started = performance.now();
  const sources: Sources = {
    above: options.overrides,
    ...(options.config === undefined ? {} : { configPath: options.config }),
  };
  const withFixes = options.reporter.saysFixes;
  const problems: Problem[] = [];
  const files: FileReport[] = [];
  const checked: Checked[] = [];
  const mistaken = new Set<ConfigNode>();
  let fixed = 0;

  if (options.config !== undefined) {
    const read = readFileBounded(path.resolve(io.cwd, options.config), MOST_BYTES.config);
    if ("unread" in read) {
      const message =
        read.unread === "gone"
          ? "There is no such config file."
          : whyUnread(read.unread, MOST_BYTES.config);
      problems.push({ path: options.config, message, fatal: true });
    }
  }
  const onDisk = options.paths.filter((given) => given !== "-");
  const found = findInputs(io.cwd, onDisk, sources, options.showSkipped);
  problems.push(...found.problems, ...found.ruleProblems);
  /** What may be a draft and was not checked; and what is one, but is switched off. */
  const unchecked: Skipped[] = found.problems.map(({ path, message }) => ({
    path,
    reason: message,
  }));
  const off: Skipped[] = [];
  /** How many were left out without a word: what could not be read is told by its name. */
  let leftOut = 0;
  for (const node of found.mistaken) mistaken.add(node);

  if (options.paths.includes("-")) {
    const name = options.stdinFilename ?? "-";
    const { resolved, node } = resolvedFor(io.cwd, name, sources, problems);
    mistaken.add(node);
    const bytes = await bytesOf(io.stdin, MOST_BYTES.draft);
    const text = bytes && decode(bytes);
    const shown = name === "-" ? name : shownPath(io.cwd, path.resolve(io.cwd, name));
    if (text === undefined) {
      const message = bytes === undefined ? whyUnread("too large", MOST_BYTES.draft) : NO_TEXT;
      problems.push({ path: shown, message, fatal: true });
    } else {
      const format = formatOfName(path.basename(name)) ?? (name === "-" ? NAMELESS : FALLBACK);
      const draft = formatOf(format).parse(text);
      const { words, findings } = factsOf(draft, resolved.settings);
      files.push({ path: shown, words, findings: tell(draft, findings, { withFixes }) });
    }
  }

  const named = options.fix ? placesNamed(io.cwd, onDisk) : [];
  if (options.fix) removeLeftovers(new Set(found.inputs.map(({ file }) => path.dirname(file))));

  const index = indexFor(found.inputs);
  const stands = new StandingStets();
  const progress = progressOn(io.stderr);
  let done = 0;
  await spread({
    tasks: found.inputs.map(({ file, format, asked, resolved, size }) => ({
      file,
      format,
      size,
      asked: asked !== "no",
      settings: resolved.settings,
    })),
    options: {
      fix: options.fix,
      fixRepeats: options.fixRepeats,
      named,
      showSkipped: options.showSkipped,
      withFixes,
    },
    startWorker: io.startWorker,
    done: (number, outcome) => {
      const input = found.inputs[number];
      if (input !== undefined) {
        const reason = whyUnchecked(outcome);
        if (reason !== undefined) {
          unchecked.push({ path: input.shown, reason });
          if ("notProse" in outcome) leftOut++;
        }
        if ("result" in outcome && outcome.result.switchedOff) {
          off.push({ path: input.shown, reason: skipReasonText("switched off") });
        }
        fixed += take(input, outcome, files, checked, index, problems);
        if ("result" in outcome) stands.add(input, outcome.result.standing);
      }
      progress.update(++done, found.inputs.length);
    },
  });
  progress.end();

  checked.sort((a, b) => byText(a.report.path, b.report.path));
  const { reports, boilerplate } = compare(checked, index, withFixes);

  if (problems.length === 0 && options.config === undefined) {
    problems.push(...stands.gone(io.cwd, onDisk));
  }
  problems.push(...configProblems(io.cwd, mistaken));
  const once = unique(problems);
  const report: Report = {
    files: files
      .map((file) => reports.get(file.path) ?? file)
      .sort((a, b) => byText(a.path, b.path)),
    problems: once.sort((a, b) => byText(a.path, b.path) || byNumbers(a.message, b.message)),
    skipped: options.showSkipped
      ? [...found.skipped, ...unchecked, ...off].sort((a, b) => byText(a.path, b.path))
      : undefined,
    unchecked: leftOut,
    fixed,
    boilerplate,
    seconds: (performance.now() - started) / 1000,
  };
  const { reporter, hints } = options;
  io.stdout.write(write(reporter, report, { colors: createColors(io.color), hints }));
  const isEmpty = report.files.length === 0 && !once.some((problem) => problem.fatal);
  if (isEmpty && !reporter.says.emptiness) {
    io.stderr.write("galley: No drafts here: nothing was checked.\n");
  }
  if (!reporter.says.skipped) {
    for (const { path: shown, reason } of report.skipped ?? []) {
      if (once.some((problem) => problem.path === shown)) continue;
      io.stderr.write(`galley: ${visible(shown)}: ${visibleProse(reason)}\n`);
    }
    const note = uncheckedNote(report);
    if (note !== undefined) io.stderr.write(`galley: ${note}\n`);
  }
  for (const problem of once) {
    if (!problem.fatal && reporter.says.problems) continue;
    io.stderr.write(`galley: ${visible(problem.path)}: ${visibleProse(problem.message)}\n`);
  }
  if (once.some((problem) => problem.fatal)) return 2;
  return fails(report, options.failOn) ? 1 : 0;
}

/** Line 2 stands before line 10. */
const byNumbers = new Intl.Collator("en", { numeric: true }).compare;

/** Why a file that may be a draft was not checked; undefined where it was. */
function whyUnchecked(outcome: FileOutcome): string | undefined {
  if ("problem" in outcome) return outcome.problem;
  return "notProse" in outcome ? skipReasonText("not prose") : undefined;
}

function take(
  input: Input,
  outcome: FileOutcome,
  files: FileReport[],
  checked: Checked[],
  index: RepeatIndex,
  problems: Problem[],
): number {
  if ("problem" in outcome) {
    const fatal = input.asked === "outright";
    problems.push({ path: input.shown, message: outcome.problem, fatal });
    return 0;
  }
  if ("notProse" in outcome) return 0;
  const { words, told, fixed, unwritten, fingerprints } = outcome.result;
  if (unwritten !== undefined) {
    const message = `It was not fixed. ${unwritten}`;
    problems.push({ path: input.shown, message, fatal: true });
  }
  const report = { path: input.shown, words, findings: told };
  files.push(report);
  if (fingerprints !== undefined) {
    checked.push({ input, report });
    index.add(input.shown, fingerprints);
  }
  return fixed;
}

/** The mistakes in the config files that were met, each once. */
function configProblems(cwd: string, nodes: ReadonlySet<ConfigNode>): Problem[] {
  const byFile = new Map<string, Problem[]>();
  for (const { path: file, text, problems } of nodes) {
    if (problems.length === 0 || file === undefined || byFile.has(file)) continue;
    const lines = lineIndex(text);
    const shown = shownPath(cwd, path.resolve(cwd, file));
    const told = problems.map((problem) => {
      const { line, character } = positionAt(lines, problem.span.start);
      const message = `${line + 1}:${character + 1}: ${problemText(problem)}`;
      return { path: shown, message, fatal: problem.severity === "error" };
    });
    byFile.set(file, told);
  }
  return [...byFile.values()].flat();
}

/** Each problem once, fatal where it is so anywhere. */
function unique(problems: readonly Problem[]): Problem[] {
  const byWords = new Map<string, Problem>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.path, problem.message]);
    if (problem.fatal || !byWords.has(key)) byWords.set(key, problem);
  }
  return [...byWords.values()];
}

function fails(report: Report, failOn: CheckOptions["failOn"]): boolean {
  if (failOn === "never") return false;
  return report.files.some((file) =>
    file.findings.some((finding) => atLeast(finding.severity, failOn)),
  );
}

/** All that comes, or undefined as soon as it is more than so many bytes. */
async function bytesOf(
  stream: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
