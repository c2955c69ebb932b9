import { expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { repeatedWord } from "../../server/src/rules/repeated-word.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { draftOf, findings } from "../support/rules.ts";
import { safeEdits } from "../support/safe-edits.ts";

/** The text after “Fix all that is safe”, by every rule. */
function afterSafeFixes(text: string): string {
  const draft = draftOf(text);
  return applyEdits(text, safeEdits(lint(draft, RULES, settingsFrom({}))));
}

test.each([
  // A preposition or a particle that ends its clause, before another.
  "He came to to the sound of rain.",
  "They put up with with such patience what others fled.",
  "She gave in to to keep the peace.",
  "The home we came to to rest was sold.",
  "The people I grew up with with whom I still speak are few.",
  "There was nothing to be afraid of of late.",
  "The shop she went to to buy bread was shut.",
  "The lake he drove to to swim was dry.",
  "The plan she came up with with the help of her son was sound.",
  "The knife he cut it with with care was old.",
  "The friend he ran into into the bargain paid for it all.",
  "The stage she climbed onto onto which others fell was wet.",
  "The plan they agreed upon upon his return was sound.",
  "The odds he was up against against all advice were long.",
  "The name he was known as as a boy was short.",
  "It is a sum I would rather have less than than more than.",
  "The years in between between the wars were calm.",
  "Ask for a form within within the week.",
  "The goal they work toward toward the end is near.",
  // A noun, an ellipsis, or a clause in a clause.
  "He slept for a while while it rained.",
  "She did it just because because she could.",
  "He was anything but but nobody saw it.",
  "He asked whether whether it rained was of any interest.",
  "Think about what you would do if if it rains is all you hear.",
  "Let what will be be.",
  "Has where she had been been found?",
  // Pronouns: “the one whom she blamed was she”.
  "It was she she blamed.",
  "It was he he saw in the mirror.",
  "It was we we had to thank.",
  "It was they they feared.",
  "He laughed he he and left.",
  "They got one each each day.",
  "She did not want any any more.",
  // An apostrophe is missing, not a word too many.
  "I think its its own reward.",
  "He said that your your own boss there.",
  "She says that their their own worst enemy.",
  // A word meant as a word.
  "The operators and and or are lazy.",
  "Join the two with or or and as you like.",
  "An and and an or make a new gate.",
  "It is a both/and and no either/or.",
  "The and and the or operators are lazy.",
  "The conjunction and and its like are short.",
  "The word the the child wrote was red.",
  "The letter a a child drew was red.",
  "Take vitamin a a day later.",
  // A transcript keeps how people talk.
  "MR. LEE: So the the telemetry was wrong.",
])("no safe fix changes: %s", (text) => {
  expect(afterSafeFixes(text)).toBe(text);
});

const WORDS = (
  "the a an and or nor but yet so if than as because while whilst when where whether though although unless until since " +
  "of to for from with at by in on into onto upon over under up down out off about above across after against along " +
  "around before behind below beneath beside besides between beyond despite during except inside like near outside past " +
  "per round through throughout till toward towards underneath via within without " +
  "i you he she it we they me him us them my your his its our their mine yours hers ours theirs this that these those " +
  "who whom whose which what how why there here each every any some all both either neither none no not one other such " +
  "is are was were be been being am has have had do does did will would can could shall should may might must too also " +
  "then just only even more most less much many few very quite rather"
).split(" ");

/** What may precede and follow: a clause that ends in a preposition, a question, a noun, the beginning. */
const FRAMES = [
  "The place she went {} the end of it was shut.",
  "The people whom he had lived {} great care were kind.",
  "What was the tool she cut it {} an hour ago?",
  "He came {} the sound of rain.",
  "It was a thing to be thought {} late.",
  "They gave in {} keep the peace.",
  "She had nothing left to hold {} such days.",
  "He saw one {} more of it.",
  "{} it was said that they had gone.",
  "- {} a friend is all he had.",
  "Her sister, {} nobody else, was there.",
  "He said it was {} own fault.",
];

test("of all small words and frames, only words that never stand twice are deleted unasked", () => {
  const safe = new Set<string>();
  for (const word of WORDS)
    for (const frame of FRAMES)
      for (const found of findings(repeatedWord, frame.replace("{}", `${word} ${word}`)))
        if (found.fixes?.some((fix) => fix.safe) === true) safe.add(word);
  expect([...safe].sort()).toEqual(["a", "an", "and", "every", "or", "our", "the"]);
});

test.each([
  ["It was the the end.", "It was the end."],
  ["It was a a long winter.", "It was a long winter."],
  ["She ran and and fell, or or so he said.", "She ran and fell, or so he said."],
  ["“The the end,” he said of our our town.", "“The end,” he said of our town."],
  ["He and every every man ran.", "He and every man ran."],
  ["It took research and and a review.", "It took research and a review."],
])("%j becomes %j unasked", (before, after) => {
  expect(afterSafeFixes(before)).toBe(after);
});
