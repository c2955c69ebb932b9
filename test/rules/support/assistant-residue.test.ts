import { describe, expect, test } from "vitest";
import {
  markedAddresses,
  RESIDUE_PATTERNS,
} from "../../../server/src/rules/support/assistant-residue.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";
import { draftOf } from "../../support/rules.ts";

const ANY = new RegExp(RESIDUE_PATTERNS.join("|"), "gu");

test.each<[string, string[]]>([
  ["It is so citeturn0search0.", ["citeturn0search0"]],
  ["It is so turn12news3turn12view1 there.", ["turn12news3turn12view1"]],
  ["It is so :contentReference[oaicite:0]{index=0}.", [":contentReference[oaicite:0]{index=0}"]],
  ["[oaicite:12]", ["[oaicite:12]"]],
  ["(oai_citation:1‡example.org)", ["oai_citation:1‡example.org"]],
  ["As an AI language model, I can’t.", ["As an AI language model"]],
  // What somebody writes about it, or words that only begin so.
  ["“As an AI language model” it said.", []],
  ["As an AI language modeller, she can.", []],
  ["return0search0 turn0 turn0search", []],
  ["the turnaround", []],
])("%s", (text, expected) => {
  const found = [...text.matchAll(ANY)].map(([words]) => words);
  expect(found).toEqual(expected);
});

describe("an assistant's mark in an address", () => {
  const without = (text: string): string => {
    const [block] = draftOf(text).blocks;
    if (block === undefined) throw new Error("no block");
    return applyEdits(
      text,
      markedAddresses(block).map(({ edit }) => edit),
    );
  };

  test.each([
    ["<https://a.org/?utm_source=chatgpt.com>", "<https://a.org/>"],
    ["<https://a.org/?b=c&utm_source=openai>", "<https://a.org/?b=c>"],
    ["<https://a.org/?utm_source=openai&b=c>", "<https://a.org/?b=c>"],
    ["[a](https://a.org/?utm_source=copilot.com#d)", "[a](https://a.org/#d)"],
    [
      "<a href='https://a.org/?utm_source=openai&amp;b=c'>d</a>",
      "<a href='https://a.org/?b=c'>d</a>",
    ],
    [
      "<a href='https://a.org/?b=c&amp;utm_source=openai'>d</a>",
      "<a href='https://a.org/?b=c'>d</a>",
    ],
    [
      "<https://a.org/?utm_source=openai> <https://b.org/?utm_source=openai>",
      "<https://a.org/> <https://b.org/>",
    ],
  ])("%s", (text, expected) => {
    expect(without(text)).toBe(expected);
  });

  test.each([
    "It adds ?utm_source=chatgpt.com to each.",
    "`https://a.org/?utm_source=openai`",
    "```\nhttps://a.org/?utm_source=openai\n```",
    "<https://a.org/?utm_source=openai.org>",
    "<https://a.org/?utm_source=news>",
    "<https://a.org/?xutm_source=openai>",
  ])("is none: %s", (text) => {
    expect(without(text)).toBe(text);
  });
});
