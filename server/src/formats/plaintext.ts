import type { Block, Draft, Format } from "../core/draft.ts";
import { verbatim } from "../core/prose.ts";

/** Plain text: blank lines part paragraphs. */
export const plaintext: Format = {
  id: "plaintext",
  parse,
  update: (_before, text) => parse(text),
};

function parse(text: string): Draft {
  const blocks: Block[] = [];
  const starts: number[] = [];
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const source = match[0];
    starts.push(match.index);
    blocks.push({
      kind: "paragraph",
      source,
      prose: verbatim(source),
      marks: [],
      level: 0,
      listDepth: 0,
      quoteDepth: 0,
      startsItem: false,
      continues: false,
    });
  }
  return { text, format: "plaintext", blocks, starts };
}
