import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../support/property.ts";
import { saidByBoth } from "../support/surfaces.ts";

/* Folders in which drafts are copies of each other, as a whole, in part, edited, and in other formats. */

const PARAGRAPHS = [
  "The harbour bridge was closed for eleven weeks last spring while engineers replaced the bearings under its northern arch, and traffic was led over the old ferry slip instead.",
  "Shop owners on the quay fear that customers from the valley will stay away for months.",
  "A small ferry that carries cyclists and walkers will run twice an hour instead, but for Sundays.",
  "The mayor says that the money for a new one has been set aside since the last election.",
  "Twelve volunteers have painted the library steps since March, and nobody has slipped on them.",
];

const NAMES = "a b ferry ferry-2 ferry-final 2024-05-01-ferry quay in/news old/b drafts/c".split(
  " ",
);

/** The article, shortened or extended, with some words changed. */
const article = fc
  .tuple(
    fc.constantFrom(0, 0, 0, 0, 1),
    fc.constantFrom(5, 5, 5, 4, 1),
    fc.constantFrom("months", "months", "months", "years"),
  )
  .map(([from, to, word]) => [
    "The bridge",
    ...PARAGRAPHS.slice(from, to).map((one) => one.replace("months", word)),
  ]);

/** Nothing, or as much text again as the article has. */
const around = fc.constantFrom(
  "",
  "",
  `${Array.from({ length: 140 }, (_, at) => `own${at}`).join(" ")}.`,
);

const draft = fc
  .record({
    name: fc.constantFrom(...NAMES),
    format: fc.constantFrom("md", "md", "txt", "html"),
    article,
    around,
    day: fc.constantFrom("", "", "01", "02"),
  })
  .map(({ name, format, article: [title = "", ...paragraphs], around: own, day }) => {
    const all = own === "" ? paragraphs : [own, ...paragraphs];
    const text =
      format === "html"
        ? `<h1>${title}</h1>\n${all.map((one) => `<p>${one}</p>\n`).join("")}`
        : `${format === "md" ? "# " : ""}${title}\n\n${all.join("\n\n")}\n`;
    const matter = day === "" || format !== "md" ? "" : `---\ndate: 2024-05-${day}\n---\n\n`;
    return [`${name}.${format}`, matter + text] as const;
  });

const CONFIG = [".galley.json", '{"include": ["**/*.md", "**/*.html", "**/*.txt"]}'] as const;

test("a draft within another is reported once in each, or as a hint in one, on both surfaces", async () => {
  let loud = 0;
  let hints = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(draft, { minLength: 2, maxLength: 5 }), async (drafts) => {
      const { command, server } = await saidByBoth(Object.fromEntries([CONFIG, ...drafts]));
      expect(server).toEqual(command);
      const pairs = new Set<string>();
      for (const [name, lines] of Object.entries(command.drafts)) {
        const wholes = lines.filter((one) => /this draft is (?:also )?in|of \S+ is here/.test(one));
        expect(wholes.filter((one) => one.includes("this draft")).length).toBeLessThanOrEqual(1);
        for (const one of wholes) {
          const others = [...one.matchAll(/(?:\| |\. )(\S+) \d+:\d+-\d+:\d+ The other/g)];
          expect(others.length).toBeGreaterThan(0);
          if (one.includes(" hint ")) hints++;
          else for (const [, other = ""] of others) pairs.add(`${name} ${other}`);
        }
      }
      for (const pair of pairs) expect(pairs).toContain(pair.split(" ").reverse().join(" "));
      loud += pairs.size;
      // Nothing else that two drafts share is listed.
      for (const pair of pairs) {
        const [name = "", other = ""] = pair.split(" ");
        const passages = (command.drafts[name] ?? []).filter((one) => one.includes(" repeats "));
        expect(passages.filter((one) => one.includes(` ${other} `))).toEqual([]);
      }
    }),
    runs(60),
  );
  expect(loud).toBeGreaterThan(20);
  expect(hints).toBeGreaterThan(5);
});
