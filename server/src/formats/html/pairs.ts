import { type Draft, holdsProse } from "../../draft/draft.ts";
import type { Half } from "../../draft/markup.ts";
import {
  LOOKS,
  NEVER_BARE,
  Pairing,
  proseTokens,
  TagPairing,
  templateToken,
} from "../structure/pairs.ts";
import { tokenize } from "../support/tags.ts";
import { templatesIn, withoutTemplates } from "./html.ts";

/** The halves of tags, template statements, quotation marks and brackets. */
export function htmlPairs(draft: Draft): readonly Half[] {
  const pairing = new Pairing();
  htmlTokens(draft.text, pairing);
  draft.blocks.forEach((block, index) => {
    if (holdsProse(block)) proseTokens(block.prose, draft.starts[index] ?? 0, pairing);
  });
  return pairing.halves();
}

function htmlTokens(text: string, pairing: Pairing): void {
  const templates = templatesIn(text);
  for (const { start, end } of templates) templateToken(text.slice(start, end), start, pairing);
  const tags = new TagPairing(pairing);
  tokenize(withoutTemplates(text, templates), {
    tag: ({ start, end, name, closes, selfCloses, attributes }) => {
      if (selfCloses) return;
      const bare = !NEVER_BARE.has(name) && [...attributes.keys()].every((key) => LOOKS.test(key));
      tags.tag({ start, end }, name, closes, bare);
    },
  });
  tags.finish(text.length);
}
