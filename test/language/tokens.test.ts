import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MASK } from "../../server/src/draft/prose.ts";
import { TokenKind, tokenize, tokenText } from "../../server/src/language/tokens.ts";
import { runs } from "../support/property.ts";

const tokensOfText = (text: string): string[] => {
  const tokens = tokenize(text);
  return Array.from({ length: tokens.count }, (_, at) => tokenText(tokens, at));
};

const kindOf = (text: string): number | undefined => {
  const tokens = tokenize(`see ${text} here`);
  return tokens.count === 3 ? tokens.kinds[1] : undefined;
};

describe("tokens", () => {
  test.each([
    ["It didn't end, he said.", ["It", "didn't", "end", ",", "he", "said", "."]],
    ["a well-known U.S. firm", ["a", "well-known", "U.S.", "firm"]],
    [
      "Mr. J. R. Ames, etc., e.g. me.",
      ["Mr.", "J.", "R.", "Ames", ",", "etc.", ",", "e.g.", "me", "."],
    ],
    ["the workers’ rights", ["the", "workers’", "rights"]],
    ["‘the workers’ left", ["‘", "the", "workers", "’", "left"]],
    ["“No,” she said", ["“", "No", ",", "”", "she", "said"]],
    ["it rained.The sun", ["it", "rained", ".", "The", "sun"]],
    ["wait... what", ["wait", "...", "what"]],
    ["wait . . . what", ["wait", ". . .", "what"]],
    ["wait . .\n . what", ["wait", ". .\n .", "what"]],
    ["wait . . .what", ["wait", ". . .", "what"]],
    ["it ended.. . . Then", ["it", "ended", ".. . .", "Then"]],
    ["a 16-oz. can and 16 oz. more", ["a", "16-oz.", "can", "and", "16", "oz.", "more"]],
    ["so ... .gitignore", ["so", "...", ".gitignore"]],
    ["the .Rprofile of a .Gov", ["the", ".Rprofile", "of", "a", ".Gov"]],
    ["the file .Rprofile is", ["the", "file", ".Rprofile", "is"]],
    ["a bank of .The mayor", ["a", "bank", "of", ".", "The", "mayor"]],
    ["on Monday .Officials wept", ["on", "Monday", ".", "Officials", "wept"]],
    ["logs/etc. are", ["logs/etc.", "are"]],
    ["so be it :-) we go ;)", ["so", "be", "it", ":-)", "we", "go", ";)"]],
    ["oh no :'( and :/ and ;-P", ["oh", "no", ":'(", "and", ":/", "and", ";-P"]],
    [
      "he said:) so; (a) :(b)",
      ["he", "said", ":", ")", "so", ";", "(", "a", ")", ":", "(", "b", ")"],
    ],
    ["Maria K. visited", ["Maria", "K.", "visited"]],
    ["Maria K., who", ["Maria", "K.", ",", "who"]],
    ["it is plan B. The end", ["it", "is", "plan", "B.", "The", "end"]],
    ["the line a K. visited", ["the", "line", "a", "K", ".", "visited"]],
    ["all of *.* and *.md here", ["all", "of", "*.*", "and", "*.md", "here"]],
    ["on Sept. 17 he", ["on", "Sept.", "17", "he"]],
    ["the ’90s, ’til now", ["the", "’90s", ",", "’til", "now"]],
    ["see https://a.org/b_(c)?d=e.", ["see", "https://a.org/b_(c)?d=e", "."]],
    [`a ${MASK}, b`, ["a", MASK, ",", "b"]],
  ])("%s", (text, expected) => {
    expect(tokensOfText(text)).toEqual(expected);
  });

  test.each([
    ["foo()", TokenKind.code],
    [".NET", TokenKind.code],
    [".gitignore", TokenKind.code],
    ["snake_case", TokenKind.code],
    ["/etc/hosts", TokenKind.code],
    ["../lib/x.ts", TokenKind.code],
    ["me@example.org", TokenKind.code],
    ["@handle", TokenKind.code],
    ["#tag", TokenKind.code],
    ["--dry-run", TokenKind.code],
    ["README.md", TokenKind.code],
    ["1,000.50", TokenKind.number],
    ["10:30", TokenKind.number],
    ["$3.5", TokenKind.number],
    ["5%", TokenKind.number],
    ["3rd", TokenKind.number],
    ["C++", TokenKind.word],
    ["AT&T", TokenKind.word],
    ["Iran’s", TokenKind.word],
  ])("%s is one token", (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });

  test("tokens are in order, do not overlap, and leave out nothing but white space", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            ...Array.from("aZ9 .,'’-()\"/:;P_%$#@\n\u00e9\ud83d\ude00\u200d\u200b"),
          ),
        }),
        (text) => {
          const tokens = tokenize(text);
          let end = 0;
          for (let at = 0; at < tokens.count; at++) {
            const start = tokens.starts[at] ?? -1;
            expect(text.slice(end, start)).toMatch(/^[\s\u200b]*$/u);
            expect(tokens.ends[at]).toBeGreaterThan(start);
            end = tokens.ends[at] ?? 0;
          }
          expect(text.slice(end)).toMatch(/^[\s\u200b]*$/u);
        },
      ),
      runs(100),
    );
  });
});
