import type { Format } from "../server/src/draft/draft.ts";
import { FORMATS } from "../server/src/formats/registry.ts";

const ALL: readonly Format[] = FORMATS;

const TERMS = { every: "", prose: " that reads as prose", none: " if you ask for it" };

/** Returns README with the kinds of drafts between its two comments. */
export function withDraftKinds(readme: string): string {
  const kinds = ALL.map(({ name, files }) => {
    const names = files.extensions.map((extension) => `\`.${extension}\``).join(", ");
    return `${name}${TERMS[files.byDefault]} (${names})`;
  });
  const listed = new Intl.ListFormat("en").format(kinds);
  return readme.replace(/(<!-- drafts -->).*(?=<!-- end -->)/, `$1${listed}`);
}

/** The definition of pre-commit's hook with the names of drafts, in any case of their extensions. */
export function withDraftNames(hook: string): string {
  const extensions = ALL.flatMap(({ files }) => files.extensions);
  return hook.replace(/^( +files: ).*$/m, (_, key: string) => {
    return `${key}(?i)\\.(?:${extensions.join("|")})$`;
  });
}
