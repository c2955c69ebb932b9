import { readFileSync } from "node:fs";
import path from "node:path";
import { createColors } from "picocolors";
import type { Resolved, Sources } from "../core/config.ts";
import { decode } from "../core/decode.ts";
import { factsOf } from "../core/facts.ts";
import type { Severity } from "../core/finding.ts";
import { atLeast } from "../core/finding.ts";
import { lineIndex, positionAt } from "../core/lines.ts";
import { formatOfName } from "../core/select.ts";
import { type Skipped, skipWords } from "../core/skipped.ts";
import type { PartialSettings } from "../core/settings.ts";
import { formatOf } from "../formats/index.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import { withRestorations } from "../repeats/restore.ts";
import { type FileOutcome, NO_TEXT } from "./check-file.ts";
import { type Checked, compare, indexFor } from "./elsewhere.ts";
import { byText, findInputs, type Input, type Problem, resolvedFor, shownPath } from "./inputs.ts";
import { progressOn, type Screen } from "./progress.ts";
import { reportCompact } from "./report-compact.ts";
import { reportJson } from "./report-json.ts";
import { reportPretty } from "./report-pretty.ts";
import { type FileReport, type Report, uncheckedNote } from "./report.ts";
import { StandingStets } from "./standing-stets.ts";
import { spread, type StartWorker } from "./spread.ts";
import { tell } from "./told.ts";

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: "pretty" | "json" | "compact";
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
  const problems: Problem[] = [];
  const files: FileReport[] = [];
  const checked: Checked[] = [];
  const used = new Set<Resolved>();
  let fixed = 0;

  if (options.config !== undefined && readConfigText(io.cwd, options.config) === undefined) {
    const message = "There is no such config file.";
    problems.push({ path: options.config, message, fatal: true });
  }
  const onDisk = options.paths.filter((given) => given !== "-");
  const found = findInputs(io.cwd, onDisk, sources, options.showSkipped);
  problems.push(...found.problems);
  /** What may be a draft and was not checked; and what is one, but is switched off. */
  const unchecked: Skipped[] = found.problems.map(({ path, message }) => ({
    path,
    reason: message,
  }));
  const off: Skipped[] = [];
  // What was named is told by itself.
  let leftOut = found.problems.filter(({ fatal }) => !fatal).length;
  for (const input of found.inputs) used.add(input.resolved);

  if (options.paths.includes("-")) {
    const name = options.stdinFilename ?? "-";
    const resolved = resolvedFor(io.cwd, name, sources);
    used.add(resolved);
    const text = decode(await bytesOf(io.stdin));
    const shown = name === "-" ? name : shownPath(io.cwd, path.resolve(io.cwd, name));
    if (text === undefined) {
      problems.push({ path: shown, message: NO_TEXT, fatal: true });
    } else {
      const format = formatOfName(path.basename(name)) ?? (name === "-" ? "markdown" : "plaintext");
      const draft = formatOf(format).parse(text);
      const { words, findings } = factsOf(draft, resolved.settings);
      files.push({ path: shown, words, findings: tell(draft, withRestorations(draft, findings)) });
    }
  }

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
    options,
    startWorker: io.startWorker,
    done: (number, outcome) => {
      const input = found.inputs[number];
      if (input !== undefined) {
        const reason = whyUnchecked(outcome);
        if (reason !== undefined) {
          unchecked.push({ path: input.shown, reason });
          if (input.asked !== "outright") leftOut++;
        }
        if ("result" in outcome && outcome.result.switchedOff) {
          off.push({ path: input.shown, reason: skipWords("switched off") });
        }
        fixed += take(input, outcome, files, checked, index, problems);
        if ("result" in outcome) stands.add(input, outcome.result.standing);
      }
      progress.update(++done, found.inputs.length);
    },
  });
  progress.end();

  checked.sort((a, b) => byText(a.report.path, b.report.path));
  const { reports, boilerplate } = compare(checked, index);

  if (problems.length === 0 && options.config === undefined) {
    problems.push(...stands.gone(io.cwd, onDisk));
  }
  problems.push(...configProblems(io.cwd, used));
  const report: Report = {
    files: files
      .map((file) => reports.get(file.path) ?? file)
      .sort((a, b) => byText(a.path, b.path)),
    problems: problems.sort((a, b) => byText(a.path, b.path) || byText(a.message, b.message)),
    skipped: options.showSkipped
      ? [...found.skipped, ...unchecked, ...off].sort((a, b) => byText(a.path, b.path))
      : undefined,
    unchecked: leftOut,
    fixed,
    boilerplate,
    seconds: (performance.now() - started) / 1000,
  };
  write(report, options, io);
  if (options.format === "compact") {
    // Its lines are findings, for programs.
    for (const { path: shown, reason } of report.skipped ?? []) {
      if (problems.some((problem) => problem.path === shown)) continue;
      io.stderr.write(`galley: ${shown}: ${reason}\n`);
    }
    const note = uncheckedNote(report);
    if (note !== undefined) io.stderr.write(`galley: ${note}\n`);
  }
  for (const problem of problems) {
    if (!problem.fatal && options.format === "json") continue;
    io.stderr.write(`galley: ${problem.path}: ${problem.message}\n`);
  }
  if (problems.some((problem) => problem.fatal)) return 2;
  return fails(report, options.failOn) ? 1 : 0;
}

/** Why a file that may be a draft was not checked; undefined where it was. */
function whyUnchecked(outcome: FileOutcome): string | undefined {
  if ("problem" in outcome) return outcome.problem;
  return "notProse" in outcome ? skipWords("not prose") : undefined;
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
  const { words, told, fixed, fingerprints } = outcome.result;
  const report = { path: input.shown, words, findings: told };
  files.push(report);
  if (fingerprints !== undefined) {
    checked.push({ input, report });
    index.add(input.shown, fingerprints);
  }
  return fixed;
}

/** The mistakes in the config files that were met, each once. */
function configProblems(cwd: string, used: ReadonlySet<Resolved>): Problem[] {
  const byFile = new Map<string, Problem>();
  for (const { configPath, problem } of used) {
    if (problem === undefined || configPath === undefined) continue;
    const text = readConfigText(cwd, configPath) ?? "";
    const { line, character } = positionAt(lineIndex(text), problem.span.start);
    const shown = shownPath(cwd, path.resolve(cwd, configPath));
    const message = `${line + 1}:${character + 1}: ${problem.message} The defaults hold instead.`;
    byFile.set(shown, { path: shown, message, fatal: true });
  }
  return [...byFile.values()];
}

function readConfigText(cwd: string, file: string): string | undefined {
  try {
    return decode(readFileSync(path.resolve(cwd, file))) ?? "";
  } catch {
    return undefined;
  }
}

function write(report: Report, options: CheckOptions, io: Io): void {
  switch (options.format) {
    case "json":
      io.stdout.write(reportJson(report));
      return;
    case "compact":
      io.stdout.write(reportCompact(report));
      return;
    case "pretty":
      io.stdout.write(reportPretty(report, createColors(io.color), options.hints));
  }
}

function fails(report: Report, failOn: CheckOptions["failOn"]): boolean {
  if (failOn === "never") return false;
  return report.files.some((file) =>
    file.findings.some((finding) => atLeast(finding.severity, failOn)),
  );
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
