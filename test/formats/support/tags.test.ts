import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endsClause, readTag, tokenize } from "../../../server/src/formats/support/tags.ts";
import { runs } from "../../support/property.ts";

/** The tokens of a text in order: the kind of each, and its words. */
function tokens(text: string): [string, string][] {
  const found: [string, string][] = [];
  tokenize(text, {
    text: (start, end) => found.push(["text", text.slice(start, end)]),
    entity: (words, start, end) => found.push([words, text.slice(start, end)]),
    comment: (start, end) => found.push(["comment", text.slice(start, end)]),
    tag: ({ name, closes, start, end }) =>
      found.push([closes ? `/${name}` : name, text.slice(start, end)]),
  });
  return found;
}

describe("tokens", () => {
  test.each<[string, [string, string][]]>([
    ["", []],
    ["a", [["text", "a"]]],
    [
      "<P>a</P >",
      [
        ["p", "<P>"],
        ["text", "a"],
        ["/p", "</P >"],
      ],
    ],
    [
      "a &amp; b",
      [
        ["text", "a "],
        ["&", "&amp;"],
        ["text", " b"],
      ],
    ],
    ["<br/>", [["br", "<br/>"]]],
    ["<!-- a -->", [["comment", "<!-- a -->"]]],
    ["<!doctype html>a", [["text", "a"]]],
    ["<?php a ?>b", [["text", "b"]]],
    ["a < b", [["text", "a < b"]]],
    // Unfinished at the end of the text.
    ["</p", []],
    ["</p a", [["/p", "</p a"]]],
    ["<!-- a", [["comment", "<!-- a"]]],
  ])("%s", (text, expected) => {
    const joined = tokens(text).reduce<[string, string][]>((list, [kind, words]) => {
      const last = list.at(-1);
      if (kind === "text" && last?.[0] === "text") last[1] += words;
      else list.push([kind, words]);
      return list;
    }, []);
    expect(joined).toEqual(expected);
  });

  test("any text becomes tokens in order, without overlaps, within the text", () => {
    const marks = `< > / ! -- ? & ; p a= " ' <p> </p <!-- --> &amp <![CDATA[ ]]> <script> <title> é`;
    const piece = fc.constantFrom(" ", "\n", ...marks.split(" "));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join("");
        let at = 0;
        const next = (start: number, end: number): void => {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          at = end;
        };
        tokenize(text, {
          text: next,
          entity: (_words, start, end) => {
            next(start, end);
          },
          comment: next,
          tag: ({ start, end }) => {
            next(start, end);
          },
        });
      }),
      runs(500),
    );
  });
});

describe("one tag", () => {
  test("has its name and attributes in lower case, and the first of each counts", () => {
    const tag = readTag('<A HREF="x&amp;y" id=b id="c" hidden>words');
    expect(tag).toMatchObject({ name: "a", closes: false, selfCloses: false, start: 0, end: 37 });
    expect([...(tag?.attributes ?? [])]).toEqual([
      ["href", "x&y"],
      ["id", "b"],
      ["hidden", ""],
    ]);
  });

  test.each([
    ["</em>", { name: "em", closes: true }],
    ["<hr />", { name: "hr", closes: false, selfCloses: true }],
  ])("%s", (source, expected) => {
    expect(readTag(source)).toMatchObject(expected);
  });

  test.each(["", "a", "<", "< a>", "<!-- a -->", "<a", "&lt;a>"])("is not a tag: %s", (source) => {
    expect(readTag(source)).toBeUndefined();
  });
});

test("a clause ends before these marks only", () => {
  const marks = Array.from({ length: 128 }, (_, code) => code).filter(endsClause);
  expect(String.fromCharCode(...marks)).toBe("),.:;");
});
