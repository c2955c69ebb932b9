const OPEN = 123; // {

/** The longest expression, in UTF-16 units; longer ones are text with stray braces. */
export const MAX_TEMPLATE_LENGTH = 4000;

/** Template statements, which produce no output themselves. */
const STATEMENT =
  /^(?:\{(?:\/\*|::comment)|\{\{[<%]\s*comment\b|\{\{-?\s*(?:[#/^!]|else\b|end\b|if\b|range\b|with\b|define\b|block\b|template\b)|\{\{[<%]\s*\/|\{#|\{%-?\s*(?:end\w*|if|elsif|elseif|elif|else|unless|case|when|for|break|continue|assign|capture|increment|decrement|comment|raw|verbatim|set|block|extends|import|from|macro|call|filter|autoescape|with|load|cycle|tablerow|layout|paginate|style|schema|javascript|trans|pluralize|spaceless|do)\b)/;

/**
 * The end of the template expression at `start`, in UTF-16 units of `text`, or -1 if there is none: `{{ … }}`, `{{< …
 * >}}`, `{% … %}`, `{# … #}`.
 */
export function templateEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== OPEN) return -1;
  const next = text.charAt(start + 1);
  let close: string;
  if (next === "{") {
    const third = text.charAt(start + 2);
    close = third === "{" ? "}}}" : third === "<" ? ">}}" : third === "%" ? "%}}" : "}}";
  } else if (next === "%") {
    close = "%}";
  } else if (next === "#" && /\s/.test(text.charAt(start + 2))) {
    close = "#}";
  } else {
    return -1;
  }
  const window = text.slice(start, start + MAX_TEMPLATE_LENGTH);
  const at = window.indexOf(close, 2);
  return at < 0 ? -1 : start + at + close.length;
}

/** A pair of expressions whose content is not prose: a comment, or code. */
export interface PairedTemplate {
  readonly hides: boolean;
  /** Matches the closing expression. */
  readonly closer: RegExp;
}

/** Tags of Liquid, Jinja, Nunjucks and Hexo, and shortcodes of Hugo, that enclose no prose and must be closed. */
const TAGS =
  "comment|highlight|codeblock|code|mermaid|plantuml|graphviz|math|javascript|stylesheet|style|schema";
const SHORTCODES = "comment|highlight|mermaid|katex|math|plantuml|graphviz|code-toggle";
const PAIRED = new RegExp(`^(?:\\{%-?\\s*(${TAGS})|\\{\\{[<%]\\s*(${SHORTCODES}))(?![\\w-])`);
/** Blanks within a line. */
const BLANKS = "[^\\S\\n]*";
/** A comment of kramdown. */
const KRAMDOWN = /^\{::comment\b[^{}\n]{0,200}(?<!\/)\}/;
const KRAMDOWN_END = /\{:\/(?:comment)?\}/;

/** The pair at the start of a text; undefined if there is none. */
export function pairedTemplate(text: string): PairedTemplate | undefined {
  if (text.charCodeAt(0) !== OPEN) return undefined;
  if (text.startsWith("{/*")) return { hides: true, closer: JSX_COMMENT_END };
  if (KRAMDOWN.test(text)) return { hides: true, closer: KRAMDOWN_END };
  const [, tag, shortcode] = PAIRED.exec(text) ?? [];
  const name = tag ?? shortcode;
  if (name === undefined) return undefined;
  const end = templateEnd(text, 0);
  if (end < 0 || text.startsWith("/>", end - 4)) return undefined;
  return { hides: name === "comment", closer: toCloser(name, tag === undefined) };
}

const JSX_COMMENT_END = /\*\/\}/;
const closers = new Map<string, RegExp>();

function toCloser(name: string, isShortcode: boolean): RegExp {
  const source = closerSource(name, isShortcode);
  let closer = closers.get(source);
  if (closer === undefined) closers.set(source, (closer = new RegExp(source)));
  return closer;
}

/** A closer is on one line. */
function closerSource(name: string, isShortcode: boolean): string {
  return isShortcode
    ? `\\{\\{[<%]${BLANKS}/${BLANKS}${name}${BLANKS}[>%]\\}\\}`
    : `\\{%-?${BLANKS}end${name}${BLANKS}-?%\\}`;
}

const ANY_CLOSER = new RegExp(
  `${JSX_COMMENT_END.source}|${KRAMDOWN_END.source}|${closerSource(`(?:${TAGS})`, false)}|${closerSource(`(?:${SHORTCODES})`, true)}`,
);

/** Whether a text has an expression that may end such a pair. */
export function holdsCloser(text: string): boolean {
  return ANY_CLOSER.test(text);
}

/** The end of the pair at `start`, in UTF-16 units of `text`, or -1 if there is none. */
export function pairedTemplateEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== OPEN) return -1;
  const window = text.slice(start, start + MAX_TEMPLATE_LENGTH);
  const closed = pairedTemplate(window)?.closer.exec(window);
  return closed === undefined || closed === null ? -1 : start + closed.index + closed[0].length;
}

/** Whether an expression produces output, and so counts as a word. */
export function isTemplateValue(expression: string): boolean {
  return !STATEMENT.test(expression);
}

/** Whether a line contains only template expressions. */
export function isTemplateLine(line: string): boolean {
  let at = 0;
  let hasExpression = false;
  for (;;) {
    while (at < line.length && isSpace(line.charCodeAt(at))) at++;
    if (at >= line.length) return hasExpression;
    const end = templateEnd(line, at);
    if (end < 0) return false;
    hasExpression = true;
    at = end;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
