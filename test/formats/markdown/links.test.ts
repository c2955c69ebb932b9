import { parser as commonMark } from "@lezer/markdown";
import { expect, test } from "vitest";
import { FOOTNOTE_USE, LINK_ENDS } from "../../../server/src/formats/markdown/links.ts";
import { nodesTold } from "../../support/markdown-nodes.ts";

const parser = commonMark.configure({
  defineNodes: ["Footnote"],
  parseInline: [FOOTNOTE_USE, LINK_ENDS],
});

test.each<[string, string[]]>([
  ["a[^1] b", ["Footnote: [^1]"]],
  ["a![^1] b", ["Footnote: [^1]"]],
  ["[^a b]", ["Link: [^a b]"]],
  ["[^]", ["Link: [^]"]],
  [`[^${"a".repeat(201)}]`, [`Link: [^${"a".repeat(201)}]`]],
  ["[a](b)", ["Link: [a](b)", "URL: b"]],
  // A target with blanks in it.
  ["[a]({% link b.md %}) c", ["Link: [a]({% link b.md %})", "URL: {% link b.md %}"]],
  ["[a]( {{ b }}/c 'title' ) d", ["Link: [a]( {{ b }}/c 'title' )", "URL: {{ b }}/c"]],
  ["![a]({{ b | c }})", ["Image: ![a]({{ b | c }})", "URL: {{ b | c }}"]],
  ["[a]({{ b )", ["Link: [a]"]],
  ["a]({{ b }})", []],
  // In brackets of its own, and then a footnote.
  ["[a][^1]", ["Link: [a]", "Footnote: [^1]"]],
  ["![a][^1]", ["Image: ![a]", "Footnote: [^1]"]],
  ["[a][b]", ["Link: [a][b]"]],
])("%s", (text, expected) => {
  expect(nodesTold(parser, text, ["Footnote", "Link", "Image", "URL"])).toEqual(expected);
});
