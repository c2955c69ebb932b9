import { toBlobId } from "../host/node/git-objects.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import { CHANGED, whyNotWritten, writeWhole } from "../host/node/replace-file.ts";
import { readFailureText, MAX_BYTES } from "../project/read-limits.ts";
import { decode } from "../text/decode.ts";
import { createPatch, getSafeFixes, withSafeFixes } from "./fixes.ts";
import type { Input } from "./inputs.ts";
import { checkInputs, compareAll, type Shown, type Run } from "./shown.ts";
import { byText, namedBy } from "./paths.ts";
import type { Problem } from "./problems.ts";
import type { FileReport, MadeFix } from "./report.ts";
import type { Wording } from "../text/wording.ts";

/** The result of the rounds. */
export interface Fixed {
  /** What is reported after the last round. */
  readonly shown: Shown;
  readonly fixes: readonly MadeFix[];
  /** Why drafts were not fixed. */
  readonly problems: readonly Problem[];
}

/** Each round fixes what the previous one left, so that a fix revealed by another follows it. */
const MAX_ROUNDS = 100;

/**
 * Makes the safe fixes of what is reported, on disk or, without `--fix`, in `rehearsed`. With `--restore`, first puts
 * back lost words that git still has.
 */
export async function fixInRounds(run: Run, first: Shown): Promise<Fixed> {
  const { cwd, onDisk, options } = run;
  const isNamed = namedBy(cwd, onDisk);
  const fixes: MadeFix[] = [];
  const problems: Problem[] = [];
  const refused = new Set<Input>();
  let shown = first;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const changed: Input[] = [];
    for (const { input } of shown.checked) {
      const report = shown.reports.get(input);
      if (report === undefined || report.findings.length === 0 || refused.has(input)) continue;
      const made = fixDraft(run, input, report, isNamed);
      if (typeof made === "string") {
        refused.add(input);
        const message = `It was not fixed. ${made}`;
        problems.push({ path: input.shown, message, fatal: options.fix === "make" });
      } else if (made.length > 0) {
        fixes.push(...made);
        changed.push(input);
      }
    }
    if (changed.length === 0) break;
    checkInputs(run, changed);
    shown = await compareAll(run);
  }
  // A later round makes fixes above those of an earlier one.
  fixes.sort((a, b) => byText(a.path, b.path) || a.line - b.line);
  return { shown, fixes, problems };
}

/** The fixes made in a draft, or why they were not made. */
function fixDraft(
  { options, outcomes, rehearsed, blobHash }: Run,
  input: Input,
  { findings, ...report }: FileReport<Wording>,
  isNamed: (target: string) => boolean,
): readonly MadeFix[] | string {
  const { fix, fixRepeats = false } = options;
  const wanted = options.restore === true ? findings : findings.filter((one) => !one.isInGit);
  if (!wanted.some((one) => getSafeFixes(one, fixRepeats).length > 0)) return [];
  const rehearsedBytes = rehearsed.get(input);
  const read =
    rehearsedBytes === undefined
      ? readFileBounded(input.file, MAX_BYTES.draft)
      : { bytes: rehearsedBytes, stats: undefined };
  if ("unread" in read) return readFailureText(read.unread, MAX_BYTES.draft);
  const { bytes, stats } = read;
  const fixed = withSafeFixes({ ...report, findings: wanted }, bytes, input.format, fixRepeats);
  if (fixed === undefined) return [];
  if (fix === "make" && stats !== undefined) {
    const outcome = outcomes.get(input);
    const checked = outcome && "result" in outcome ? outcome.result.blobId : undefined;
    if (blobHash !== undefined && checked !== toBlobId(bytes, blobHash)) return CHANGED;
    return writeWhole(input.file, fixed.bytes, { before: stats, isNamed }) ?? fixed.fixes;
  }
  const reason = stats && whyNotWritten(input.file, { before: stats, isNamed });
  if (reason !== undefined) return reason;
  rehearsed.set(input, fixed.bytes);
  return fixed.fixes;
}

/** What the fixes would change. */
export function patchIn({ gathered, rehearsed }: Run): string {
  return gathered.inputs
    .map((input) => {
      const after = rehearsed.get(input);
      const read = after && readFileBounded(input.file, MAX_BYTES.draft);
      if (read === undefined || "unread" in read) return "";
      return createPatch(input.shown, decode(read.bytes) ?? "", (after && decode(after)) ?? "");
    })
    .join("");
}
