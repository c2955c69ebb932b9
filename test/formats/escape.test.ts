import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeMarkdown } from "../../server/src/formats/markdown/escape.ts";
import type { FormatId } from "../../server/src/formats/registry.ts";
import { SAMPLES } from "../support/format-samples.ts";
import { runs } from "../support/property.ts";
import { draftOf } from "../support/rules.ts";

const MARKS = "<>&\"'`*_{}[]()~$|^=+:@#!?%/\\-.;,";
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Array.from(MARKS)),
      fc.constantFrom("a", "b1", " ", "amp;", "é", "😀"),
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join("").replace(/\s+/g, " "));

test.each<FormatId>(["markdown", "html"])("%s shows an escaped text as it is", (format) => {
  const { markup } = draftOf("", format).format;
  fc.assert(
    fc.property(text, (shown) => {
      const draft = draftOf(
        SAMPLES[format].paragraph(`It says ${markup.escapeText(shown)} here.`),
        format,
      );
      const [block, ...others] = draft.blocks;
      expect(block?.prose.text).toBe(`It says ${shown} here.`);
      expect(block?.marks).toEqual([]);
      expect(others).toEqual([]);
    }),
    runs(300),
  );
});

test.each([
  ["R&D of A-Z, 3.5 (50%): so-called “x”; 10:30.", "R&D of A-Z, 3.5 (50%): so-called “x”; 10:30."],
  ["1. a", "1\\. a"],
  ["# a", "\\# a"],
  ["see http://www.a.b/#c, a@b.c", "see http\\://www\\.a.b/#c, a\\@b.c"],
  [":tada: ::: a::b", "\\:tada: \\:\\:: a\\::b"],
  ["&amp; &#1;", "\\&amp; \\&#1;"],
])("%s in Markdown", (shown, expected) => {
  expect(escapeMarkdown(shown)).toBe(expected);
});
