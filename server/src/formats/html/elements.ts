import { wordSet } from "../../text/word-set.ts";
import type { BlockKind } from "../../draft/draft.ts";
import type { Tag } from "../support/tags.ts";

/** The open elements that matter, the innermost first. */
export interface Context {
  readonly name: string;
  readonly outer: Context | undefined;
  readonly depth: number;
  readonly listDepth: number;
  readonly quoteDepth: number;
}

/** Block elements: they end the text before them. */
export const BLOCK = wordSet(
  "html body address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p section summary table caption tbody td tfoot th thead tr ul head title link meta base",
);

/** Elements whose content is not prose. */
const HIDDEN = wordSet(
  "script style template svg nav noscript iframe object canvas audio video select textarea math datalist map title",
);

/** Elements that may be marked as navigation. All have an end tag: without one, the rest of the page would be hidden. */
const CONTAINERS = wordSet("div section aside header footer form span table ul ol menu");

/** Whether the content of an element is not prose. */
export function hidesContent({ name, attributes }: Tag): boolean {
  return HIDDEN.has(name) || (attributes.get("role") === "navigation" && CONTAINERS.has(name));
}

/** Elements that are tracked while they are open. */
const TRACKED = wordSet(
  "ul ol menu dl blockquote li dt dd td th caption figcaption h1 h2 h3 h4 h5 h6 table",
);

const LISTS = new Set(["ul", "ol", "menu"]);

/** The open elements that a start tag closes, if they are inside `within`. */
const ENDS: Readonly<
  Record<string, { readonly names: ReadonlySet<string>; readonly within: ReadonlySet<string> }>
> = {
  li: { names: new Set(["li"]), within: LISTS },
  dt: { names: new Set(["dt", "dd"]), within: new Set(["dl"]) },
  dd: { names: new Set(["dt", "dd"]), within: new Set(["dl"]) },
  td: { names: new Set(["td", "th"]), within: new Set(["table"]) },
  th: { names: new Set(["td", "th"]), within: new Set(["table"]) },
  tr: { names: new Set(["td", "th", "caption"]), within: new Set(["table"]) },
};

export const HEADINGS = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);

/** How many levels are searched for the start tag of an end tag. */
const MAX_DEPTH = 64;

export function opened(context: Context | undefined, name: string): Context | undefined {
  let outer = context;
  const ends = ENDS[name];
  if (ends !== undefined) outer = closedTo(outer, ends.names, ends.within);
  if (HEADINGS.has(name) || name === "p") outer = closedTo(outer, HEADINGS, TRACKED);
  if (!TRACKED.has(name)) return outer;
  return {
    name,
    outer,
    depth: (outer?.depth ?? 0) + 1,
    listDepth: (outer?.listDepth ?? 0) + (LISTS.has(name) ? 1 : 0),
    quoteDepth: (outer?.quoteDepth ?? 0) + (name === "blockquote" ? 1 : 0),
  };
}

function closedTo(
  context: Context | undefined,
  names: ReadonlySet<string>,
  within: ReadonlySet<string>,
): Context | undefined {
  let at = context;
  for (let level = 0; level < MAX_DEPTH && at !== undefined; level++) {
    if (names.has(at.name)) return at.outer;
    if (within.has(at.name)) break;
    at = at.outer;
  }
  return context;
}

export function closed(context: Context | undefined, name: string): Context | undefined {
  return TRACKED.has(name) ? closedTo(context, new Set([name]), new Set()) : context;
}

/** The block kind of a text, by the innermost element around it; `heading` is the heading that consists of the text. */
export function kindWithin(
  heading: string | undefined,
  context: Context | undefined,
): { readonly kind: BlockKind; readonly level: number } {
  const name = heading ?? nearestKind(context);
  if (HEADINGS.has(name)) return { kind: "heading", level: Number(name.slice(1)) };
  if (name === "td" || name === "th") return { kind: "cell", level: 0 };
  return { kind: name === "" ? "paragraph" : "caption", level: 0 };
}

function nearestKind(context: Context | undefined): string {
  let at = context;
  for (let level = 0; level < MAX_DEPTH && at !== undefined; level++) {
    if (/^(?:td|th|caption|figcaption|dt|h[1-6])$/.test(at.name)) return at.name;
    if (LISTS.has(at.name) || at.name === "table") return "";
    at = at.outer;
  }
  return "";
}
