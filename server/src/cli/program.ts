import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { SEVERITIES } from "../draft/finding.ts";
import { isSeverity, type PartialRule } from "../settings/rule-settings.ts";
import { RULES } from "../rules/index.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import { say, type Translations, wording } from "../text/wording.ts";
import { VERSION } from "../version.ts";
import { BASELINE_NAME } from "../settings/baseline-file.ts";
import { type AssistantTool, assistantTools } from "./assistant-tools.ts";
import { updateBaseline, writeBaseline } from "./baseline.ts";
import { check, type CheckOptions, type Io, translationsIn } from "./check.ts";
import { DEFAULT_REF } from "./merge-base.ts";
import { helpIn } from "./help.ts";
import { init } from "./init.ts";
import type { Reporter } from "./reporters/reporter.ts";
import { formatNamed, type NamedFormat } from "./report-files.ts";
import { github, json, pretty, REPORTERS } from "./reporters/index.ts";
import { noSuchRule, rules } from "./rules.ts";
import { stets } from "./stets.ts";
import { visible, visibleLines } from "./visible.ts";

/** Servers, which run until their client ends them. Each is loaded on demand. Without them `run` starts none. */
export interface Servers {
  readonly lsp: () => Promise<void>;
  readonly mcp: (tools: readonly AssistantTool[]) => Promise<void>;
}

