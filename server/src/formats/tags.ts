import { decodeHTML } from "entities";

/** An HTML tag, read for what matters to prose. */
export interface Tag {
  /** In lower case. */
  readonly name: string;
  readonly closes: boolean;
  readonly selfCloses: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

/** A tag of more units is taken for text. */
const LONGEST_TAG = 4000;

const NAME = /^<(\/?)([A-Za-z][\w:.-]*)/;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Reads one tag, `<a href="…">` or `</a>`; undefined where it is none. */
export function readTag(source: string): Tag | undefined {
  const match = NAME.exec(source);
  if (match === null) return undefined;
  const attributes = new Map<string, string>();
  const rest = source.slice(match[0].length, -1);
  for (const found of rest.matchAll(ATTRIBUTE)) {
    const key = (found[1] ?? "").toLowerCase();
    const value = found[2] ?? found[3] ?? found[4] ?? "";
    if (!attributes.has(key)) attributes.set(key, decodeHTML(value));
  }
  return {
    name: (match[2] ?? "").toLowerCase(),
    closes: match[1] === "/",
    selfCloses: source.endsWith("/>"),
    attributes,
  };
}

/**
 * Where the tag, declaration or instruction that starts at `start` ends (UTF-16 units of `text`), or -1 where
 * "<" begins none.
 */
export function tagEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== 60) return -1;
  const next = text.charAt(start + 1);
  if (next === "%") {
    const close = text.slice(start, start + LONGEST_TAG).indexOf("%>", 2);
    return close < 0 ? -1 : start + close + 2;
  }
  if (next === "?" || next === "!") {
    const closer = next === "?" ? "?>" : ">";
    const close = text.indexOf(closer, start + 2);
    return close < 0 ? text.length : close + closer.length;
  }
  if (!/[A-Za-z/]/.test(next)) return -1;
  let quote = "";
  const limit = Math.min(text.length, start + LONGEST_TAG);
  for (let at = start + 1; at < limit; at++) {
    const char = text.charAt(at);
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (char === ">") {
      return at + 1;
    } else if (char === "<") {
      return -1;
    }
  }
  return -1;
}
