import { perBlock } from "../../draft/incremental/per-block.ts";

/** Whether a block shows what follows it to some readers only, in the syntaxes of site generators; memoized per block. */
export const isVariantMark = perBlock(({ source }): boolean =>
  /^[ \t]*(?:\{%-?\s*(?:if|elsif|elif|else|unless|case|when|endif|endcase|endunless)\b|\{\{[<%]\s*(?:\/\s*)?(?:if|show-in|hide-in|else|version|expand)|:::+\s*(?:moniker|zone|code-group|tabs?)\b|<\/?(?:If|Else|Show|Hide|Only|When|Variant|Version|Platform|Solution))/m.test(
    source,
  ),
);
