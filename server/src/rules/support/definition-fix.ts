import type { Draft } from "../../draft/draft.ts";
import type { Fix } from "../../draft/finding.ts";
import { memoizeOn } from "../../draft/incremental/memoize.ts";
import { placeholderFix } from "./placeholder.ts";

/** The fix that adds the definition of a label at the end of a draft, with the placeholder for what it says. */
export function addDefinition(
  draft: Draft,
  label: string,
  placeholder: string,
  title: string,
): Fix {
  const { text } = draft;
  const newline = getNewline(draft);
  const ends = text.endsWith(newline + newline) ? 2 : text.endsWith(newline) ? 1 : 0;
  const lead = newline.repeat(2 - ends) + label;
  return {
    ...placeholderFix(text, text.length, placeholder, lead, newline),
    title: `${title} with ${placeholder}`,
  };
}

/** How a draft's lines end; looked for once, for the first end may be far away. */
const getNewline = memoizeOn<Draft>()(({ text }) => /\r\n|\r|\n/.exec(text)?.[0] ?? "\n");
