import { LARGEST_DRAFT } from "../draft/largest.ts";
import {
  FALLBACK_FORMAT,
  FORMAT_IDS,
  type FormatId,
  getFormat,
  FORMATS,
} from "../formats/registry.ts";
import { grouped, say, type Wording, wording } from "../text/wording.ts";

/** Why a file is not checked, or a format that is read only if a pattern requests it. */
export type SkipReason = keyof typeof REASONS | `only explicit ${FormatId}`;

/** What people are told for each reason; `config` is the file that has the patterns, undefined for the editor. */
const REASONS = {
  excluded: (config: string | undefined) =>
    config === undefined
      ? wording(
          "“galley.exclude”, “files.exclude” or “search.exclude” in the settings leaves it out.",
        )
      : wording("“exclude” in {0} leaves it out.", config),
  "not included": (config: string | undefined) =>
    config === undefined
      ? wording("“galley.include” in the settings names other files.")
      : wording("“include” in {0} names other files.", config),
  ignored: () => wording("Git ignores it: .gitignore or .git/info/exclude names it."),
  "foreign folder": () =>
    wording(
      "Folders of this name hold installed packages or files of programs. “include” can ask for it.",
    ),
  "foreign name": () => wording("Its name says that it is a change log or a licence."),
  template: () =>
    wording(
      "Its name says that it is a template for issues or pull requests. “include” can ask for it.",
    ),
  fixture: () => wording("It is in a folder of test data. “include” can ask for it."),
  "program text": () => wording("Its name says that it is text for programs."),
  "other kind": () => wording("It is not {0}.", readByDefault()),
  "not prose": () => wording("It reads like data or a list, not like prose."),
  "too large": () =>
    wording(
      "It has more than {0} characters or {1} lines.",
      grouped(LARGEST_DRAFT.units),
      grouped(LARGEST_DRAFT.lines),
    ),
  "switched off": () => wording("A stet-file comment at its top switches it off."),
  "link to a folder": () => wording("It is a link to a folder."),
  "no file": () => wording("It is not a readable file."),
  "same file": () => wording("It is checked under another name."),
};

/** Whether a possible draft is left out. No setting says so, so it is reported. */
export function isLeftOut(reason: SkipReason): boolean {
  return ["foreign name", "template", "fixture", "not prose"].includes(reason);
}

/** Something that is not checked, and why, in words for its reader. A folder ends in "/". */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

/**
 * The reason in words, for somebody who wonders why the file is not checked. `config` is the file with the patterns.
 */
export function skipReasonWords(reason: SkipReason, config?: string): Wording {
  return isNamed(reason) ? REASONS[reason](config) : onlyExplicit(reason);
}

/** The same in English. */
export function skipReasonText(reason: SkipReason, config?: string): string {
  return say(skipReasonWords(reason, config));
}

function isNamed(reason: SkipReason): reason is keyof typeof REASONS {
  return Object.hasOwn(REASONS, reason);
}

function onlyExplicit(reason: `only explicit ${FormatId}`): Wording {
  const id = FORMAT_IDS.find((one) => reason === `only explicit ${one}`) ?? FALLBACK_FORMAT;
  const { name, files } = getFormat(id);
  const [extension = ""] = files.extensions;
  const pattern = `**/*.${extension}`;
  return wording("{0} is read only if “include” asks for it, as “{1}” does.", name, pattern);
}

function readByDefault(): Wording {
  return FORMATS.filter(({ files }) => files.byDefault !== "none")
    .map(({ name }) => wording(name))
    .reduce((first, next) => wording("{0} or {1}", first, next));
}
