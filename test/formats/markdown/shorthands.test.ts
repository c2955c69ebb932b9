import { parser as commonMark } from "@lezer/markdown";
import { expect, test } from "vitest";
import { SHORTHANDS } from "../../../server/src/formats/markdown/shorthands.ts";
import { nodesTold } from "../../support/markdown-nodes.ts";

const NAMES = ["Template", "Attributes", "Emoji"];
const parser = commonMark.configure({ defineNodes: NAMES, parseInline: [SHORTHANDS] });

test.each<[string, string[]]>([
  ["a :sparkles: b", ["Emoji: :sparkles:"]],
  [":+1: :material-check:", ["Emoji: :+1:", "Emoji: :material-check:"]],
  ["see :ref:`a`", ["Attributes: :ref:"]],
  [":py:func:`a`", ["Attributes: :py:func:"]],
  ["press ++ctrl+c++ now", ["Template: ++ctrl+c++"]],
  ['a :::image source="b":::', ['Template: :::image source="b":::']],
  ["a [!INCLUDE [b](c.md)] d", ["Template: [!INCLUDE [b](c.md)]"]],
  // A time, a ratio, a language, a URL's port, two colons: not shorthands.
  ["at 10:30:20", []],
  ["1:2:3", []],
  [":30:", []],
  ["a:b:c", []],
  ["std::vec::a", []],
  [":a: b :c", ["Emoji: :a:"]],
  ["C++ and D++", []],
  ["a++b++", []],
  ["+++a+++", []],
  [":::image", []],
  ["[!NOTE]", []],
])("%s", (text, expected) => {
  expect(nodesTold(parser, text, NAMES)).toEqual(expected);
});
