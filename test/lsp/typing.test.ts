import { describe, expect, test } from "vitest";
import { typeDrafts } from "../eval/typing.ts";

/* Clean drafts, typed letter by letter: no finding appears that is taken back. `npm run eval -- typing` types more. */

const DRAFTS: Readonly<Record<string, string>> = {
  "a paragraph":
    "The mayor told the council, according to a report by the harbour office, to wait.\n",
  headings: "# The city\n\nIt is old.\n\n## The bridge\n\n### Its piers\n\nThere are six.\n",
  "a list": "## To do\n\n- open the gate\n- close it\n  - twice\n\nThat is all.\n",
  "a numbered list": "The points are these, and\n\n1. the budget\n2. the bridge\n",
  "a quotation": "> We will wait.\n>\n> It is best.\n\nSo it was.\n",
  "a link": "See [the report](https://example.org/a_(b)) and ![a bridge](bridge.png), please.\n",
  marks: "It was **very** _late_ (half past “ten”), and `code` ran.\n",
  "a bracket": "The bridge (built in 1931, [closed] on Monday) is open.\n",
  "a table": "| One | Two |\n| --- | --- |\n| a | b |\n| c | d |\n\nIt ends.\n",
  "front matter and code":
    "---\ntitle: A day\ntags: [a, b]\n---\n\nRun this:\n\n```sh\nnpm (ci\n```\n\nDone.\n",
  "a quotation of two paragraphs": "She spoke.\n\n“We came in 1990.\n\n“We stayed,” she said.\n",
  "an aside of two paragraphs": "It rained. (We waited.\n\nThen it stopped.) We left at once.\n",
  "a hard-wrapped paragraph":
    "The mayor told the\ncouncil that the bridge of\nthe town was open.\n",
};

describe.each([".md", ".txt"])("in %s", (ending) => {
  test("no finding appears and vanishes", async () => {
    const drafts = Object.entries(DRAFTS).map(([name, text]) => ({ name: name + ending, text }));
    const typed = await typeDrafts(drafts, true);
    const flickers = typed.flatMap(({ name, vanished }) =>
      vanished.map(({ rule, words }) => `${name}: ${rule} ${words}`),
    );
    expect(flickers).toEqual([]);
  });
});
