import { describe, expect, it } from "vitest";
import { getFormat } from "../../server/src/formats/registry.ts";
import { outline } from "./laws.ts";

/** The marks of the first block, as kind, source, and target or label. */
function marks(text: string): string[] {
  const [block] = getFormat("markdown").parse(text).blocks;
  return (block?.marks ?? []).map(
    ({ kind, start, end, target, label }) =>
      `${kind} ${block?.source.slice(start, end) ?? ""} ${target ?? label ?? ""}`,
  );
}

const M = "\uFFFC";

describe("definition lists", () => {
  it.each<[string, string[]]>([
    ["Ferry\n: A boat.", ["paragraph Ferry", "paragraph- A boat."]],
    ["Ferry\n\n:   A boat.", ["paragraph Ferry", "paragraph- A boat."]],
    [
      "Ferry\nBoat\n: A ship.\n: A line.\n\nNext\n: One.",
      [
        "paragraph Ferry\nBoat",
        "paragraph- A ship.",
        "paragraph- A line.",
        "paragraph Next",
        "paragraph- One.",
      ],
    ],
    [
      "Ferry\n: A boat\n  that calls.\n\n  It is old.\n\n      code\n\nAfter.",
      [
        "paragraph Ferry",
        "paragraph- A boat\nthat calls.",
        "paragraph- It is old.",
        "code- code",
        "paragraph After.",
      ],
    ],
    [
      "`a`\n:   - one\n    - two\n\n    !!! note\n        Mind it.",
      [
        `paragraph ${M}`,
        "paragraph-- one",
        "paragraph-- two",
        "directive- !!! note",
        "paragraph- Mind it.",
      ],
    ],
    ["> Ferry\n> : A boat.", ["paragraph> Ferry", "paragraph->" + " A boat."]],
    ["- Ferry\n  : A boat.", ["paragraph- Ferry", "paragraph-- A boat."]],
    ["| a |\n|---|\n| b |\n: The fares {#t}", ["cell a", "cell b", "paragraph- The fares"]],
    ["term\n: one\n\n two", ["paragraph term", "paragraph- one", "paragraph two"]],
    ["    : text", ["code : text"]],
    ["Time\n:30 was up.", ["paragraph Time\n:30 was up."]],
  ])("%j", (text, expected) => {
    expect(outline(text, "markdown")).toEqual(expected);
  });
});

