import { perBlock } from "../../draft/incremental/per-block.ts";

/** Whether a block opens an aside: a directive, a shortcode or a component of such a name; memoized per block. */
export const opensAside = perBlock(({ source }): boolean =>
  /^\s*(?::{3,}\s*\{?[a-z]|(?:\{\{[<%]\s*|<)(?:admonition|alert|aside|callout|caution|danger|important|info|note|pitfall|tip|warn(?:ing)?)\b)/i.test(
    source,
  ),
);
