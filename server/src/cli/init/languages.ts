import { type Draft, holdsProse } from "../../draft/draft.ts";
import { declaredLanguage, isLanguage } from "../../language/declared.ts";
import { isEnglish } from "../../language/english.ts";
import { escapedName } from "../../settings/select.ts";

/** Whether a draft is mostly in English, by what it says of itself, else by its paragraphs. */
export function isMostlyEnglish(draft: Draft): boolean {
  const declared = declaredLanguage(draft);
  if (declared !== undefined) return /^eng?(?:[-_]|$)/i.test(declared);
  let english = 0;
  let foreign = 0;
  for (const block of draft.blocks) {
    if (!holdsProse(block)) continue;
    const { length } = block.prose.text;
    if (isEnglish(block)) english += length;
    else foreign += length;
  }
  return english >= foreign;
}

/** A language that the path of a draft names, and the pattern of all drafts whose paths name it. */
export interface PathLanguage {
  readonly tag: string;
  readonly pattern: string;
}

/** A tag of two letters, or with a region: three letters by themselves are mostly no language. */
const TAG = /^[a-z]{2}(?:[-_](?:[A-Za-z]{2}|[A-Z][a-z]{3}|\d{3}))?$/;

/** The language in the path of a draft, as a folder’s name or before the extension; undefined where it has none. */
export function languageOfPath(path: string): PathLanguage | undefined {
  const parts = path.split("/");
  const folder = parts.slice(0, -1).findIndex(isTag);
  if (folder >= 0) {
    const above = parts.slice(0, folder + 1);
    return { tag: above.at(-1) ?? "", pattern: `${above.map(escapedName).join("/")}/**` };
  }
  const suffix = /\.([^.]+)\.[^.]+$/.exec(parts.at(-1) ?? "")?.[1] ?? "";
  const extension = path.slice(path.lastIndexOf(".") + 1);
  return isTag(suffix)
    ? { tag: suffix, pattern: `*.${suffix}.${escapedName(extension)}` }
    : undefined;
}

function isTag(name: string): boolean {
  return TAG.test(name) && isLanguage(name);
}
