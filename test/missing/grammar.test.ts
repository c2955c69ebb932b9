import { expect, test } from "vitest";
import { findGaps } from "../../server/src/missing/find.ts";
import { grammarAt } from "../../server/src/missing/grammar.ts";
import { trainedModel } from "../../server/src/missing/trained.ts";
import { tokenize } from "../../server/src/language/tokens.ts";
import { onlyBlock } from "../support/rules.ts";

const model = trainedModel();

/** What the finder says of a text: how sure it is of each gap, and the words beside it. */
function told(text: string): string[] {
  const here = onlyBlock(text, "plaintext");
  const tokens = tokenize(text);
  return findGaps(here, model).flatMap((gap) => {
    const step = model.thresholds.normal.findIndex((least) => gap.score >= least);
    const certainty = ["certain", "likely", "possible"][step];
    const words = text.slice(tokens.starts[gap.left] ?? 0, tokens.ends[gap.right] ?? text.length);
    return certainty === undefined ? [] : [`${certainty}: ${words}`];
  });
}

test.each([
  // A preposition without its object, right before the verb of the clause.
  ["A lawyer for said the family would appeal.", "certain: for said"],
  ["The largest bank in has closed two branches.", "certain: in has"],
  ["Prices at fell again.", "certain: at fell"],
  ["The judges in ruled that the vote was lawful.", "certain: in ruled"],
  ["A team from announced the discovery of a comet.", "certain: from announced"],
  ["The brewery, the oldest firm in employs nobody now.", "certain: in employs"],
  ["The head of told reporters that he would leave.", "certain: of told"],
  ["A report by found that the lake was dry.", "certain: by found"],
  ["The mill in would close within a year.", "certain: in would"],
  // A modal, or "to", without its verb.
  ["The council said that the firm would not the bridge.", "certain: not the"],
  ["They will a new school next year.", "certain: will a"],
  ["He said they should to leave at once.", "certain: should to"],
  ["The senators refused to the treaty.", "certain: to the"],
  ["The mayor did not the question.", "certain: not the"],
  ["The company will not to the charges.", "certain: not to"],
  ["The clerk will able to help you.", "certain: will able"],
  ["The hall can used by all.", "certain: can used"],
  ["They going to the fair in May.", "likely: They going"],
  ["He hopes to able to walk by June.", "likely: to able"],
  // A small word that holds two others together.
  ["The dam is safe, according the mayor.", "certain: according the"],
  ["The board consists a chair and two members.", "certain: consists a"],
  ["He was not able help the boy.", "certain: able help"],
  ["It is one the oldest mills in the county.", "likely: one the"],
  // An office or a form of address without the name.
  ["The treaty was approved by President in May.", "likely: President in"],
  ["Mrs. was the first to leave the hall.", "certain: Mrs. was"],
  ["President told the crowd to go home.", "possible: President told"],
  // A figure that is gone.
  ["She paid £ for the painting.", "certain: £ for"],
  ["A grant worth € billion was lost.", "certain: € billion"],
  ["The doors open at p.m. on Friday.", "certain: at p.m."],
  ["Nearly percent of the trees are dead.", "certain: Nearly percent"],
  ["Unemployment fell from percent in May.", "certain: from percent"],
  ["Write to us on Twitter at @.", "likely: @."],
  // The one who is told, met, taken.
  ["The owner told that the shop would close.", "likely: told that"],
  ["The chancellor spoke with in Vienna on Friday.", "certain: with in"],
  ["Detectives questioned in the station on Monday.", "possible: questioned in"],
])("%s %s", (text, expected) => {
  expect(told(text)).toContain(expected);
});

test.each([
  "The man they spoke with said that the house she lives in was sold.",
  "The firm Smith works for is old, and what he looked for was gone.",
  "The things to look for are in the box, and the way in was shut.",
  "The argument for is stronger than the argument against is.",
  "The bill signed by the president on Friday was sent by President Hale on Monday.",
  "Mr. de Witt said that Mrs. van Loon was late, and Dr. Ito left.",
  "The number of arrested men is high, and the price of used cars rose.",
  "The power of will is great. Why did not the mayor act? He did not.",
  "The men she spoke to on Monday left, and he spoke to us in May.",
  "Are they going to the fair? If so, how much are they able to carry?",
  "The poor will, unused by its heirs, is void. He did all he could, helped by his sister.",
  "It depends a lot on the day, and to the one the first was as good as the last.",
  "An able seaman ought to know; she is able to read, according to the book.",
  "Should the need arise, and only then, would the council meet.",
  "What would the firm do? Nor could the mayor say.",
  "They treat him as they would a stranger, and do all they can to help.",
  "She has the will to live, and of their own free will the men stayed.",
  "We agreed to the plan, and she was voted to the council.",
  "He submitted plans to the council and tried to the limit.",
  "He was told that it was late, and those told that it was early left.",
  "The officials he met with in Berlin said so, and the plan was dealt with in May.",
  "Police detained in the raid four men who were armed.",
  "Officers arrested after the raid were released.",
  "It costs $5 for two, about 5 percent of the price, and opens at 8 p.m. sharp.",
  "The price, in $ million, rose by two percent.",
  "The $ sign and the % sign are used for this.",
  "The mayor, who flew in from Oslo on Friday, was tired.",
  "The mayor will this week meet the board.",
  "The play, starring Ann Lee, is available at stores for a month.",
])("good grammar: %s", (text) => {
  const tokens = tokenize(text);
  const claims: string[] = [];
  for (let at = 0; at <= tokens.count; at++)
    if (grammarAt(tokens, at) !== undefined)
      claims.push(text.slice(tokens.starts[at - 1], tokens.ends[at]));
  expect(claims).toEqual([]);
});

test("the particle of a verb of motion needs no object", () => {
  expect(told("Prime Minister Ola Berg, who flew in from Rome on Friday, was tired.")).toEqual([]);
});
