import { memoizeOn } from "../../draft/incremental/memoize.ts";
import type { Draft } from "../../draft/draft.ts";
import type { Container } from "../../draft/markup.ts";

/** The containers of a draft, outer before inner. None in formats whose containers have end tags. */
export const containersIn = memoizeOn<Draft>()((draft): readonly Container[] =>
  draft.format.markup.containers(draft),
);
