import { expect, test } from "vitest";
import type { BlockKind } from "../../server/src/draft/draft.ts";
import { getTokens } from "../../server/src/language/tokens.ts";
import { penaltyAt, blockPenalty } from "../../server/src/missing/penalties.ts";
import { firstBlock } from "../support/rules.ts";

/** The penalty before the word after “_”. */
function doubt(marked: string): number {
  const at = marked.indexOf("_");
  const block = firstBlock(marked.replace("_", ""));
  const tokens = getTokens(block);
  // Marks before the text, such as a list item's, are not part of its prose.
  const offset = at - (marked.length - 1 - block.prose.text.length);
  let token = 0;
  while (token < tokens.count && (tokens.starts[token] ?? 0) < offset) token++;
  return penaltyAt(block, tokens, token);
}

test.each<[string, number]>([
  ["# The old bridge", 1.5],
  ["The council met on Monday.", 0],
  ["- The council met on Monday.", 0],
  ["| The bridge | b |\n| - | - |\n| c | d |", 2.5],
])("the penalty of a kind of block: %j", (text, expected) => {
  expect(blockPenalty(firstBlock(text))).toBe(expected);
});

test.each([
  "- Simplify couple of includes in the docs ([#7607](https://example.org/7607))",
  "- [`4f96b00307`](https://example.org/4f96b00307) - **test**: updated for each to for of",
])("the title of a commit is doubted: %s", (text) => {
  expect(blockPenalty(firstBlock(text))).toBeGreaterThan(2);
  expect(blockPenalty(firstBlock(text.slice(2)))).toBe(0);
});

test.each([
  "You then name the path\n; of the file\n; and that of the folder.",
  "if it is so then\n: the end",
  "The hosts that are known :: a list of them",
  "It is so whenever the size == the length of it.",
])("lines of code among words are doubted: %j", (text) => {
  expect(blockPenalty(firstBlock(text, "plaintext"))).toBeGreaterThan(2);
});

test.each(["It is so :-) and\n:-) so", "He said:\n:smile: it is", ": of the town and ; it"])(
  "marks and smileys are not code: %j",
  (text) => {
    expect(blockPenalty(firstBlock(text, "plaintext"))).toBe(0);
  },
);

test("only kinds of block that drop words on purpose have a penalty of their own", () => {
  const paragraph = firstBlock("The council met.");
  const kinds: readonly BlockKind[] = ["heading", "caption", "cell", "verse"];
  for (const kind of kinds) expect(blockPenalty({ ...paragraph, kind })).toBeGreaterThan(0);
  for (const kind of ["paragraph", "comment", "code"] as const) {
    expect(blockPenalty({ ...paragraph, kind })).toBe(0);
  }
});

