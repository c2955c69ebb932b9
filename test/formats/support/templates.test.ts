import { describe, expect, test } from "vitest";
import {
  holdsCloser,
  isTemplateLine,
  isTemplateValue,
  MAX_TEMPLATE_LENGTH,
  pairedTemplate,
  pairedTemplateEnd,
  templateEnd,
} from "../../../server/src/formats/support/templates.ts";

describe("the end of an expression", () => {
  test.each([
    ["{{ a }} b", "{{ a }}"],
    ["{{{ a }}} b", "{{{ a }}}"],
    ["{{< a >}} b", "{{< a >}}"],
    ["{{% a %}} b", "{{% a %}}"],
    ["{% a %} b", "{% a %}"],
    ["{# a #} b", "{# a #}"],
    ["{{}}", "{{}}"],
    ["{{ a }} {{ b }}", "{{ a }}"],
    // One kind doesn't end another.
    ["{{< a }} >}}", "{{< a }} >}}"],
  ])("%s", (text, expression) => {
    expect(templateEnd(text, 0)).toBe(expression.length);
    // It is the same everywhere.
    expect(templateEnd(`x${text}`, 1)).toBe(1 + expression.length);
  });

  test.each(["", "a", "{", "{{", "{a}", "{%}", "{#a#}", "{{ a", "{{< a }}", "a {{ b }}"])(
    "has no end: %s",
    (text) => {
      expect(templateEnd(text, 0)).toBe(-1);
    },
  );

  test("a longer one than allowed is text with stray braces", () => {
    const long = (length: number): string => `{{${"a".repeat(length - 4)}}}`;
    expect(templateEnd(long(MAX_TEMPLATE_LENGTH), 0)).toBe(MAX_TEMPLATE_LENGTH);
    expect(templateEnd(long(MAX_TEMPLATE_LENGTH + 1), 0)).toBe(-1);
  });
});

describe("pairs whose content is not prose", () => {
  test.each([
    ["{% comment %} a {% endcomment %} b", true, "{% comment %} a {% endcomment %}"],
    ["{%- highlight ruby -%}\na\n{%- endhighlight -%}", false, undefined],
    ["{{< comment >}} a {{< /comment >}} b", true, "{{< comment >}} a {{< /comment >}}"],
    ["{{% math %}} a {{% /math %}} b", false, "{{% math %}} a {{% /math %}}"],
    ["{/* a */} b", true, "{/* a */}"],
    ["{::comment} a {:/comment} b", true, "{::comment} a {:/comment}"],
    ["{::comment} a {:/} b", true, "{::comment} a {:/}"],
  ])("%s", (text, hides, pair = text) => {
    expect(pairedTemplate(text)?.hides).toBe(hides);
    expect(pairedTemplateEnd(text, 0)).toBe(pair.length);
    expect(pairedTemplateEnd(`x${text}`, 1)).toBe(1 + pair.length);
    expect(holdsCloser(text)).toBe(true);
  });

  test.each([
    "",
    "a",
    "{{ a }}",
    "{% if a %} b {% endif %}",
    // Others whose names begin with it.
    "{% comments %} a {% endcomment %}",
    "{% code-toggle %} a {% endcode %}",
    // It is self-closing.
    "{{< comment />}} a",
    // Its tag does not end.
    "{% comment",
    "{::comment /} a",
  ])("is not a pair: %s", (text) => {
    expect(pairedTemplate(text)).toBeUndefined();
    expect(pairedTemplateEnd(text, 0)).toBe(-1);
  });

  test("one that is never closed has no end", () => {
    expect(pairedTemplate("{% comment %} a")).toBeDefined();
    expect(pairedTemplateEnd("{% comment %} a", 0)).toBe(-1);
    expect(pairedTemplateEnd("{% comment %} a {% endhighlight %}", 0)).toBe(-1);
  });

  test("the end of another one doesn't close it", () => {
    expect(holdsCloser("{% endif %} {{ a }} {{< /figure >}} }")).toBe(false);
  });
});

test.each([
  ["{{ a }}", true],
  ["{{< figure >}}", true],
  ["{% include a %}", true],
  ["{{ if a }}", false],
  ["{{- end -}}", false],
  ["{{#each a}}", false],
  ["{{/each}}", false],
  ["{{< /figure >}}", false],
  ["{% endif %}", false],
  ["{%- assign a = b %}", false],
  ["{# a #}", false],
  ["{/* a */}", false],
  ["{{ iffy }}", true],
  ["{{ ended }}", true],
])("%s is a value that counts as a word: %s", (expression, expected) => {
  expect(isTemplateValue(expression)).toBe(expected);
});

test.each([
  ["{{ a }}", true],
  [" {% a %}\t{{ b }} ", true],
  ["{{ a }}{{ b }}", true],
  ["", false],
  ["  ", false],
  ["{{ a }} b", false],
  ["a {{ b }}", false],
  ["{{ a", false],
])("“%s” is a line of expressions only: %s", (line, expected) => {
  expect(isTemplateLine(line)).toBe(expected);
});
