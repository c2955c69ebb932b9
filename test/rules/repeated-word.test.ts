import { expect, test } from "vitest";
import { safeFixes } from "../../server/src/engine/fix.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { repeatedWord } from "../../server/src/rules/repeated-word.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { draftOf, findings, fixes, flags, leavesAlone } from "../support/rules.ts";

test.each([
  "⟦The the⟧ council met.",
  "She came home ⟦and and⟧ slept.",
  "The mill closed because ⟦it it⟧ had no orders.",
  "The ferry was ⟦cancelled cancelled⟧ for the winter.",
  "The report, published ⟦in in⟧ the spring, says little.",
  "He stood ⟦by\nby⟧ the door.",
  "She slept ⟦while while⟧ it rained, and did not have ⟦any any⟧ money left.",
  "The report, which ⟦showed showed⟧ that all was well, is new.",
])("flags %s", (marked) => {
  flags(repeatedWord, marked);
  flags(repeatedWord, marked, { format: "plaintext" });
});

test.each([
  "Is this this year's budget? Told you you were wrong.",
  "By then they had had enough of it.",
  "She knew that that bridge was closed.",
  "He gave her her coat.",
  "It was a very, very long winter, and very very cold.",
  "The band Duran Duran played in Baden Baden and in Pago Pago.",
  "I know that Will will come in May.",
  "What it is is a scandal.",
  "All they do does harm.",
  "Bye bye, said the child. Knock knock!",
  "No no, he said. So so.",
  "Members who log in in March get a badge.",
  "They moved in in 1990 and turned it on on Monday.",
  "When you look at it it seems small.",
  "That is what it is. Is it new?",
  "He ran. Ran where?",
  "A house, a house of her own.",
  "Then the rebels bombed the the the bridge, he stammered.",
  "It runs for for loops as well.",
  "He said “the” the wrong way.",
  "Write 12 12 times.",
  "Those who stayed stayed because they liked it. He who laughs laughs last.",
  "She waited for a while while it rained, and a little while while the crews ate.",
  "She did not want any any more, and would not pay for any any longer.",
  "What matters matters to all. The things that happened happened twice.",
])("leaves alone: %s", (text) => {
  leavesAlone(repeatedWord, text);
  leavesAlone(repeatedWord, text, { format: "plaintext" });
});

test("keeps table cells apart", () => {
  leavesAlone(repeatedWord, "She counted the votes.\n\nVotes were lost.");
});

test.each([
  ["It is the the end.", "It is the end."],
  ["It is the\nthe end.", "It is the\nend."],
  ["He looked at\nat\nthe sea.", "He looked at\nthe sea."],
  ["The the end.", "The end."],
])("mends %j", (before, after) => {
  expect(fixes(repeatedWord, before, "Delete the second", after)).toEqual([]);
});

test("deletes unasked only words that no sentence needs twice", () => {
  const safe = (text: string): boolean[] =>
    findings(repeatedWord, text).flatMap((found) => (found.fixes ?? []).map((fix) => fix.safe));
  expect(safe("It is the the end.")).toEqual([true]);
  expect(safe("It was cancelled cancelled for good.")).toEqual([false]);
  expect(safe("He left because it it rained.")).toEqual([false]);
});

test("is seen around a comment, and deleted beside it", () => {
  const text = "We painted the <!-- note --> the bridge.";
  const after = "We painted the <!-- note --> bridge.";
  expect(fixes(repeatedWord, text, "Delete the second “the”", after)).toEqual([]);
  flags(repeatedWord, "She went ⟦to<!-- a --> <!-- b --> to⟧ the market.");
  leavesAlone(repeatedWord, "We painted the <!-- stet --> the bridge.");
});

test("what --fix leaves of two words too many is not half a mistake", () => {
  const some = ["the", "a", "an", "our", "every", "my"];
  for (const one of some) {
    for (const two of some) {
      if (one === two) continue;
      for (const words of [`${one} ${two} ${two}`, `${two} ${two} ${one}`]) {
        const draft = draftOf(`We set up ${words} server on Monday and left it there.\n`);
        expect(safeFixes(lint(draft, RULES, DEFAULT_SETTINGS))).toEqual([]);
      }
    }
  }
});

