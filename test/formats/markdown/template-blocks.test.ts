import { describe, expect, test } from "vitest";
import { markdownParser } from "../../../server/src/formats/markdown/syntax.ts";
import { templateTargetEnd } from "../../../server/src/formats/markdown/template-blocks.ts";
import { nodesTold } from "../../support/markdown-nodes.ts";

describe("a target with a template in it", () => {
  test.each([
    ["{% link a.md %}", "{% link a.md %}"],
    ["/a/{{ b }}/c) d", "/a/{{ b }}/c"],
    ["{{ a }}{{ b }} c", "{{ a }}{{ b }}"],
    ["{a}{{ b }}", "{a}{{ b }}"],
  ])("%s", (text, target) => {
    expect(templateTargetEnd(text, 0)).toBe(target.length);
    expect(templateTargetEnd(`(${text}`, 1)).toBe(1 + target.length);
  });

  test.each(["", "a", "a b {{ c }}", ") {{ c }}", "{{ a", "{a}", `${"a".repeat(600)}{{ b }}`])(
    "is not a target: %s",
    (text) => {
      expect(templateTargetEnd(text, 0)).toBe(-1);
    },
  );
});

describe("comments and code of template engines", () => {
  const names = "TemplateComment TemplateCode Paragraph LinkReference Directive".split(" ");
  const told = (text: string): string[] => nodesTold(markdownParser, text, names);

  test.each<[string, string[]]>([
    ["{% comment %} a {% endcomment %}", ["TemplateComment: {% comment %} a {% endcomment %}"]],
    [
      "{% comment %}\na\n\nb\n{% endcomment %}\nwords",
      ["TemplateComment: {% comment %}\na\n\nb\n{% endcomment %}", "Paragraph: words"],
    ],
    [
      "{% highlight js %}\na\n{% endhighlight %}",
      ["TemplateCode: {% highlight js %}\na\n{% endhighlight %}"],
    ],
    ["{/* a\nb */}", ["TemplateComment: {/* a\nb */}"]],
    // Words after the closer are read.
    [
      "{% comment %}\na\n{% endcomment %} words",
      ["TemplateComment: {% comment %}\na\n{% endcomment %}", "Paragraph: words"],
    ],
    [
      "{% comment %} a {% endcomment %} words",
      ["Paragraph: {% comment %} a {% endcomment %} words"],
    ],
    // Another pair continues after it.
    [
      "{/* a\nb */} {/* c\nd */}\nwords",
      ["TemplateComment: {/* a\nb */} {/* c\nd */}", "Paragraph: words"],
    ],
    // Text after one that is never closed is read.
    ["{% comment %}\nwords", ["Directive: {% comment %}", "Paragraph: words"]],
    ["{/* a\nwords", ["TemplateComment: {/* a", "Paragraph: words"]],
    // It ends a paragraph.
    [
      "words\n{% comment %}\na\n{% endcomment %}",
      ["Paragraph: words", "TemplateComment: {% comment %}\na\n{% endcomment %}"],
    ],
    [
      "> {% comment %}\n> a\n\nwords {% endcomment %}",
      ["TemplateComment: {% comment %}\n> a", "Paragraph: words {% endcomment %}"],
    ],
    ["[a]: {% link b.md %}", ["LinkReference: [a]: {% link b.md %}"]],
    ['[a]: {{ b }}/c "title"', ['LinkReference: [a]: {{ b }}/c "title"']],
    ["[a]: {{ b }} words", ["Paragraph: [a]: {{ b }} words"]],
  ])("%j", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});
