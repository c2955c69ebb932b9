import { tokenize, type Tokens } from "../../server/src/language/tokens.ts";

/** The tokens of a text without its “_”, and the index of the token after it. */
export function gapIn(marked: string): readonly [tokens: Tokens, at: number] {
  const place = marked.indexOf("_");
  const tokens = tokenize(marked.replace("_", ""));
  let at = 0;
  while (at < tokens.count && (tokens.starts[at] ?? 0) < place) at++;
  return [tokens, at];
}

/** The tokens of every row of three of the words. */
export function rowsOfThree(words: readonly string[]): Tokens[] {
  const pairs = words.flatMap((one) => words.map((two) => `${one} ${two}`));
  return pairs.flatMap((pair) => words.map((three) => tokenize(`${pair} ${three}`)));
}
