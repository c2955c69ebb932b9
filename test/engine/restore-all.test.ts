import fc from "fast-check";
import { expect, test } from "vitest";
import type { Draft } from "../../server/src/draft/draft.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { restoreAll } from "../../server/src/engine/restore-all.ts";
import type { FormatId } from "../../server/src/formats/registry.ts";
import { isHole } from "../../server/src/repeats/restore.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { runs } from "../support/property.ts";
import { draftOf } from "../support/rules.ts";

const SETTINGS = settingsFrom({});

function restored(
  text: string,
  versions: readonly string[],
  format: FormatId = "markdown",
  settings = SETTINGS,
): { text: string; count: number } {
  const findHoles = (draft: Draft): Finding[] =>
    lint(draft, RULES, settings, { includesUnproven: true }).filter(isHole);
  const sources = versions.map((version, index) => {
    const draft = draftOf(version, format);
    return { draft, name: `version ${index}`, findings: () => lint(draft, RULES, SETTINGS) };
  });
  const { edits, count } = restoreAll(draftOf(text, format), findHoles, sources);
  return { text: applyEdits(text, edits), count };
}

/** Whether a text is another one with some characters left out; white space doesn't matter. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const sign of part.replace(/\s/g, "")) {
    at = whole.indexOf(sign, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** What restoring may do to a text whose earlier version was complete. Returns how many findings were fixed. */
function expectRestored(holed: string, whole: string, format?: FormatId): number {
  const after = restored(holed, [whole], format);
  if (!isWithin(holed, after.text)) throw new Error(`Something is lost: ${after.text}`);
  if (!isWithin(after.text, whole)) throw new Error(`Something else is put in: ${after.text}`);
  if (after.count === 0) expect(after.text).toBe(holed);
  expect(restored(after.text, [whole], format)).toEqual({ text: after.text, count: 0 });
  return after.count;
}

const PARAGRAPHS = [
  "The stalls open at nine on every market day, according to the harbour office, and close when the bell rings at four.",
  "Twelve volunteers, including Ada Brown and Carl Dorn, have painted the steps of the [town library](https://example.org) since *early* March.",
];

test.each<FormatId>(["markdown", "plaintext", "html"])(
  "however many words are lost, and wherever, exactly they come back, in their places: %s",
  (format) => {
    let count = 0;
    const draft = (parts: readonly string[]): string =>
      format === "html" ? parts.map((part) => `<p>${part}</p>\n`).join("") : parts.join("\n\n");
    for (const [index, paragraph] of PARAGRAPHS.entries()) {
      const words = paragraph.split(" ");
      const textWith = (one: string): string => draft(PARAGRAPHS.with(index, one));
      for (let start = 0; start < words.length; start++) {
        for (const length of [1, 2, 4, words.length]) {
          const left = words.toSpliced(start, length).join(" ");
          count += expectRestored(textWith(left), textWith(paragraph), format);
        }
      }
    }
    expect(count).toBeGreaterThan(5);
  },
);

test("whatever is missing from links, credits, quotations and sentences, each gets back its own", () => {
  const parts = [
    "The stalls open at nine, says [⟦the harbour office⟧](/office), and close at four.",
    "Read [⟦the report⟧](/report) and [⟦the minutes of May⟧](/minutes) first (photo by ⟦Ada *Brown*⟧).",
    "It rained for eleven weeks, and the council met under the old roof.\n\n- [⟦A plan⟧](/plan)",
    "Shops on the quay fear for their trade, and some have closed.\n\nPhoto: ⟦[Carl Dorn](/dorn)⟧",
    "Nobody in the valley had asked for a second school, and the council said so in spring.",
    "⟦The ferry to ⟧the island has run twice a day since May, and carries bicycles before noon.",
    "“It is the first time that the harbour has been this quiet in summer,”⟦ said Ada Brown.⟧",
    "Snow lay on the pass until June, so the shepherds kept their flocks below the⟦ old mill.⟧",
    "The trains stop there on Sundays now, and nobody knows for how long they will.\n",
  ]
    .join("\n\n")
    .split(/[⟦⟧]/);
  const whole = parts.join("");
  const places = parts.flatMap((_, at) => (at % 2 === 1 ? [at] : []));
  const pairs = places.flatMap((one) => places.map((other) => [one, other]));
  for (const lost of [...pairs, places]) {
    const holed = parts.filter((_, at) => !lost.includes(at)).join("");
    expect(restored(holed, [whole])).toEqual({ text: whole, count: new Set(lost).size });
  }
});

test.each(["/", "https://example.org/"])(
  "each lost text of links to %s comes back into its link, or nowhere",
  (site) => {
    const parts = [
      "The stalls open at nine, says [⟦the harbour office⟧](/a), and close at four.",
      "The council read [⟦the report⟧](/b) in May, and nobody had asked for any of it.",
      "It rained for eleven weeks, and [⟦the minutes⟧](/c) say that the old roof leaked.",
      "Before you start with the work, read [⟦the guide⟧](/d), then go to the hall on the hill.",
      "[](#top) The ferry has run twice a day since [⟦the first of May⟧](/e), says Ada Brown.",
    ]
      .join("\n\n")
      .replaceAll("](/", `](${site}`)
      .split(/[⟦⟧]/);
    const whole = parts.join("");
    const isOff = settingsFrom({ rules: { "empty-link": "off" } });
    for (let lost = 1; lost < 2 ** 5; lost++) {
      const isLost = (at: number): boolean => at % 2 === 1 && (lost & (1 << ((at - 1) / 2))) !== 0;
      const holed = parts.filter((_, at) => !isLost(at)).join("");
      expect(restored(holed, [whole]).text).toBe(whole);
      expect(restored(holed, [whole], "markdown", isOff).text).toBe(holed);
    }
  },
);

test("of links side by side each gets its own text, as written", () => {
  const whole =
    "Snow lay on the pass until June ([#1](/1) [#2 *and* N|A](/2)), so the shepherds kept their flocks below.\n";
  const holed = whole.replace("#1", "").replace("#2 *and* N|A", "");
  expect(restored(holed, [whole])).toEqual({ text: whole, count: 2 });
  // Which of two texts belongs to the target is not known.
  const same = whole.replace("/2", "/1");
  expect(restored(holed.replace("/2", "/1"), [same]).count).toBe(0);
});

test("even the smallest text gets only its own words", () => {
  const [whole = ""] = PARAGRAPHS;
  for (let length = 0; length <= whole.length; length++) {
    expectRestored(whole.slice(0, length), whole);
    expectRestored(whole.slice(length), whole);
  }
  for (const text of ["", " ", "\n", ",", "\u{1F600}", "a"]) {
    expect(restored(text, ["", " ", whole])).toEqual({ text, count: 0 });
    expect(restored(whole, [text])).toEqual({ text: whole, count: 0 });
  }
});

test("a draft with losses all over gets back what a version has, and nothing else", () => {
  let count = 0;
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 9 }), (seed, step) => {
      const whole = madeUp(seed).draft(250);
      const loses = (words: string, at: number): string =>
        at % step === 0 ? words.replace(/\b(to|of|by|and|the) [A-Z]?\w+/, "$1") : words;
      const holed = whole.split(/(?<=[.,] )/).map(loses);
      count += expectRestored(holed.join(""), whole);
    }),
    runs(40),
  );
  expect(count).toBeGreaterThan(40);
});

test("the newest version with the words is used", () => {
  const [whole = ""] = PARAGRAPHS;
  const holed = whole.replace("harbour office,", ",");
  const master = whole.replace("office", "master");
  expect(restored(holed, [holed, master, whole])).toEqual({ text: master, count: 1 });
});
