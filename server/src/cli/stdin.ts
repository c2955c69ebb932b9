import path from "node:path";
import { FALLBACK_FORMAT, UNNAMED_FORMAT } from "../formats/registry.ts";
import { MAX_BYTES, readFailureText } from "../project/read-limits.ts";
import { formatOfName } from "../settings/select.ts";
import { checkFile } from "./check-file.ts";
import { type ConfigOverrides, type Input, inputSettings } from "./inputs.ts";
import { shownPath } from "./paths.ts";
import type { Problem, RuleFile } from "./problems.ts";
import type { FileReport } from "./report.ts";
import type { ReportedFixes } from "./reported.ts";
import type { Wording } from "../text/wording.ts";

export interface CheckedStdin {
  /** Treated as a file of its name. */
  readonly input: Input;
  /** Undefined if the input could not be read. */
  readonly report: FileReport<Wording> | undefined;
  readonly problems: readonly Problem[];
  /** The config files and baselines that were read for it. */
  readonly ruleFiles: ReadonlySet<RuleFile>;
}

/** Checks standard input. `filename` is the value of `--stdin-filename`. */
export async function checkStdin(
  cwd: string,
  stdin: AsyncIterable<Uint8Array>,
  {
    filename,
    reportedFixes,
  }: { readonly filename: string | undefined; readonly reportedFixes: ReportedFixes },
  given: ConfigOverrides,
): Promise<CheckedStdin> {
  const name = filename ?? "-";
  const { resolved, baseline, ruleProblems, ruleFiles } = await inputSettings(cwd, name, given);
  const bytes = await readBytes(stdin, MAX_BYTES.draft);
  const file = path.resolve(cwd, name);
  const shown = name === "-" ? name : shownPath(cwd, file);
  const format =
    formatOfName(path.basename(name)) ?? (name === "-" ? UNNAMED_FORMAT : FALLBACK_FORMAT);
  const input: Input = { file, shown, format, inclusion: "outright", resolved, baseline };
  const outcome =
    bytes === undefined
      ? { problem: readFailureText("too large", MAX_BYTES.draft) }
      : checkFile({ input, bytes }, { reportedFixes });
  const problems = [...ruleProblems];
  if ("problem" in outcome) problems.push({ path: shown, message: outcome.problem, fatal: true });
  const report = "result" in outcome ? outcome.result.report : undefined;
  return { input, report, problems, ruleFiles };
}

/** The bytes of a stream; undefined as soon as there are more than `most`. */
async function readBytes(
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
