import type { Draft } from "../../draft/draft.ts";
import type { Fix } from "../../draft/finding.ts";
import { placeholderFix } from "./placeholder.ts";

/** The fix that adds the definition of a label at the end of a draft, with the placeholder for what it says. */
export function addDefinition(
  { text }: Draft,
  label: string,
  placeholder: string,
  title: string,
): Fix {
  const newline = /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
  const ends = text.endsWith(newline + newline) ? 2 : text.endsWith(newline) ? 1 : 0;
  const before = newline.repeat(2 - ends) + label;
  return {
    ...placeholderFix(text, text.length, placeholder, before, newline),
    title: `${title} with ${placeholder}`,
  };
}
