import type { Format } from "../../draft/draft.ts";
import { differingWords } from "../../repeats/differing.ts";
import { beginning, ending, oneLine } from "../../text/excerpt.ts";
import type { Span } from "../../text/span.ts";
import type { Inline } from "./rich-text.ts";

/** So much of a passage is compared, in UTF-16 units. */
const MAX_PASSAGE = 6000;
/** What two copies share is cut where it is longer. */
const MAX_SHARED = 120;
/** So many differences are shown. */
const MAX_DIFFERENCES = 8;

/** Two copies of a passage, with the words strong that only one of them has. */
export function copiesSideBySide(
  format: Format,
  here: string,
  there: string,
): { readonly here: readonly Inline[]; readonly there: readonly Inline[] } {
  const [own, other] = [here, there].map((text) => format.parse(text.slice(0, MAX_PASSAGE)));
  if (own === undefined || other === undefined) return { here: [], there: [] };
  const differing = differingWords(own, other);
  return { here: shown(own.text, differing.here), there: shown(other.text, differing.there) };
}

function shown(text: string, strong: readonly Span[]): Inline[] {
  const inlines: Inline[] = [];
  let at = 0;
  for (const { start, end } of strong.slice(0, MAX_DIFFERENCES)) {
    inlines.push(shared(text.slice(at, start), at === 0, false));
    inlines.push({ strong: beginning(text.slice(start, end), MAX_SHARED) });
    at = end;
  }
  const more = strong.length - MAX_DIFFERENCES;
  inlines.push(
    shared(text.slice(at), at === 0, true),
    more > 0 ? ` (${more} more differences)` : "",
  );
  return inlines;
}

/** Words that both have; of many, those next to a difference. */
function shared(text: string, isFirst: boolean, isLast: boolean): string {
  if (text.length <= MAX_SHARED) return oneLine(text);
  const half = MAX_SHARED / 2;
  if (isFirst && isLast) return beginning(text, 2 * MAX_SHARED);
  if (isFirst) return ending(text, half);
  return isLast ? beginning(text, half) : `${beginning(text, half)} ${ending(text, half)}`;
}
