import { wordSet } from "../text/word-set.ts";
import { computeOnce } from "../draft/incremental/memoize.ts";
import type { Draft } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";

/** The value of the setting `language` that has each paragraph judged by its own words. */
export const AUTO_LANGUAGE = "auto";

/**
 * Whether a draft is declared to be in a language other than English: by its own front matter (`lang`, `language`,
 * `locale`) or the format's own place for it, else by the setting, a BCP 47 tag or “auto”. If it is declared to be
 * English, or not declared, it is judged paragraph by paragraph.
 */
export function isDeclaredForeign(draft: Draft, setting: string): boolean {
  const said = declaredLanguage(draft) ?? (setting === AUTO_LANGUAGE ? undefined : setting);
  return said !== undefined && !/^eng?(?:[-_]|$)/i.test(said);
}

/** The language tag that a draft gives itself; undefined if it gives none that is valid. */
export function declaredLanguage(draft: Draft): string | undefined {
  const { markup } = draft.format;
  if (markup.declaredLanguage !== undefined) {
    const tag = markup.declaredLanguage(draft.text);
    return tag !== undefined && isLanguage(tag) ? tag : undefined;
  }
  const first = draft.blocks[0];
  return first?.kind === "metadata" ? inFrontMatter(first) : undefined;
}

/** A line of YAML, TOML or JSON at the top level. */
const FIELD =
  /^(?:["']|[ \t]+")?(lang|language|locale)["']?[ \t]*[:=][ \t]*["']?([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*)["']?[ \t]*(?:,[ \t]*)?(?:#.*)?$/gim;

/**
 * What the field `language` can be trusted to say. In a tutorial it may name the programming language, and many of
 * their names (Lua, Ada, ML) are also tags of human languages. These, of the most written languages, are not.
 */
const WIDELY_WRITTEN = wordSet(
  "ar bg bn ca da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv nb nl no pt ro ru sk sl sr sv ta th tr uk ur vi zh",
);

/** A tag with a script or a region: no programming language is called “pt-BR”. */
const REGIONAL = /^[a-z]+[-_](?:[a-z]{4}|[a-z]{2}|\d{3})(?:[-_]|$)/i;

const inFrontMatter = perBlock((block): string | undefined => {
  for (const [, name = "", tag = ""] of block.source.matchAll(FIELD)) {
    const isSure = WIDELY_WRITTEN.has(tag.toLowerCase()) || REGIONAL.test(tag);
    if (name.toLowerCase() === "language" && !isSure) continue;
    if (isLanguage(tag)) return tag;
  }
  return undefined;
});

const languageNames = computeOnce(
  () => new Intl.DisplayNames(["en"], { type: "language", fallback: "none" }),
);

/** Whether a tag is that of a human language, judging by the Unicode locale data of the runtime. */
export function isLanguage(tag: string): boolean {
  const primary = tag.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  return /^[a-z]{2,3}$/.test(primary) && languageNames().of(primary) !== undefined;
}