/** Runs a command line. Returns the exit code; undefined if the process continues, as a language server. */
export async function run(
  args: readonly string[],
  io: Io,
  servers?: Servers,
): Promise<number | undefined> {
  let code: number | undefined = 0;
  const program = createProgram(args, io, servers, (ended) => {
    code = ended;
  });
  try {
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return 2;
    }
    await program.parseAsync(withDefaultRef(args), { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

/** All commands with their options and help. */
export function createProgram(
  args: readonly string[],
  io: Io,
  servers: Servers | undefined,
  end: Ended,
): Command {
  const program = new Command("galley")
    .description("Gives drafts their last read.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .option("--color", "use colours, wherever the output goes")
    .option("--no-color", "use no colours")
    .configureHelp(helpIn(translationsIn(io.env)))
    .helpCommand("help [command]", "print the help of a command")
    .showHelpAfterError("(see galley --help)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(shownMistake(text, args)),
    });

  for (const add of [addCheck, addBaseline, addInit, addStets, addRules]) {
    add(program, io, end);
  }
  program
    .command("lsp")
    .description("the language server, for any editor")
    .option("--stdio", "speak over standard input and output (the default, and the only way)")
    .action(async () => {
      end(undefined);
      await servers?.lsp();
    });
  program
    .command("mcp")
    .description("a server for assistants, limited to the files below the current folder")
    .action(async () => {
      end(undefined);
      await servers?.mcp(assistantTools(io));
    });
  return program;
}

/** Called with the exit code of a command; undefined if the process continues. */
type Ended = (code: number | undefined) => void;

function addCheck(program: Command, io: Io, end: Ended): void {
  // Long, as each option has its line.
  program
    .command("check")
    .description("check drafts: files, folders and everything below them, and patterns")
    .argument(
      "[paths...]",
      "files, folders and patterns such as 'docs/**/*.md'; - for standard input",
      ["."],
    )
    .addOption(
      new Option(
        "--format <format[=file]>",
        "how to report findings, on standard output or in a file; may be repeated",
      )
        .choices(REPORTERS.map(({ name }) => name))
        .argParser(addFormat)
        .default([], `"${pretty.name}"; in GitHub Actions "${github.name}"`),
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 for a finding of this severity or worse")
        .choices(FAIL_ON)
        .argParser(failOnNamed)
        .default("warning"),
    )
    .addOption(
      new Option(
        "--max-warnings <count>",
        "exit with 1 only if there are more warnings than this",
      ).argParser(warningCount),
    )
    .option("--fix", "make the safe fixes for what is reported, and list them", false)
    .option("--fix-dry-run", "print what --fix would change, as a diff, and write nothing", false)
    .option("--fix-repeats", "with these, also delete copies that are exactly the same", false)
    .option("--config <file>", "use this config file and no other")
    .option("--baseline <file>", "leave out what this baseline lists, and use no other")
    .option("--no-baseline", "use no baseline")
    .addOption(
      new Option(
        "--rule <id=severity>",
        "set a rule to off, hint, information, warning or error; may be repeated",
      )
        .argParser(ruleOverride)
        .default({}, "as configured"),
    )
    .addOption(
      new Option(
        "--changed [=ref]",
        "report only what is new since the branch left REF (by default, the branch it will be merged into; for a push, the state before it); REF must follow =",
      ).argParser(changedRef),
    )
    .option(
      "--restore",
      "look for lost words in git and in the other drafts, and list them; with --fix, put back what git has",
      false,
    )
    .option("--stdin-filename <name>", "the name of what comes from standard input")
    .option("--show-skipped", "list what was not checked, each with the reason", false)
    .option("--hints", "show hints too; so does --fail-on hint", false)
    .option("-q, --quiet", "for readers: only the findings, and nothing if there are none", false)
    .option("--summary", "for readers: only the summary", false)
    .addHelpText("after", () => `\n${formatsInWords(translationsIn(io.env))}`)
    .action(async (paths: string[], given: ParsedOptions, command: Command) => {
      const mistake = contradictionIn(paths, given);
      if (mistake !== undefined) command.error(`error: ${mistake}`);
      const color = program.opts<{ color?: boolean }>().color ?? io.color;
      end(await check(checkOptions(paths, given, io), { ...io, color }));
    });
}

/** The reporters for `--help`, one a line. */
function formatsInWords(translations: Translations | undefined): string {
  const lines = REPORTERS.map(
    ({ name, summary }) => `  ${name.padEnd(12)}${say(wording(summary), translations)}`,
  );
  return [say(wording("Formats:"), translations), ...lines].join("\n");
}

/** Which arguments contradict each other, and what to do instead. */
function contradictionIn(paths: readonly string[], given: ParsedOptions): string | undefined {
  const { fix, fixDryRun } = given;
  const readsStdin = paths.includes("-");
  const mistakes: readonly (readonly [isMade: boolean, message: string])[] = [
    [fix && fixDryRun, "--fix-dry-run writes nothing and --fix does; say one of them."],
    [given.fixRepeats && !fix && !fixDryRun, "--fix-repeats needs --fix or --fix-dry-run."],
    [given.quiet && given.summary, "--quiet leaves out what --summary asks for; say one of them."],
    [(fix || fixDryRun) && readsStdin, "--fix can’t write to standard input; name a file."],
    [
      given.changed !== undefined && readsStdin,
      "--changed can’t compare standard input; name a file or folder.",
    ],
    [
      given.stdinFilename !== undefined && !readsStdin,
      "--stdin-filename is for standard input: galley check - …",
    ],
  ];
  return mistakes.find(([isMade]) => isMade)?.[1];
}

function checkOptions(paths: readonly string[], given: ParsedOptions, io: Io): CheckOptions {
  const { format, fix, fixDryRun, hints, failOn, quiet, summary, rule } = given;
  return {
    ...given,
    paths,
    reporter: format.find(({ file }) => file === undefined)?.reporter ?? unnamed(io),
    reportFiles: format.flatMap(({ reporter, file }) =>
      file === undefined ? [] : [{ reporter, file }],
    ),
    fix: fix ? "make" : fixDryRun ? "show" : undefined,
    hints: hints || failOn === "hint",
    only: quiet ? "findings" : summary ? "summary" : undefined,
    overrides: { rules: rule },
  };
}

function addBaseline(program: Command, io: Io, end: Ended): void {
  program
    .command("baseline")
    .description(
      `write what is found now into ${BASELINE_NAME}: galley check then reports only what is new`,
    )
    .argument("[paths...]", "files, folders and patterns, below the current folder", ["."])
    .option("--update", "remove from the file what is gone, and add nothing", false)
    .option("--config <file>", "use this config file and no other")
    .action(
      async (
        paths: string[],
        given: { readonly update: boolean; readonly config?: string },
        command: Command,
      ) => {
        if (given.update && command.args.length > 0) {
          command.error("error: --update looks through the whole folder; name no paths.");
        }
        const run = given.update ? updateBaseline : writeBaseline;
        end(await run({ paths, config: given.config }, io));
      },
    );
}

function addInit(program: Command, io: Io, end: Ended): void {
  program
    .command("init")
    .description("write a first .galley.json, with the settings as comments")
    .argument("[folder]", "the folder", ".")
    .action(async (folder: string) => {
      end(await init(folder, io));
    });
}

const STETS_EXIT = wording(
  "It exits with 1 if a stet is no longer needed, and with 2 if something you named can’t be read.",
);

function addStets(program: Command, io: Io, end: Ended): void {
  program
    .command("stets")
    .description("list everything you let stand, and which stets are no longer needed")
    .argument("[paths...]", "files, folders and patterns", ["."])
    .addOption(
      new Option("--format <format>", "a list for readers, or JSON for programs")
        .choices([pretty.name, json.name])
        .default(pretty.name),
    )
    .addHelpText("after", () => `\n${say(STETS_EXIT, translationsIn(io.env))}`)
    .action(async (paths: string[], { format }: { readonly format: string }) => {
      end(await stets({ paths, asJson: format === json.name }, io));
    });
}

function addRules(program: Command, io: Io, end: Ended): void {
  program
    .command("rules")
    .description("list the rules, or print one rule’s page")
    .argument("[id]", "a rule")
    .action((id: string | undefined) => {
      end(rules(id, io));
    });
}

/** Commander's error message, with control characters in the arguments made visible. */
function shownMistake(text: string, args: readonly string[]): string {
  const parts = args.flatMap((arg) => [arg, ...arg.split("=")]);
  const risky = parts.filter((part) => part !== visible(part));
  // The longest first, since it may contain another.
  risky.sort((a, b) => b.length - a.length);
  const shown = risky.reduce((sum, part) => sum.replaceAll(part, () => visible(part)), text);
  return visibleLines(shown.replace(/^error: /, "galley: "));
}

/** The options of `galley check`, most of them passed on unchanged. */
interface ParsedOptions extends Omit<
  CheckOptions,
  "paths" | "reporter" | "reportFiles" | "fix" | "only" | "overrides"
> {
  readonly format: readonly NamedFormat[];
  readonly fix: boolean;
  readonly fixDryRun: boolean;
  readonly fixRepeats: boolean;
  readonly quiet: boolean;
  readonly summary: boolean;
  readonly rule: Readonly<Record<string, PartialRule>>;
}

function ruleOverride(
  value: string,
  rules: Readonly<Record<string, PartialRule>>,
): Readonly<Record<string, PartialRule>> {
  const [id = "", severity, ...rest] = value.split("=");
  if (!RULES.some((rule) => rule.id === id)) {
    throw new InvalidArgumentError(noSuchRule(id));
  }
  if (!isSeverity(severity) || rest.length > 0) {
    throw new InvalidArgumentError(`Say ${id}=off, hint, information, warning or error.`);
  }
  return { ...rules, [id]: severity };
}

/** The arguments, with a value for a bare `--changed`, which would otherwise take the next argument, a path. */
function withDefaultRef(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  return args.map((arg, at) =>
    arg === "--changed" && (end < 0 || at < end) ? `--changed=${DEFAULT_REF}` : arg,
  );
}

function changedRef(value: string): string {
  // It is probably an unset variable.
  if (value === "")
    throw new InvalidArgumentError("Say what to compare with, or leave out the sign: --changed.");
  return value;
}

function addFormat(value: string, formats: readonly NamedFormat[]): readonly NamedFormat[] {
  const named = formatNamed(value, formats);
  if (typeof named === "string") throw new InvalidArgumentError(named);
  return [...formats, named];
}

/** The format of standard output if none is named. */
function unnamed({ env, stdout }: Io): Reporter {
  const inActions = env?.["GITHUB_ACTIONS"] === "true" && stdout.isTTY !== true;
  return inActions ? github : pretty;
}

const FAIL_ON = [...SEVERITIES, "never"];

function failOnNamed(value: string): string {
  if (FAIL_ON.includes(value)) return value;
  const begun = value === "" ? undefined : FAIL_ON.find((one) => one.startsWith(value));
  const meant = begun ?? didYouMean(value, FAIL_ON);
  const hint = meant === undefined ? "" : ` Did you mean “${meant}”?`;
  throw new InvalidArgumentError(`Allowed choices are ${FAIL_ON.join(", ")}.${hint}`);
}

function warningCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("Say a whole number, such as 0.");
  return Number(value);
}