describe("templates", () => {
  it.each<[string, string[]]>([
    [
      "{% comment %}\nNot for\n\nprint.\n{% endcomment %}\nText",
      ["comment {% comment %}\nNot for\n\nprint.\n{% endcomment %}", "paragraph Text"],
    ],
    ["A {% comment %}no{% endcomment %}b.", ["paragraph A b."]],
    ["{% comment %}no{% endcomment %} A.", ["paragraph  A."]],
    [
      "{% comment %}\nno\n{% endcomment %} A.\nB.\n\nC.",
      ["comment {% comment %}\nno\n{% endcomment %}", "paragraph A.\nB.", "paragraph C."],
    ],
    ["{{< comment >}}\nno\n{{< /comment >}}", ["comment {{< comment >}}\nno\n{{< /comment >}}"]],
    ["{::comment}\nno\n{:/comment}", ["comment {::comment}\nno\n{:/comment}"]],
    [
      "{% highlight ruby %}\na\n\nb\n{% endhighlight %}\n\nText",
      ["code {% highlight ruby %}\na\n\nb\n{% endhighlight %}", "paragraph Text"],
    ],
    ["{{< mermaid >}}\na\n{{< /mermaid >}}", ["code {{< mermaid >}}\na\n{{< /mermaid >}}"]],
    [
      "[a]: {% link b.md %}\n[c]: {{< relref \"d\" >}} 'Title'\n[e]: {{ site.url }}/f\n[g]: /h",
      [
        "definition [a]: {% link b.md %}",
        "definition [c]: {{< relref \"d\" >}} 'Title'",
        "definition [e]: {{ site.url }}/f",
        "definition [g]: /h",
      ],
    ],
    ["{/* a\nb */} {/* c\nd */}\nwords", ["comment {/* a\nb */} {/* c\nd */}", "paragraph words"]],
    // Text after one that is never closed is read.
    ["{% comment %}\nwords", ["directive {% comment %}", "paragraph words"]],
    ["{/* a\nwords", ["comment {/* a", "paragraph words"]],
    [
      "words\n{% comment %}\na\n{% endcomment %}",
      ["paragraph words", "comment {% comment %}\na\n{% endcomment %}"],
    ],
    [
      "> {% comment %}\n> a\n\nwords {% endcomment %}",
      ["comment> {% comment %}\n> a", "paragraph words"],
    ],
    ["[a]: {{ b }} words", [`paragraph [a]: ${M} words`]],
    ["[a](/a/{{ b }}/c) [d]({{ e }}{{ f }} 'g') [h]({i}{{ j }})", ["paragraph a d h"]],
    ["[a](b {{ c }}) a]({{ b }})", [`paragraph [a](b ${M}) a](${M})`]],
    [`[a](${"a".repeat(600)}{{ b }})`, [`paragraph [a](${"a".repeat(600)}${M})`]],
    ["Read [the report]({% link a b.md %}).", ["paragraph Read the report."]],
    [
      'Read [it]({{< ref "a b" >}} "Title") and ![x]({{ a | b }}/c).',
      [`paragraph Read it and ${M}.`],
    ],
    [
      "{{< tabs >}}\n[Shell]()\n[Python](#)\n{{< /tabs >}}\nText",
      [
        "directive {{< tabs >}}\n[Shell]()\n[Python](#)",
        "directive {{< /tabs >}}",
        "paragraph Text",
      ],
    ],
  ])("%j", (text, expected) => {
    expect(outline(text, "markdown")).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ["[a]({% link b.md %})", ["link [a]({% link b.md %}) {% link b.md %}"]],
    ["![a]({{ b }}/c d)", ["reference ![a] a"]],
    ["![a]({{ b | c }})", ["image ![a]({{ b | c }}) {{ b | c }}"]],
    ["[a][^1]", ["reference [a] a", "footnote [^1] 1"]],
    ["![a][^1]", ["reference ![a] a", "footnote [^1] 1"]],
    ["along![^1]", ["footnote [^1] 1"]],
    ["[a]: {% link b.md %}", ["definition [a]: {% link b.md %} {%"]],
  ])("%j", (text, expected) => {
    expect(marks(text)).toEqual(expected);
  });
});