test("reports nothing in another language", () => {
  leavesAlone(repeatedWord, "Das ist das Haus, das das Kind mit der Mutter und dem Vater hat.");
});

test.each([
  ["**JANE DOE:** So ⟦the the⟧ telemetry was wrong.", "hint"],
  ["MR. LEE: We went ⟦to to⟧ the harbour.", "hint"],
  ["ANN LEE-SMITH: It was ⟦a a⟧ long winter.", "hint"],
  ["NOTE: Close ⟦the the⟧ gate.", "warning"],
  ["USWDS: Work on ⟦the the⟧ pages goes on.", "warning"],
  ["**Frederico: Are you interested ⟦of of⟧ late?**", "warning"],
])("is quiet in a transcript: %s", (marked, severity) => {
  expect(flags(repeatedWord, marked)[0]?.severity).toBe(severity);
});

test.each([
  "She bought bread ⟦in the in the⟧ town.",
  "He ⟦did not did not⟧ come.",
  "The meeting ⟦of the\nof the⟧ board was short.",
  "The report ⟦was published was published⟧ in May.",
  "He was, ⟦as a matter of fact, as a matter of fact⟧, at sea.",
  "She was in ⟦the river by the river by⟧ a town, and said that ⟦in the in the⟧ end she swam.",
  "The thing ⟦I have learned I have learned⟧ is that all ⟦she saw she saw⟧ was new.",
  "⟦It was it was⟧ a short meeting, and ⟦that it that it⟧ was held at all is news.",
  "A choice ⟦based on based on⟧ the vote, and a ⟦number of number of⟧ others.",
  "They arrived ⟦on Monday on Monday⟧, and the mayor, ⟦of the, of the⟧ town, did not.",
  "All were ⟦at the end of the at the end of the⟧ line.",
])("flags words that occur twice: %s", (marked) => {
  flags(repeatedWord, marked);
  flags(repeatedWord, marked, { format: "plaintext" });
});

test.each([
  "He looked up ⟦at the sky, at the sky⟧ that was grey.",
  "They came ⟦of the, of the⟧ town.",
])("is less sure with a comma between the two: %s", (marked) => {
  expect(flags(repeatedWord, marked)[0]?.severity).toBe("hint");
});

test.each([
  "It costs more and more and more, day after day after day, one by one by one.",
  "It grew more and more and more and more.",
  "No, no, no, no, she said, bla bla bla bla.",
  "She lives in New York, New York, and reads About Us About Us pages.",
  "From time to time to see the sea they went hand in hand in all weathers.",
  "They looked and looked and found lots and lots of it, and lots and lots more.",
  "In the browser, the browser says why. I know, I know, it should not.",
  "She has more done, and so on, and so on, and went to work to work.",
  "Those who do not do not know what makes a lantern a lantern.",
  "All you have you have from me, and it is a list of lists of lists.",
  "She fixed a slice of slice of bytes, bringing it up to date vis a vis a newer one.",
  "Enter the amount of the fee in the Fee in pounds.",
  "It is the end of the end of the end.",
  "See `in the` in the town, in the *in the* town, of *the of* the town.",
  "He stood in the. In the town all was quiet.",
  "This is as good as good as can be.",
  "All that she did she did for the town. The house that he had he had built himself.",
  "The things they had to do they had to do alone, and when he was he was glad.",
  "The less they have the less they have to lose. The longer they wait the longer they wait for it.",
  "Those who signed up signed up early, and all who went to work went to work by bus.",
])("leaves alone intended repetitions: %s", (text) => {
  leavesAlone(repeatedWord, text);
  leavesAlone(repeatedWord, text, { format: "plaintext" });
});

test.each([
  ["She bought bread in the in the town.", "She bought bread in the town."],
  ["She bought bread in the\nin the town.", "She bought bread in the\ntown."],
  ["> She bought bread in the\n> in the\n> town.", "> She bought bread in the\n> town."],
  ["He was, as a rule of thumb, as a rule of thumb, late.", "He was, as a rule of thumb, late."],
  ["As a rule of thumb, as a rule of thumb, he was late.", "As a rule of thumb, he was late."],
  ["It was it was late.", "It was late."],
])("deletes one of the two: %j", (before, after) => {
  expect(fixes(repeatedWord, before, "Delete the second", after)).toEqual([]);
});
