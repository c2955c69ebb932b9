/** An element with its attributes; `content` is already XML, from `element` or `escaped`. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content = "",
): string {
  const shown = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const opening = `<${name}${shown.join("")}`;
  return content === "" ? `${opening}/>` : `${opening}>${content}</${name}>`;
}

/** A text, in an element or an attribute. Characters that XML 1.0 does not allow are replaced. */
export function escaped(text: string | number): string {
  return String(text)
    .replace(NO_CHARACTER, "\uFFFD")
    .replace(/[&<>"'\t\n\r]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** All but the production Char of https://www.w3.org/TR/xml/#charsets. */
const NO_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
