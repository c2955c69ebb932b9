import { expect, test } from "vitest";
import { html } from "../../../server/src/formats/html/format.ts";
import { bareBlock } from "../../../server/src/formats/support/blocks.ts";

test.each([
  ["", true],
  ["</p>\n<p class='a'>", true],
  ["{% endif %}", true],
  ["a", false],
  ["</p>a<p>", false],
  ["<iframe src=a></iframe>", false],
  ["<!-- a -->", false],
])("“%s” is only markup: %s", (source, expected) => {
  expect(html.markup.isOnlyMarkup(source)).toBe(expected);
});

test("words in an empty item go before its end tag", () => {
  expect(html.markup.emptyPlace(bareBlock("empty-item", "<li></li>")).at).toBe("<li>".length);
  expect(html.markup.emptyPlace(bareBlock("empty-item", "<li>")).at).toBe("<li>".length);
});

test.each([
  ['<html lang="de">', "de"],
  ["<!doctype html>\n<HTML class='a' xml:lang=en-GB>", "en-GB"],
  ["<html>", undefined],
  ['<p lang="de">', undefined],
  ['<html data-lang="de">', undefined],
  ["", undefined],
])("%s declares its language: %s", (text, expected) => {
  expect(html.markup.declaredLanguage?.(text)).toBe(expected);
});
