import { parser as commonMark } from "@lezer/markdown";
import { expect, test } from "vitest";
import {
  inlineParsersByFirstUnit,
  offerLinesByFirstUnit,
} from "../../../server/src/formats/markdown/first-units.ts";
import { nodesTold } from "../../support/markdown-nodes.ts";

// That all of Galley's syntax reads the same this way is held by test/formats/markdown-first-units.test.ts.

test("a unit is offered to those that may begin with it, and to those of which nothing is said", () => {
  const own = (): number => -1;
  const parser = commonMark.configure({ parseInline: [{ name: "Own", parse: own }] });
  const parsersOf = inlineParsersByFirstUnit(parser);
  const counts = ["`", "x", "é"].map((char) => parsersOf(char.charCodeAt(0)).length);
  expect(counts).toEqual([2, 1, 1]);
  for (const char of "`x[é\u{FFFF}") expect(parsersOf(char.charCodeAt(0))).toContain(own);
});

test("lines are read as by the parser's own loop", () => {
  const names = [
    "ATXHeading1",
    "Blockquote",
    "BulletList",
    "FencedCode",
    "HTMLBlock",
    "HorizontalRule",
    "OrderedList",
    "Paragraph",
    "CodeBlock",
  ];
  const quick = commonMark.configure({});
  offerLinesByFirstUnit(quick);
  for (const text of [
    "# a",
    "> a",
    "- a\n- b",
    "1. a",
    "```\na\n```",
    "<div>\na",
    "---",
    "    a",
    "a\n# b",
    "a\n---\n> b",
    "é",
  ]) {
    expect(nodesTold(quick, text, names), text).toEqual(
      nodesTold(commonMark.configure([{}]), text, names),
    );
  }
});
