import { parser as commonMark } from "@lezer/markdown";
import { expect, test } from "vitest";
import { FOOTNOTE_USE, LINK_ENDS, WIKI_LINKS } from "../../../server/src/formats/markdown/links.ts";
import { nodesTold } from "../../support/markdown-nodes.ts";

const parser = commonMark.configure({
  defineNodes: ["Footnote", "WikiLink", "Template"],
  parseInline: [FOOTNOTE_USE, LINK_ENDS, WIKI_LINKS],
});

test.each<[string, string[]]>([
  ["a[^1] b", ["Footnote: [^1]"]],
  ["a![^1] b", ["Footnote: [^1]"]],
  ["[^a b]", ["Link: [^a b]"]],
  ["[^]", ["Link: [^]"]],
  [`[^${"a".repeat(201)}]`, [`Link: [^${"a".repeat(201)}]`]],
  ["[a](b)", ["Link: [a](b)", "URL: b"]],
  // A target with spaces in it.
  ["[a]({% link b.md %}) c", ["Link: [a]({% link b.md %})", "URL: {% link b.md %}"]],
  ["[a]( {{ b }}/c 'title' ) d", ["Link: [a]( {{ b }}/c 'title' )", "URL: {{ b }}/c"]],
  ["![a]({{ b | c }})", ["Image: ![a]({{ b | c }})", "URL: {{ b | c }}"]],
  ["[a]({{ b )", ["Link: [a]"]],
  ["a]({{ b }})", []],
  // In its own brackets, and then a footnote.
  ["[a][^1]", ["Link: [a]", "Footnote: [^1]"]],
  ["![a][^1]", ["Image: ![a]", "Footnote: [^1]"]],
  ["[a][b]", ["Link: [a][b]"]],
  // Links of wikis.
  ["see [[a b]], [[c|d e]]", ["WikiLink: [[a b]]", "WikiLink: [[c|d e]]"]],
  ["see ![[a.png]] and [[!toc levels=2]]", ["Template: ![[a.png]]", "Template: [[!toc levels=2]]"]],
  ["[[1]](a)", ["Link: [1]"]],
  ["plan[[2]], x[[a]] and [[3]]", ["Link: [2]", "Link: [a]", "Link: [3]"]],
  ["[[TODO]] [[link]] [[todo list]]", ["Link: [TODO]", "Link: [link]", "WikiLink: [[todo list]]"]],
  ["[[ -f a ]]", ["Link: [ -f a ]"]],
  ["[[Insert name]] [[TK]]", ["Link: [Insert name]", "Link: [TK]"]],
  ["[[a\nb]]", ["Link: [a\nb]"]],
  [`[[${"a".repeat(201)}]]`, [`Link: [${"a".repeat(201)}]`]],
])("%s", (text, expected) => {
  expect(
    nodesTold(parser, text, ["Footnote", "WikiLink", "Template", "Link", "Image", "URL"]),
  ).toEqual(expected);
});
