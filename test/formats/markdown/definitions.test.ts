import { parser as commonMark } from "@lezer/markdown";
import { expect, test } from "vitest";
import { DEFINITIONS } from "../../../server/src/formats/markdown/definitions.ts";
import { goesOnIndented } from "../../../server/src/formats/markdown/lines.ts";
import { nodesTold } from "../../support/markdown-nodes.ts";

const parser = commonMark.configure({
  defineNodes: [{ name: "Definition", composite: goesOnIndented }, "DefinitionMark"],
  parseBlock: [DEFINITIONS],
});

test.each<[string, string[]]>([
  ["term\n: text", ["Paragraph: term", "Definition: : text", "Paragraph: text"]],
  ["term\n\n:   text", ["Paragraph: term", "Definition: :   text", "Paragraph: text"]],
  [
    "term\n: one\n: two",
    [
      "Paragraph: term",
      "Definition: : one",
      "Paragraph: one",
      "Definition: : two",
      "Paragraph: two",
    ],
  ],
  // Indented lines continue it, and so do blank ones before them.
  [
    "term\n: one\n\n  two",
    ["Paragraph: term", "Definition: : one\n\n  two", "Paragraph: one", "Paragraph: two"],
  ],
  [
    "term\n: one\n\ntwo",
    ["Paragraph: term", "Definition: : one", "Paragraph: one", "Paragraph: two"],
  ],
  [
    "term\n: one\n\n two",
    ["Paragraph: term", "Definition: : one", "Paragraph: one", "Paragraph: two"],
  ],
  [":text", ["Paragraph: :text"]],
  [": : text", ["Paragraph: : : text"]],
  [":\ntext", ["Paragraph: :\ntext"]],
  ["    : text", []],
])("%j", (text, expected) => {
  expect(nodesTold(parser, text, ["Definition", "Paragraph"])).toEqual(expected);
});
