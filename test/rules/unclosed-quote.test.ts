import { expect, test } from "vitest";
import { unclosedQuote } from "../../server/src/rules/unclosed-quote.ts";
import { fixes, flags, leavesAlone } from "../support/rules.ts";

test.each([
  "⟦“We⟧ won, she said.",
  '⟦"We⟧ won, she said.',
  "She said: “We won.” Then she said: ⟦“We⟧ lost. And she left.",
  'She spoke of "luck" and of ⟦"chance⟧ as if they were one.',
  "He called it a ⟦triumph”⟧ and sat down.",
  "Il a dit ⟦« Je⟧ reste ici jusqu’à demain matin, quoi qu’il arrive.",
  "Der Minister sagte: ⟦„Wir⟧ warten ab, und zwar bis zum nächsten Frühjahr.",
  "⟦“We⟧ are here for the long run, he said.\n\nThe next session opens on Monday.",
  "- ⟦“We⟧ won, she said.\n- They lost.",
])("flags %s", (marked) => void flags(unclosedQuote, marked));

test.each([
  "“We won,” she said. “We always do.”",
  '"We won," she said. "We always do."',
  "“He told me ‘go’,” she said, “and I went.”",
  "“The sign says “closed” on it,” he said.",
  '"The sign says "closed" on it," he said.',
  "‘Tis the students’ own paper, from the ’90s; rock ’n’ roll.",
  'He is 6\'2" tall and the board is 12" by 5".',
  "It took 5' 30\" to run.",
  "« Previous post",
  "Next post »",
  "Il a dit « oui » et puis « non ».",
  "Er sagte: „Wir warten ab“, und ging.",
  "Er sagte: »Wir warten ab«, und ging.",
  'The prefix is `"` and no more.',
  'He wrote <b title="x">boldly</b>.',
  "“The first day was long.\n\n“The second was longer.\n\n“The third was the end,” she said.",
  "“The first day was long.\n\nThe second was longer,” she said.",
  '"The first day was long.\n\n"The second was longer," she said.',
  "> “The first day was long.\n>\n> “The second was longer.”",
  "—“Who is there?”—“It is I.”",
  "She said (“quietly”) that it was “over”.",
  'Press (") to quote.',
  'Text with quotes ", spaces and commas.',
  "It was drawn on a 13” screen.",
])("leaves alone: %s", (text) => {
  leavesAlone(unclosedQuote, text);
});

test.each([
  ["“We won, she said.", "“We won,” she said."],
  ['"We won, the mayor said.', '"We won," the mayor said.'],
  ["She said: “We won.", "She said: “We won.”"],
  ["She said: “We won. And then she left.", "She said: “We won.” And then she left."],
])("mends %j", (before, after) => {
  expect(fixes(unclosedQuote, before, "Close the quotation", after)).toEqual([]);
});
