import { expect, test } from "vitest";
import { phrasingAt } from "../../server/src/missing/phrasing.ts";
import { gapIn } from "../support/gap-in.ts";

test.each([
  // A lead-in to a list.
  ["In this example, we_:", 2.5],
  ["This allows agencies to_;", 2.5],
  ["According to the_:", 0],
  ["In this example, we_.", 0],
  // An aside in brackets.
  ["Run our _(yet to be written) tests.", 2.5],
  ["It is defined by _[RFC 3262].", 2],
  ["He met the _(BBC) reporter.", 0],
  ["Run our _(yet to be written).", 0],
  // Questions in a row.
  ["A new saddle? _an odd post? A car?", 4.5],
  ["A new saddle? _an odd post.", 1.5],
  ["A new saddle? _An odd post?", 0],
  // A stammer.
  ["She said the_, the definition is old.", 2],
  ["Um, she said the_, the definition is old.", 5],
  ["She said and_, and it is old.", 0],
  ["She said the_, a definition is old.", 0],
  // Marks that are spoken of.
  ['The default is "_".', 2.5],
  ['He said "_".', 0],
  ["The drives HKLM:_, HKCU: and so on.", 2],
  ["The drives:_, and so on.", 0],
  // A pair of comparatives.
  ["The more information _the better.", 3],
  ["A more general _the better.", 0],
  // An order.
  ["Audit _your books.", 0.8],
  ["Please _the council.", 0],
  ["You unwrap _it.", 0],
  ["You _unwrap it.", 1.2],
  // A direction.
  ["Then continue to _the next step.", 1.5],
  ["You may seek to _the given offset.", 2],
  ["The page is compared to _itself.", 1.5],
  ["They talked to _the next mayor.", 0],
  // None of these.
  ["The mayor opened _the bridge.", 0],
  ["_", 0],
  ["_:", 0],
])("a gap at “_” is less likely: %s", (marked, expected) => {
  expect(phrasingAt(...gapIn(marked))).toBe(expected);
});
