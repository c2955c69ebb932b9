import type { MarkdownParser } from "@lezer/markdown";

/** The nodes of a text with one of these names, in order: each with its name and words. */
export function nodesTold(
  parser: MarkdownParser,
  text: string,
  names: readonly string[],
): string[] {
  const found: string[] = [];
  parser.parse(text).iterate({
    enter: ({ name, from, to }) => {
      if (names.includes(name)) found.push(`${name}: ${text.slice(from, to)}`);
    },
  });
  return found;
}
