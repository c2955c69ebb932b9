import { LARGEST_DRAFT } from "../draft/largest.ts";
import {
  FALLBACK_FORMAT,
  FORMAT_IDS,
  type FormatId,
  getFormat,
  FORMATS,
} from "../formats/registry.ts";

/** Why a file that was met is not checked, or a format of which it is that is read only where a pattern asks for it. */
export type SkipReason = keyof typeof REASONS | `only explicit ${FormatId}`;

/** What people are told of each reason; `where` is where the patterns are set. */
const REASONS = {
  excluded: (where: string) => `“exclude” in ${where} leaves it out.`,
  "not included": (where: string) => `“include” in ${where} names other files.`,
  ignored: () => "It is left out as git leaves it out: .gitignore or .git/info/exclude names it.",
  "foreign folder": () => "It is a folder for installed packages or other people’s files.",
  "foreign name": () => "By its name it is a change log or a licence.",
  template: () =>
    "By its name it is a template for issues or pull requests. “include” can ask for it.",
  fixture: () => "It is in a folder of what tests read. “include” can ask for it.",
  "program text": () => "By its name it is text for programs.",
  "other kind": () => `It is not ${readByDefault()}.`,
  "not prose": () => "It reads like data or a list, not like prose.",
  "too large": () =>
    `It has more than ${LARGEST_DRAFT.units.toLocaleString("en-US")} characters or ${LARGEST_DRAFT.lines.toLocaleString("en-US")} lines.`,
  "switched off": () => "A stet-file comment at its top switches it off.",
  "link to a folder": () => "It is a link to a folder.",
  "no file": () => "It is no file that can be read.",
  "same file": () => "It is checked under another name.",
};

/** Whether a file is left out that might be a draft. No setting says so, so it is reported. */
export function isLeftOut(reason: SkipReason): boolean {
  return ["foreign name", "template", "fixture", "not prose"].includes(reason);
}

/** Something that was met and not checked, and why, in words for its reader. A folder ends in "/". */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

/** The reason in words, for somebody who wonders why the file is not checked. `config`: the file, as it is shown, whose patterns hold; undefined where the editor's do. */
export function skipReasonText(reason: SkipReason, config = "the settings"): string {
  return isNamed(reason) ? REASONS[reason](config) : onlyExplicit(reason);
}

function isNamed(reason: SkipReason): reason is keyof typeof REASONS {
  return Object.hasOwn(REASONS, reason);
}

function onlyExplicit(reason: `only explicit ${FormatId}`): string {
  const id = FORMAT_IDS.find((one) => reason === `only explicit ${one}`) ?? FALLBACK_FORMAT;
  const { name, files } = getFormat(id);
  const [extension = ""] = files.extensions;
  return `${name} is read only where “include” asks for it, as “**/*.${extension}” does.`;
}

function readByDefault(): string {
  const names = FORMATS.filter(({ files }) => files.byDefault !== "none").map(({ name }) => name);
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}
