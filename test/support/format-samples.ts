import type { FormatId } from "../../server/src/formats/registry.ts";

/** What the laws for every format need to know about each. */
export interface FormatSamples {
  /** A draft with a heading, a paragraph, a list and, if the format has them, a quotation. */
  readonly blocks: string;
  readonly paragraph: (text: string) => string;
  readonly draft: (paragraphs: readonly string[]) => string;
  /** The pieces of random drafts, which edits insert. */
  readonly pieces: readonly string[];
}

export const SAMPLES: Readonly<Record<FormatId, FormatSamples>> = {
  markdown: {
    blocks: "# One\n\nTwo three four.\n\n- Five six.\n\n> Seven eight.\n\n<p>Nine ten.</p>\n",
    paragraph: (text) => text,
    draft: (paragraphs) => `# 2026\n\n${paragraphs.join("\n\n")}\n`,
    pieces: [
      ...["\n", "\n", "\n\n", "\n\n", "\r\n", "\r", " ", "  \n", "    ", "\t", "It ended here."],
      ...["It began there.", "and so it went", "- ", "* ", "1. ", "2) ", "> ", "> ".repeat(99)],
      ...["- - - - > ".repeat(11), ">", "# ", "## ", "===\n", "---\n", "***", "```\n", "~~~"],
      ...["[", "]", "](u)", "[^1]", "[^1]: ", "[a]: b", "![", "`", "*", "**", "_", "~~", "<b>"],
      ...["</b>", "<div>\n", "</div>", "<!-- ", "-->", "<!-- stet -->", "| a | b |\n|---|---|\n"],
      ...["|", "{{ x }}", "{{< y >}}", "<Tip", "<Tip a={[", "/>", "{%", "%}", ":::"],
      ...["!!! note\n", "$$\n", "$", "+++\n", "&amp;", "&", "\\", "https://a.bc/d", "a@b.cd"],
      ...["import a from 'b'\n", "[!NOTE]", ": ", ":   a\n", "\n: ", "{% comment %}"],
      ...["{% endcomment %}\n", "{% comment %}\n", "{% endcomment %} ", "{/* ", "*/}"],
      ...["{{< highlight go >}}\n", "{{< /highlight >}}", "[a]: {% link b %}\n"],
      ...["]({% link b %})", "][^1]", "<Tab>\n", "</Tab>\n", "<Link to={a}>", "{{< tabs >}}\n"],
      ...["[Tab]()\n", ":::{note}\n", ":class: a\n", "+---+---+\n", "| a |\n", ":sparkles:"],
      ...[":::image a:::", "{/* a */}", "<!-- a --> b\n", "<a\n  b={[\n", "\\begin{a}\n"],
      ...["\\end{a}", "% a\n", '=== "Tab"\n', "{#id}", "- [ ] ", "- [x] task", "<details>\n"],
      ...["<br>", "\uFEFF", "\uD800", "\u0000", "’", "😀", "[[", "]]", "[[page|", "![[", ":-)"],
    ],
  },
  plaintext: {
    blocks: "One\n===\n\nTwo three four.\n\n- Five six.\n\n> Seven eight.\n",
    paragraph: (text) => text,
    draft: (paragraphs) => `${paragraphs.join("\n\n")}\n`,
    pieces: [
      ...["\n", "\n\n", "\r\n", "\r", " ", "    ", "\t", "It ended here.", "It began there."],
      ...["and so on", "- ", "1. ", "> ", "A Title", "====", "----", "| a | b |", "\uFEFF"],
      ...["\uD800", "😀", ":-)", ";("],
    ],
  },
  html: {
    blocks: "<h1>One</h1><p>Two three four.</p><ul><li>Five six.</li></ul>",
    paragraph: (text) => `<p>${text}</p>`,
    draft: (paragraphs) =>
      `<body>\n${paragraphs.map((text) => `<p>${text}</p>\n`).join("")}</body>\n`,
    pieces: [
      ...["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<li>", "<ul>", "</ul>"],
      ...["<!--", "-->", "<script>", "</script>", "<a href='x'>", "</a>", "<td>", "<h2>"],
      ...["</h2>", "<pre>", "</pre>", "{{ x }}", "<?php ?>", "&amp;", "<", ">", "\n", "\n\n"],
      ...["It ended here.", "It began there.", "\r", "<code>", "</code>", "<img src=x>"],
      ...["<body>", "<head>", "\uD800", "<dl>", "<dt>", "<dd>", "</dt>", "</dl>"],
    ],
  },
};