describe("components", () => {
  it.each<[string, string[]]>([
    [
      "<Tab>\n```js\na\n\nb\n```\n</Tab>",
      ["directive <Tab>", "code ```js\na\n\nb\n```", "directive </Tab>"],
    ],
    [
      "<Note>\nSome *text*.\n</Note>",
      ["directive <Note>", "paragraph Some text.", "directive </Note>"],
    ],
    [
      "<details>\n```js\na\n\nb\n```\n</details>",
      ["directive <details>", "code ```js\na\n\nb\n```", "directive </details>"],
    ],
    ["<Link to={a[0]}>The *map*</Link> is here.", ["paragraph The map is here."]],
    ["Read\n<Link to='a'>the map</Link> first.", ["paragraph Read\nthe map first."]],
    [
      "- Set <Option>a</Option>\n- <Option>b</Option> is set",
      ["paragraph- Set a", "paragraph- b is set"],
    ],
    ["</Tab></Tabs>\n*a*", ["directive </Tab></Tabs>", "paragraph a"]],
    [
      "<Tabs.Item a={{ d: 1 }} e='>'>\n*a*",
      ["directive <Tabs.Item a={{ d: 1 }} e='>'>", "paragraph a"],
    ],
    // HTML, in the ways that it may be written, and with it.
    ["<P>*a*", ["paragraph *a*"]],
    ["<TABLE>\n*a*", ["paragraph *a*"]],
    ["<Tab-a>\n*b*", ["paragraph *b*"]],
    ["<p><Tab>\n*a*", ["paragraph *a*"]],
    ["<Tab><p>  \n*a*", ["directive <Tab>", "paragraph a"]],
    [`<Tab>${"<p>".repeat(666)}\n*a*`, [`paragraph ${M}\na`]],
    ["    <div>", ["code <div>"]],
    ["words\n{/* a\n\nb */}", ["paragraph words", "comment {/* a\n\nb */}"]],
    ["words\n<Tab>\nmore", ["paragraph words", "directive <Tab>", "paragraph more"]],
    ["<script>\na\n\nb</script>\nc", ["directive <script>\na\n\nb</script>", "paragraph c"]],
    ["{/* not\n\nfor print */}", ["comment {/* not\n\nfor print */}"]],
    ["A {/* no */}b.", ["paragraph A b."]],
    ["{/* no */}\nText", ["comment {/* no */}", "paragraph Text"]],
    [
      "<!-- a\n\nb -->\n<?php a ?>\n\n<div>\nb",
      ["comment <!-- a\n\nb -->", "directive <?php a ?>", "paragraph b"],
    ],
  ])("%j", (text, expected) => {
    expect(outline(text, "markdown")).toEqual(expected);
  });
});

describe("tags over several lines, formulas, comments", () => {
  it.each<[string, string[]]>([
    [
      "<a\n  href='b'\n  style={{ a: 'b' }}\n>\n  Text\n</a>",
      ["directive <a\n  href='b'\n  style={{ a: 'b' }}\n>", "paragraph Text"],
    ],
    [
      "<Tabs\n  values={[\n    <b>x</b>,\n  ]}>\n<Tab>\n```js\na\n\nb\n```",
      [
        "directive <Tabs\n  values={[\n    <b>x</b>,\n  ]}>",
        "directive <Tab>",
        "code ```js\na\n\nb\n```",
      ],
    ],
    ["<a\nhref='b'>Text</a> is here.", ["paragraph Text is here."]],
    ["<Chart\n  a\n\nwords", ["directive <Chart\n  a", "paragraph words"]],
    ["<Chart\n```\na\n```", ["directive <Chart", "code ```\na\n```"]],
    ["$$\na\n$$ (eq-1)\n\nText", ["code $$\na\n$$ (eq-1)", "paragraph Text"]],
    [
      "\\begin{align}\na\n\\end{align}\nText",
      ["code \\begin{align}\na\n\\end{align}", "paragraph Text"],
    ],
    ["Text\n\n\\newpage", ["paragraph Text", "directive \\newpage"]],
    [
      "<!-- a --> <!-- md:b c --> It is\nlong.\n<!-- d --> It goes on.",
      ["paragraph   It is\nlong.\n It goes on."],
    ],
    ["Text\n<!-- a -->\nmore", ["paragraph Text", "comment <!-- a -->", "paragraph more"]],
    ['> [!div class="a"]\n> Text', ['directive> [!div class="a"]', "paragraph> Text"]],
  ])("%j", (text, expected) => {
    expect(outline(text, "markdown")).toEqual(expected);
  });
});

