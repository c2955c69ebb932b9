import { expect, test } from "vitest";
import { unclosedBracket } from "../../server/src/rules/unclosed-bracket.ts";
import { findings, fixes, flags, leavesAlone } from "../support/rules.ts";

test.each([
  "The bridge ⟦(built⟧ in 1931 is closed.",
  "The bridge, built in ⟦1931)⟧, is closed.",
  "He said it ⟦[the⟧ bridge was closed.",
  "The bridge (built in 1931) is closed ⟦(see⟧ below.",
  "The bridge ⟦(built⟧ in 1931 is closed.\n\nNobody minds.",
])("flags %s", (marked) => {
  flags(unclosedBracket, marked);
  flags(unclosedBracket, marked, { format: "plaintext" });
});

test.each([
  "We need a) time, b) money and iii) luck.",
  "1) First, we meet.",
  "That will do :-) and that won't :(",
  "It is open again (at last :)",
  "It is open again (at last :-) )",
  "Any x in [0, 1) or (0, 1] will do.",
  "He said “(” and then ‘)’.",
  "It starts with the mark “(“ and a space.",
  "The rule (either A or B) holds, and so does (A and (C or B)).",
  "It takes one byte (= 8 bits) or two (= 16 bits, as the name says).",
  "It (the bridge [the old one]) is closed.",
  "(The bridge was closed.\n\nIt is open again.)",
  "Write `f(x` here.",
  "See [the map](https://example.org/a_(b)) first.",
  "Read it (see https://example.org/a); it is short.",
  "The value x[i] and the ship DD(X) and f(x).",
  "- [ ] Call the mayor\n- [x] Write the lede",
])("leaves alone: %s", (text) => {
  leavesAlone(unclosedBracket, text);
});

test.each([
  "It opens in ⟦May)⟧ and not before.",
  "The 21st conference ⟦2016)⟧, and the day of the walkers (May 1).",
  "We began the sprint in October ⟦2018]⟧, and nobody knew.",
])("is loud about a closing bracket alone: %s", (marked) => {
  expect(flags(unclosedBracket, marked)[0]?.severity).toBe("information");
});

test("is quiet about a note in square brackets that may continue in another paragraph", () => {
  const found = ["[If the rule is new, say so here.", "Say how long the town will wait.]"].flatMap(
    (text) => findings(unclosedBracket, text),
  );
  expect(found.map(({ severity }) => severity)).toEqual(["hint", "hint"]);
  leavesAlone(unclosedBracket, 'I1113 08:43:37.02 default_binder.go:53] "Attempting to bind".');
});

test.each([
  ["It is closed (see below.", "It is closed (see below)."],
  ["It is closed. (See below.", "It is closed. (See below.)"],
])("fixes %j", (before, after) => {
  expect(fixes(unclosedBracket, before, "Close the bracket", after)).toEqual([]);
});
