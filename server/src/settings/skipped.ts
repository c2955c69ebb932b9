import {
  FALLBACK_FORMAT,
  FORMAT_IDS,
  type FormatId,
  formatOf,
  FORMATS,
} from "../formats/registry.ts";

/** Why a file that was met is not checked. */
export type SkipReason =
  /** A pattern in `exclude` names it. */
  | "excluded"
  /** The patterns in `include` name other files. */
  | "not included"
  /** An ignore file of git names it: that of its folder or one above, or the repository's own. */
  | "ignored"
  | "ignored by exclude"
  /** A folder of what others wrote, or of what a tool made. */
  | "foreign folder"
  /** A change log, a licence. */
  | "foreign name"
  /** A template of an issue or a pull request. */
  | "template"
  /** What tests read. */
  | "fixture"
  /** Release notes of a package, by their name, beside its manifest or below it. */
  | "release notes"
  /** Plain text that programs read, by its name. */
  | "program text"
  /** A file of a format that is only read where a pattern asks for it. */
  | `only explicit ${FormatId}`
  /** No format reads it. */
  | "other kind"
  /** Plain text that reads like a list or like data. */
  | "not prose"
  /** A `stet-file` comment. */
  | "switched off"
  | "link to a folder"
  | "no file"
  /** It was met under another name. */
  | "same file";

/** Whether a file is left out that might be a draft. No setting says so, so it is reported. */
export function isLeftOut(reason: SkipReason): boolean {
  return ["foreign name", "template", "fixture", "release notes", "not prose"].includes(reason);
}

/** Something that was met and not checked, and why, in words for its reader. A folder ends in "/". */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

/** The reason in words, for somebody who wonders why the file is not checked. `config`: the file, as it is shown, whose patterns hold; undefined where the editor's do. */
export function skipReasonText(reason: SkipReason, config?: string): string {
  const where = config === undefined ? "the settings" : config;
  switch (reason) {
    case "excluded":
      return `“exclude” in ${where} leaves it out.`;
    case "not included":
      return `“include” in ${where} names other files.`;
    case "ignored":
      return "It is left out as git leaves it out: .gitignore names it.";
    case "ignored by exclude":
      return "It is left out as git leaves it out: .git/info/exclude names it.";
    case "foreign folder":
      return "It is a folder for installed packages or other people’s files.";
    case "foreign name":
      return "By its name it is a change log or a licence.";
    case "template":
      return "By its name it is a template for issues or pull requests. “include” can ask for it.";
    case "fixture":
      return "It is in a folder of what tests read. “include” can ask for it.";
    case "release notes":
      return "By its name it has the release notes of a package. “include” can ask for it.";
    case "program text":
      return "By its name it is text for programs.";
    case "other kind":
      return `It is not ${readByDefault()}.`;
    case "not prose":
      return "It reads like data or a list, not like prose.";
    case "switched off":
      return "A stet-file comment at its top switches it off.";
    case "link to a folder":
      return "It is a link to a folder.";
    case "no file":
      return "It is no file that can be read.";
    case "same file":
      return "It is checked under another name.";
    default:
      return onlyExplicit(reason);
  }
}

function onlyExplicit(reason: `only explicit ${FormatId}`): string {
  const id = FORMAT_IDS.find((one) => reason === `only explicit ${one}`) ?? FALLBACK_FORMAT;
  const { name, files } = formatOf(id);
  const [extension = ""] = files.extensions;
  return `${name} is read only where “include” asks for it, as “**/*.${extension}” does.`;
}

/** The formats whose files are drafts by themselves, in words. */
function readByDefault(): string {
  const names = FORMATS.filter(({ files }) => files.byDefault !== "none").map(({ name }) => name);
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}
