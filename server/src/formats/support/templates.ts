const OPEN = 123; // {

/** An expression longer than this is taken for an accident. */
const LONGEST = 4000;

/** What a template engine does rather than says: nothing of it is seen on the page. */
const STATEMENT =
  /^(?:\{\{-?\s*(?:[#/^!]|else\b|end\b|if\b|range\b|with\b|define\b|block\b|template\b)|\{\{[<%]\s*\/|\{#|\{%-?\s*(?:end\w*|if|elsif|elseif|elif|else|unless|case|when|for|break|continue|assign|capture|increment|decrement|comment|raw|verbatim|set|block|extends|import|from|macro|call|filter|autoescape|with|load|cycle|tablerow|layout|paginate|style|schema|javascript|trans|pluralize|spaceless|do)\b)/;

/**
 * Where the template expression at `start` ends, in UTF-16 units of `text`, or -1 where there is none:
 * `{{ … }}`, `{{< … >}}`, `{% … %}`, `{# … #}`.
 */
export function templateEnd(text: string, start: number, end = text.length): number {
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
  const window = text.slice(start, Math.min(end, start + LONGEST));
  const found = window.indexOf(close, 2);
  return found < 0 ? -1 : start + found + close.length;
}

/** Whether an expression puts something on the page, and so counts as a word. */
export function isTemplateValue(expression: string): boolean {
  return !STATEMENT.test(expression);
}

/** Whether a line is nothing but template expressions. */
export function isTemplateLine(line: string): boolean {
  let at = 0;
  let found = false;
  for (;;) {
    while (at < line.length && isSpace(line.charCodeAt(at))) at++;
    if (at >= line.length) return found;
    const end = templateEnd(line, at);
    if (end < 0) return false;
    found = true;
    at = end;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
