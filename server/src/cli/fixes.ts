import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Finding } from "../draft/finding.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { safeFixes } from "../engine/fix.ts";
import { getFormat, type FormatId } from "../formats/registry.ts";
import { decode } from "../text/decode.ts";
import { applyEdits } from "../text/edits.ts";
import { quotedEach, sayIsolated } from "../text/excerpt.ts";
import { lineAt } from "../text/lines.ts";
import type { FileReport, MadeFix } from "./report.ts";
import type { ReportedFinding, ReportedFix } from "./reported.ts";
import { visible, visiblePatch, visiblePath } from "./visible.ts";
import { type Translations, type Wording, wording } from "../text/wording.ts";

/** The fixes of a finding that may be made without being chosen. `repeats`: copies may be deleted, too. */
export function getSafeFixes<Text>(
  { fixes }: Pick<ReportedFinding<Text>, "fixes">,
  repeats: boolean,
): readonly ReportedFix<Text>[] {
  return fixes.filter(({ safe, kind }) => safe && (repeats || kind !== "repeat"));
}

/** A draft after some fixes. */
export interface FixedDraft {
  readonly bytes: Uint8Array;
  readonly fixes: readonly MadeFix[];
}

/** A draft's bytes with the safe fixes of what is reported for it; undefined if there are none. */
export function withSafeFixes(
  { path, findings }: FileReport<Wording>,
  bytes: Uint8Array,
  format: FormatId,
  repeats: boolean,
): FixedDraft | undefined {
  const text = decode(bytes);
  if (text === undefined) return undefined;
  const draft = getFormat(format).parse(text);
  // Words are restored first, because a fix might otherwise cut around them.
  const restoring = findings.filter((one) => one.isInGit && getSafeFixes(one, false).length > 0);
  const fixable = (restoring.length > 0 ? restoring : findings).map((finding): Finding => {
    const { rule, severity, message, start, end } = finding;
    return { rule, severity, message, start, end, fixes: getSafeFixes(finding, repeats) };
  });
  const chosen = safeFixes(fixable, undefined, draft);
  const lines = linesOfDraft(draft);
  const after = applyEdits(
    text,
    chosen.flatMap(({ edits }) => edits),
  );
  if (after === text) return undefined;
  const fixes = chosen.map(({ finding: { rule, start }, edits: made }) => {
    const went = made.map((edit) => text.slice(edit.start, edit.end));
    const came = made.map(({ newText }) => newText);
    return { path, line: lineAt(lines, start), rule, what: changeText(went, came) };
  });
  return { bytes: encode(after, detectEncoding(bytes)), fixes };
}

/** What was removed and what was added, in order. */
function changeText(went: readonly string[], came: readonly string[]): Wording {
  if (came.every(isSpace)) return wording("took out {0}", listed(went));
  if (went.every(isSpace)) return wording("put in {0}", listed(came));
  return wording("made {0} of {1}", listed(came), listed(went));
}

function isSpace(text: string): boolean {
  return text.trim() === "";
}

/** Each text that is more than space, in quotation marks. */
function listed(texts: readonly string[]): Wording {
  const words = texts.filter((text) => !isSpace(text));
  return words.length === 0 ? wording("space") : quotedEach(words, MAX_CHANGE);
}

/** How much of a change is quoted, in UTF-16 units. */
const MAX_CHANGE = 40;

/** The line that reports a fix, without its line break. It is safe to print. */
export function fixLine({ path, line, rule, what }: MadeFix, translations?: Translations): string {
  return `${visiblePath(path)}:${line + 1}  ${visible(rule)}  ${visible(sayIsolated(what, translations))}`;
}

/** The unified diff between two versions of a draft. It is safe to print. */
export function createPatch(path: string, before: string, after: string): string {
  const shown = visiblePath(path);
  const patch = createTwoFilesPatch(
    `a/${shown}`,
    `b/${shown}`,
    before,
    after,
    undefined,
    undefined,
    {
      headerOptions: FILE_HEADERS_ONLY,
    },
  );
  return visiblePatch(patch);
}

/** The encoding of a file, so that it can be written back in the same one. */
type Encoding = "utf-8" | "utf-8 with mark" | "utf-16le" | "utf-16be";

/** The encoding of bytes that `decode` could read. */
function detectEncoding(bytes: Uint8Array): Encoding {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xef && second === 0xbb && third === 0xbf ? "utf-8 with mark" : "utf-8";
}

function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(text, "utf8");
  const bytes = Buffer.from(`\uFEFF${text}`, encoding === "utf-8 with mark" ? "utf8" : "utf16le");
  return encoding === "utf-16be" ? bytes.swap16() : bytes;
}
