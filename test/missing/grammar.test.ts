import { expect, test } from "vitest";
import { findGaps } from "../../server/src/missing/find.ts";
import { grammarAt } from "../../server/src/missing/grammar.ts";
import { trainedModel } from "../../server/src/missing/trained.ts";
import { tokenize } from "../../server/src/language/tokens.ts";
import { onlyBlock } from "../support/rules.ts";

const model = trainedModel();

/** The findings in a text: how sure each gap is, and the words beside it. */
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
  // A modal without its verb.
  ["The council said that the firm would not the bridge.", "certain: not the"],
  ["They will a new school next year.", "certain: will a"],
  ["He said they should to leave at once.", "certain: should to"],
  ["The mayor did not the question.", "certain: not the"],
  ["The company will not to the charges.", "certain: not to"],
  ["The clerk will able to help you.", "certain: will able"],
  ["The hall can used by all.", "certain: can used"],
  // A small word that connects two others.
  ["The dam is safe, according the mayor.", "certain: according the"],
  ["The board consists a chair and two members.", "certain: consists a"],
  ["It is one the oldest mills in the county.", "certain: one the"],
  // A lost figure.
  ["She paid £ for the painting.", "certain: £ for"],
  ["A grant worth € billion was lost.", "certain: € billion"],
  ["The doors open at p.m. on Friday.", "certain: at p.m."],
  ["Nearly percent of the trees are dead.", "certain: Nearly percent"],
  ["Unemployment fell from percent in May.", "certain: from percent"],
  ["Rents rose by percent.", "certain: by percent"],
  ["Around per cent of the trees are dead.", "likely: Around per"],
  ["The bridge will cost euros a year.", "likely: cost euros"],
  ["The hall is open until p.m. on Friday.", "certain: until p.m."],
  // A link that was deleted between its spaces.
  ["You can find the report at  and send your comments by May.", "certain: at  and"],
  ["The guide to  is out of print.", "certain: to  is"],
  ["Watch the meeting via  or read about it.", "certain: via  or"],
  // Who said it, to whom, and when or where.
  ["“We were never asked,” said on Tuesday.", "certain: ” said"],
  ["“We were never asked,” says in a letter to the board.", "certain: ” says"],
  ["A spokesman told that the train was late.", "likely: told that"],
  ["The mayor claimed on that the bridge was safe.", "likely: on that"],
  ["The firm said in that its plant would close.", "likely: in that"],
  // A name of which only the abbreviation is left.
  ["They spoke to an (AP) journalist about the bridge.", "likely: an ("],
  ["It is in the (WHO) report and the (BBC) story.", "likely: the ("],
  ["It was told to (NHK) reporter Ames.", "certain: to ("],
  ["Some (AP) reports say so, and these (AFP) reports do not.", "likely: these ("],
  // A name that was deleted between quotation marks.
  ["The singer, a.k.a. “.”, came to the city in May.", "certain: “."],
  ["The company is known as “” in the rest of the report.", "certain: “”"],
  ["The group, nicknamed “,” opened an office in June.", "certain: “,"],
])("%s %s", (text, expected) => {
  expect(told(text)).toContain(expected);
});

test.each([
  "“We were never asked,” said the mayor on Tuesday. “No,” she said in May.",
  "The sign “Closed” says in red letters what it is, and “Stop” said on a board is plain.",
  "He was told that it was late, those told that it was early left, and he's told that it is so.",
  "He told that story to everyone, and she tells that joke often.",
  "The topic that we talked about  is closed, and the house he lived in  was sold.",
  "They decided on that, and the mayor sat on that chair. Rest assured that it is safe.",
  "The power of will is great. Why did not the mayor act? He did not.",
  "Are they going to the fair? If so, how much are they able to carry?",
  "The poor will, unused by its heirs, is void. He did all he could, helped by his sister.",
  "It depends a lot on the day, and to the one the first was as good as the last.",
  "An able seaman ought to know; she is able to read, according to the book.",
  "Should the need arise, and only then, would the council meet.",
  "What would the firm do? Nor could the mayor say.",
  "In very few cases would the firm say so.",
  "They treat him as they would a stranger, and do all they can to help.",
  "She has the will to live, and of their own free will the men stayed.",
  "It costs $5 for two, about 5 percent of the price, and opens at 8 p.m. sharp.",
  "The price, in $ million, rose by two percent.",
  "It has a chance of about $.15$, at percent and million alike, and nearly a million came.",
  "The $ sign and the % sign are used for this.",
  "It costs two euros a year, and fell from per cent to per mille; they cost dollars, not cents.",
  "The mayor will this week meet the board.",
  "What about per cent? The debate about per cent and percentage points goes on.",
  "They argue around per cent figures. Repairs cost euros per metre, not cents.",
  "It is in the (PDF) report, the [WHO] report, the (WHO) garden, the (old) report, World (WHO) report.",
  "It costs dollars for parts, pounds for adults and pence for children.",
])("correct grammar: %s", (text) => {
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