describe("directives and shorthands", () => {
  it.each<[string, string[]]>([
    [
      ":::{note}\n:class: dropdown\nText\n:::",
      ["directive :::{note}\n:class: dropdown", "paragraph Text", "directive :::"],
    ],
    ["> :::{note}\n:class: a", ["directive> :::{note}", "paragraph \u2728 a"]],
    ["(a-place)=\n# Head", ["directive (a-place)=", "heading1 Head"]],
    ["% a comment\nText", ["directive % a comment", "paragraph Text"]],
    ['+++\n\nText\n+++ {"a": 1}', ["directive +++", "paragraph Text", 'directive +++ {"a": 1}']],
    [
      "*[HTML]: A language\n*[CSS]: Another",
      ["directive *[HTML]: A language", "directive *[CSS]: Another"],
    ],
    ["*[Ed.]: it was so*", ["paragraph [Ed.]: it was so"]],
    [
      "/// note | Title\nText\n///",
      ["directive /// note | Title", "paragraph Text", "directive ///"],
    ],
    [
      '=== "Tab"\n\n    Text\n\n        code\n\n    ```sh\n    run\n    ```\n===! "Other"\n    Text\n\nText',
      [
        'directive === "Tab"',
        "paragraph Text",
        "code code",
        "code ```sh\n    run\n    ```",
        'directive ===! "Other"',
        "paragraph Text",
        "paragraph Text",
      ],
    ],
    ['- === "Tab"\n\n      Text', ['directive- === "Tab"', "paragraph- Text"]],
    ["Head\n===\n\n=== Text\n\n    code", ["heading1 Head", "paragraph === Text", "code code"]],
    ['--8<-- "a.md"\n\n<<< @/a.js', ['directive --8<-- "a.md"', "directive <<< @/a.js"]],
    ["# [Bash](#tab/bash)\n\nText", ["directive # [Bash](#tab/bash)", "paragraph Text"]],
    [
      "[!INCLUDE [a](b.md)]\n[!code-csharp[](c.cs)]\n[!VIDEO https://a.bc/d]",
      [
        "directive [!INCLUDE [a](b.md)]",
        "directive [!code-csharp[](c.cs)]",
        "directive [!VIDEO https://a.bc/d]",
      ],
    ],
    ["It runs on [!INCLUDE [a](b.md)] now.", [`paragraph It runs on ${M} now.`]],
    [
      "+---+---+\n| a | b |\n+===+===+\n\nText",
      ["directive +---+---+\n| a | b |\n+===+===+", "paragraph Text"],
    ],
    ['Press :::image type="icon" source="a b.png"::: to go.', [`paragraph Press ${M} to go.`]],
    ["Press :material-plus: or ++ctrl+c++.", [`paragraph Press ${M} or ${M}.`]],
    ["It is cleaner :sparkles:.", ["paragraph It is cleaner \u2728."]],
    [
      "See {ref}`a` and :py:func:`b`, not a::b:: or C++ and 10:20:30.",
      [`paragraph See ${M} and ${M}, not a::b:: or C++ and 10:20:30.`],
    ],
    [
      "See [[a b]], [[c|d e]], ![[a.png]] and [[!toc levels=2]].",
      [`paragraph See a b, d e, ${M} and ${M}.`],
    ],
    ["![a](b){width=50% } and `c`{=html}, { .d }", [`paragraph ${M} and ${M}, `.trimEnd()]],
    [
      "Since <!-- md:version 9.7 -->, and <!-- no --> it is.",
      [`paragraph Since ${M}, and  it is.`],
    ],
  ])("%j", (text, expected) => {
    expect(outline(text, "markdown")).toEqual(expected);
  });
});

describe("is left as it is, because it is none of these", () => {
  it.each([
    ":text",
    ": : text",
    ":\ntext",
    "at 10:30:20, 1:2:3, :30:",
    "a:b:c, std::vec::a, :a:b, ::a: b",
    "C++ and D++, a++b++, +++a+++",
    "a :::image b",
    "[!NOTE]",
    "[^a b] [^]",
    `a [^${"a".repeat(201)}]`,
    "[a]({{ b )",
    "[[a]](b)",
    "plan[[2]], x[[a]] and [[3]]",
    "[[TODO]] [[link]]",
    "[[ -f a ]]",
    "[[Insert name]] [[TK]]",
    "[[a\nb]]",
    `[[${"a".repeat(201)}]]`,
  ])("%j", (text) => {
    expect(outline(text, "markdown")).toEqual([`paragraph ${text}`]);
  });
});
