import { decodeHTML } from "entities";

/** An HTML tag, read for what matters to prose. */
export interface Tag {
  /** In lower case. */
  readonly name: string;
  readonly closes: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

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
  return { name: (match[2] ?? "").toLowerCase(), closes: match[1] === "/", attributes };
}
