import { expect, test } from "vitest";
import { isOnlyCaption } from "../../../server/src/formats/structure/captions.ts";

test.each([
  ["<summary>More</summary>", true],
  [" <figcaption class='a'>The <b>bridge</b></figcaption >\n", true],
  ["<H2>Title</h2>", true],
  ["<th>a</th>", true],
  ["", false],
  ["More", false],
  ["<p>More</p>", false],
  ["<summary>More", false],
  ["<summary>More</summary> and more", false],
  ["<summary>More</summary><p>", false],
  ["<summaryx>More</summaryx>", false],
  ["a <summary>More</summary>", false],
])("%j is a caption and nothing else: %s", (source, expected) => {
  expect(isOnlyCaption(source)).toBe(expected);
});
