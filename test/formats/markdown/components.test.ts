import { parser as commonMark } from "@lezer/markdown";
import { describe, expect, test } from "vitest";
import {
  COMPONENTS,
  HTML_BLOCKS,
  isComponent,
  isComponentLine,
} from "../../../server/src/formats/markdown/components.ts";
import { nodesTold } from "../../support/markdown-nodes.ts";

test.each([
  ["<Tab>", true],
  ["</Tab>", true],
  ["<Tabs.Item a='b' />", true],
  ["<Tab", true],
  ["", false],
  ["Tab", false],
  ["<tab>", false],
  // In the ways that HTML may be written.
  ["<P>", false],
  ["<TABLE>", false],
  ["<Tab-a>", false],
])("%s begins with a component: %s", (text, expected) => {
  expect(isComponent(text)).toBe(expected);
});

test.each([
  ["<Tab>", true],
  ["<Tab><p>  ", true],
  ["<Tab a={b} c={{ d: 1 }} e='>'>", true],
  ["</Tab></Tabs>", true],
  ["<Tab> words", false],
  ["<Tab>words</Tab>", false],
  ["<p><Tab>", false],
  ["<Tab", false],
  [`<Tab>${"<p>".repeat(666)}`, false],
])("%s is a line of tags that begins with a component's: %s", (text, expected) => {
  expect(isComponentLine(text)).toBe(expected);
});

const parser = commonMark.configure({
  defineNodes: [{ name: "Directive", block: true }],
  parseBlock: [
    { name: "Directive", before: "LinkReference", parse: () => false },
    COMPONENTS,
    HTML_BLOCKS,
  ],
});

describe("blocks", () => {
  const told = (text: string): string[] =>
    nodesTold(parser, text, ["Directive", "HTMLBlock", "CommentBlock", "Paragraph", "FencedCode"]);

  test.each<[string, string[]]>([
    [
      "<Chart\n  data={[\n    <b>,\n  ]}\n/>\nwords",
      ["Directive: <Chart\n  data={[\n    <b>,\n  ]}\n/>", "Paragraph: words"],
    ],
    ["<Chart data={[\n1]}>\nwords", ["Directive: <Chart data={[\n1]}>", "Paragraph: words"]],
    ["<img\n  src=a\n>\nwords", ["Directive: <img\n  src=a\n>", "Paragraph: words"]],
    // It ends where a blank line or code begins.
    ["<Chart\n  a\n\nwords", ["Directive: <Chart\n  a", "Paragraph: words"]],
    ["<Chart\n```\na\n```", ["Directive: <Chart", "FencedCode: ```\na\n```"]],
    ["<div>\nwords\n\nwords", ["HTMLBlock: <div>\nwords", "Paragraph: words"]],
    ["<Tab>\nwords", ["HTMLBlock: <Tab>", "Paragraph: words"]],
    ["<Tab>words", ["Paragraph: <Tab>words"]],
    ["<div>\n```\na\n```", ["HTMLBlock: <div>", "FencedCode: ```\na\n```"]],
    [
      "<script>\na\n\nb</script>\nwords",
      ["HTMLBlock: <script>\na\n\nb</script>", "Paragraph: words"],
    ],
    ["<!-- a\n\nb -->\nwords", ["CommentBlock: <!-- a\n\nb -->", "Paragraph: words"]],
    ["<!-- a --> words", ["Paragraph: <!-- a --> words"]],
    ["words\n<Tab>\nmore", ["Paragraph: words", "HTMLBlock: <Tab>", "Paragraph: more"]],
    ["    <div>", []],
  ])("%j", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});