// Pairs: with a reason for doubt, and without it.
test.each([
  ["- the topic to subscribe to_", "the topic to subscribe to_"],
  ["Avoid “with respect to_.”", "Avoid with respect to_."],
  ["What a day_ !", "What a_ !"],
  ["The default is sqrt( _number of cores ).", "The default is (_number of cores)."],
  ["They check it before _::RSpec loads.", "They check it before _RSpec: loads."],
  ["This can/should _be so.", "This should _be so."],
  ["See https://example.org/a_ .", "See example_ ."],
  ["Read more on _towns.", "Read more on _the towns."],
  ["Read more on _towns.", "Read more on _runs."],
  ["The command line_ : it is here.", "The command line_ , it is here."],
  ["The_ ? in it is new.", "The_ ? It is new."],
  ["They saw a_ !Q menu.", "They saw a_ ! Q menu."],
  ["It runs. _umoci will do it.", "It runs. _the will do it."],
  ["Assumption: ITS _provides a name.", "Assumption: its _provides a name."],
  ["call sail(_) now", "call sail (_) now"],
  ["the channel that we send reports to_.", "the channel and we send reports to_."],
  ["They gave the winner _a medal.", "They saw the winner _a medal."],
  ["all for the masters . . . _, in whose name", "all for the masters _, in whose name"],
  ["It runs when it has to_.", "It runs when it goes to_."],
  ["one paid a third and the other _the rest", "one paid a third and the other _the bridge"],
  ["a week earlier than this year's_.", "a week earlier and this year's_."],
  ["Use `x` _here.", "Use x _here."],
  // A small word that can stand alone.
  ["We have a catalog of _and notes on pages.", "We have a catalog of _and played on pages."],
  ["It comes on _or shortly after Monday.", "It comes on _or the day Monday."],
  ["Builders can add value to _as well.", "Builders can add value to _as well as that."],
  ["the group, which he was a part of _for years", "the group, and he was a part of _for years"],
  ["the statement the bank signed on to _in May", "statements by banks signed on to _in May"],
  ["an object that the line points at_.", "an object by the line points at_."],
  ["It sets the interval to divide by_.", "It sets and wants an end by_."],
  ["This is taken care of _by the city.", "He takes good care of _by the city."],
  ["He was approved of _in Sweden.", "He was the king of _in Sweden."],
  ["Make sure it sinks in_.", "Make sure it opens in_."],
  ["You could animate them in_.", "You could visit them in_."],
  ["Turning this on _can help.", "We turn to this on _can help."],
  ["Throughout_, the rate fell.", "From_, the rate fell."],
  ["No tags are used within_.", "No tags are used from_."],
  ["It is handy for _whenever she is away.", "It is handy for _then she is away."],
  ["We can't speak to _whether it works.", "We now have to _whether it works."],
  ["You can tell _by the tone.", "They tell _by the tone."],
  // Typesetting.
  ["In this example, we_:", "In this example, the_:"],
  ["Use this pattern when the_:", "Use this pattern with the_:"],
  ["Make sure that your_:", "Make it for your_:"],
  ["Learn these: can, able to _with, made of.", "Learn these: can, be able to _with, made of."],
  ["This lets agencies to_;", "This lets agencies to_; it"],
  ["Is it bars? _a new post? a strange car?", "It is bars. _a new post. a strange car."],
  ['The default is "_".', 'The bank "_".'],
  ['An empty text (_"") was given.', 'An empty text (_"" was given.'],
  ["The more information _the better.", "The old information _the better."],
  ["It will be served _the file.", "It has served _the file."],
  ["as ratified by _[RFC 3262], it is", "as ratified by _(RFC 3262), it is"],
  ["met two times since_.", "met two times from_."],
  // Quoted marks, and turns of phrase.
  ["The part after the _; is new.", "The part after the _; it is new."],
  ["It returns (_), and we go on.", "It leaves (_), and we go on."],
  ["Here _be dragons though.", "There _be dragons though."],
  ["You pay, whether you need to _or not.", "You pay, whether you need to _or want it."],
  ["The framework is _and will remain free.", "The framework is _and they remain free."],
  ["Which makes _for a better town.", "Which stands _for a better town."],
])("%s is doubted more than %s", (more, less) => {
  expect(doubt(more)).toBeGreaterThan(doubt(less));
});

test.each([
  "The council met _on Monday.",
  "The mayor of _the town spoke.",
  "He went to the _bridge.",
])("nothing is doubted in %s", (marked) => {
  expect(doubt(marked)).toBe(0);
});

test("no place in any short row of words is certain in advance, or lacks a number", () => {
  const words = ["to", "the", "for", ",", "“", "”", "(", ")", "?", ".", "`x`", "must", "said"];
  for (const one of words) {
    for (const two of words) {
      for (const three of words) {
        const block = firstBlock(`a${one} ${two}${three}`);
        const tokens = getTokens(block);
        for (let at = 0; at <= tokens.count; at++) {
          expect(penaltyAt(block, tokens, at)).toBeGreaterThanOrEqual(0);
        }
      }
    }
  }
});

test("a mark attached to the next word, and not to the one before, is code", () => {
  for (const code of ["Append_ :[port] to it.", "Send x_ ;type=a with it.", "Name_ .{x} here."])
    expect(doubt(code), code).toBeGreaterThan(3);
  for (const prose of [
    "Append_ : port to it.",
    "Append_: [port] to it.",
    "He left_ ,” she said.",
    "He left_ .So",
  ])
    expect(doubt(prose), prose).toBeLessThan(1);
});

test("words in brackets before a noun are no abbreviation of what is lost", () => {
  for (const text of [
    "Take a list of _(IPv4 or IPv6) addresses.",
    "They made it from _(old) bread.",
    "It failed during _(auto)compiling.",
    "It is held in memory for _(Bloom) filters.",
    "It takes the _(N-1)th element.",
  ])
    expect(doubt(text), text).toBeGreaterThanOrEqual(2);
  for (const text of [
    "Take a list of _(NATO) addresses.",
    "They made it from _(grey) and the bread.",
    "He saw it_ (old) bread.",
  ])
    expect(doubt(text), text).toBe(0);
});
