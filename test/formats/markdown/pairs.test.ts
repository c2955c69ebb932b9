import { expect, test } from "vitest";
import { markdownPairs } from "../../../server/src/formats/markdown/pairs.ts";
import { pairsTold } from "../../support/halves.ts";
import { draftOf } from "../../support/rules.ts";

test.each<[string, string[]]>([
  ["", []],
  ["*a* __b__ ~~c~~", ["* … *", "__ … __", "~~ … ~~"]],
  ["***a***", ["* … *", "** … **"]],
  ["[a](b) [c][d]", ["[ … ](b)", "[ … ][d]"]],
  ["![a](b)", []],
  ["<b>a</b>", ["<b> … </b>"]],
  ['<b id="c">a</b>', ['<b id="c"> … </b> (says something)']],
  ["<Tab a={<b>}>\n\nc\n\n</Tab>", ["<Tab a={<b>}> … </Tab> (says something)"]],
  ["<>a</>", ["<> … </>"]],
  ["<br> <Tab /> </b> <i>", []],
  ["{{< tab >}} a {{< /tab >}}", ["{{< tab >}} … {{< /tab >}}"]],
  ["{{< tab >}} a", []],
  [":::note\na\n:::", [":::note … :::"]],
  [":::note Title\na\n:::", [":::note Title … ::: (says something)"]],
  ["::::a\n:::b\nc\n:::\n::::", ["::::a … ::::", ":::b … :::"]],
  // The inner one was never closed.
  ["::::a\n:::b\nc\n::::", ["::::a … ::::"]],
  ["She said “yes” (no).", ["“ … ”", "( … )"]],
  // Code, comments and escaped text are not markup.
  ["`<b>` </b> <!-- <i> --> </i> \\<u> </u>", []],
  ["```\n<b>\n```\n</b>", []],
  ["a < b > c", []],
  ["<b a='c", []],
])("%j", (text, expected) => {
  const told = pairsTold(text, markdownPairs(draftOf(text)));
  expect(told).toEqual(expected);
});
