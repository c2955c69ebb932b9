import { expect, test } from "vitest";
import { unclosedQuote } from "../../server/src/rules/unclosed-quote.ts";
import fc from "fast-check";
import { FORMAT_IDS, type FormatId } from "../../server/src/formats/registry.ts";
import { runs } from "../support/property.ts";
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
  "⟦“We⟧ can’t go on like this, said Marta Kell.\n\nThe hall was full.\n\n“I agree,” said Jon Aas.",
  '⟦"Nobody⟧ asked us, the owner wrote.\n\nIt rained.\n\n"So what?" said the mayor. "It always rains."',
  "Der Rat tagte. ⟦„Wir⟧ warten, sagte sie.\n\nDann kam die Pause.\n\n„Und nun?“, fragte er.",
  "⟦»Wir⟧ warten noch ab, sagte die Ministerin am Montag.\n\nDann ging sie.\n\n»Und nun?«, fragte er.",
  "⟦« Je⟧ reste ici jusqu’à demain, dit la maire.\n\nElle partit.\n\n« Pourquoi ? » demanda-t-il.",
  "“We came by road,\\\n“and we stayed,\\\n⟦“and⟧ we left.\n\nThe town was small.",
  '> "We came by road,  \n> "and we stayed,  \n> ⟦"and⟧ we left.\n\nThe town was small.',
  "She said: ⟦“We⟧ won, and left while\n“They lost” was sung.",
  "⟦”Vi⟧ väntar, sade ministern.\n\nSedan gick hon.\n\n”Varför?” frågade han.",
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
  "“We came by road,\\\n“and we stayed,\\\n“and we left,” she said.\n\nThe town was small.",
  "“The first day was long.\n\n“The second was longer.\n\n“The third was the end,” she said.",
  "“The first day was long.\n\nThe second was longer,” she said.",
  '"The first day was long.\n\n"The second was longer," she said.',
  "“The first day was long.\n\n“The second was longer (“much”).\n\n“The third was the end,” she said.",
  "»Der erste Tag war lang.\n\n»Der zweite war noch viel länger«, sagte sie.",
  "« Le premier jour fut long.\n\n» Le deuxième fut plus long encore », dit-elle.",
  "“The press said (“) was its favourite.\n\n“The sign says (“).”",
  "» Read more about the new council and all of its members",
  "> “The first day was long.\n>\n> “The second was longer.”",
  "—“Who is there?”—“It is I.”",
  "She said (“quietly”) that it was “over”.",
  'Press (") to quote.',
  'Text with quotes ", spaces and commas.',
  "It was drawn on a 13” screen.",
  'The board is 2½" thick.',
  'Cut it to 1 ¼" or ¾", and no longer.',
  'A door of 30⅞" by 80".',
  "“We will rebuild the bridge, as the town has asked us to.\n\n” The mayor left the room.",
  "“The rules are these, and they are old ones:\n\n- no dogs\n- no cars\n\n” she said, and left.",
])("leaves alone: %s", (text) => {
  leavesAlone(unclosedQuote, text);
});

test.each([
  ["“We won, she said.", "“We won,” she said."],
  ['"We won, the mayor said.', '"We won," the mayor said.'],
  ["She said: “We won.", "She said: “We won.”"],
  ["She said: “We won. And then she left.", "She said: “We won.” And then she left."],
])("fixes %j", (before, after) => {
  expect(fixes(unclosedQuote, before, "Close the quotation", after)).toEqual([]);
});

const MARKS = ["“”", '""', "„“", "«»", "»«", "””"];
const NARRATION = ["The hall was full.", "It rained on Monday, as it had for a week."];
const paragraphs: Readonly<Record<FormatId, (texts: readonly string[]) => string>> = {
  markdown: (texts) => texts.join("\n\n"),
  plaintext: (texts) => texts.join("\n\n"),
  html: (texts) => texts.map((text) => `<p>${text}</p>`).join("\n"),
};

test("in a story, a quotation that the next paragraph doesn't open again must close", () => {
  const spoken = fc.constantFrom("We can’t go on like this,", "It began with a letter from Oslo,");
  const kinds = fc.array(fc.constantFrom("told", "said", "over two"), { maxLength: 5 });
  fc.assert(
    fc.property(
      fc.constantFrom(...FORMAT_IDS),
      fc.constantFrom(...MARKS),
      kinds,
      kinds,
      spoken,
      fc.constantFrom(...NARRATION),
      (format, [open = "", close = ""], before, after, words, told) => {
        const written = (kind: string): string[] => {
          if (kind === "told") return [told];
          const said = `${open}${words}${close} said Marta Kell.`;
          return kind === "said" ? [said] : [`${open}It was long, and it was cold.`, said];
        };
        const story = (lost: string): string =>
          paragraphs[format]([
            ...before.flatMap(written),
            `The mayor spoke. ${lost}`,
            told,
            ...after.flatMap(written),
          ]);
        leavesAlone(unclosedQuote, story(`${open}${words}${close} she said.`), { format });
        const [first = "", ...rest] = words.split(" ");
        flags(unclosedQuote, story(`⟦${open}${first}⟧ ${rest.join(" ")} she said.`), { format });
      },
    ),
    runs(100),
  );
});
