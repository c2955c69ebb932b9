import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding, Fix } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import type { FormatId } from "../../server/src/formats/registry.ts";
import { isHole, restorationsFrom } from "../../server/src/repeats/restore.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { runs } from "../support/property.ts";
import { draftOf } from "../support/rules.ts";
import { say } from "../../server/src/text/wording.ts";

const SETTINGS = settingsFrom({});

function findingsOf(text: string, format?: FormatId): Finding[] {
  return lint(draftOf(text, format), RULES, SETTINGS, { rethrow: true });
}

/** What another text offers for the holes of a text. */
function offers(text: string, other: string, format?: FormatId): Fix[] {
  const draft = draftOf(text, format);
  const source = {
    draft: draftOf(other, format),
    findings: () => findingsOf(other, format),
    name: "old.md",
  };
  return findingsOf(text, format)
    .filter(isHole)
    .flatMap((hole) => restorationsFrom(draft, hole, source));
}

const BEFORE = "Shops on the quay fear for their trade, and some have closed their doors already.";
const WHOLE =
  "The council said on Monday that the old bridge is unsafe, according to the harbour office, and that lorries must wait until spring.";
const HOLED = WHOLE.replace("harbour office,", ",");

test.each<FormatId>(["markdown", "plaintext"])(
  "words are restored from another text, in %s",
  (format) => {
    const [fix, ...more] = offers(`${HOLED}\n`, `${BEFORE}\n\n${WHOLE}\n`, format);
    expect(fix?.safe).toBe(false);
    expect(fix && say(fix.title)).toBe("Restore “harbour office” from old.md");
    expect(fix?.preferred).toBeUndefined();
    expect(applyEdits(`${HOLED}\n`, fix?.edits ?? [])).toBe(`${WHOLE}\n`);
    expect(more).toEqual([]);
  },
);

test("line endings, quotation marks and line breaks don't matter", () => {
  for (const other of [
    `${BEFORE}\r\n\r\n${WHOLE}\r\n`,
    WHOLE.replace(" bridge", "\nbridge").replace("harbour office", "harbour\noffice"),
    WHOLE.toUpperCase().replace("HARBOUR OFFICE", "harbour office"),
  ]) {
    const [fix] = offers(`${HOLED}\n`, other);
    expect(applyEdits(HOLED, fix?.edits ?? []), other).toBe(WHOLE);
  }
});

test("a bracket lost with the words is restored with them", () => {
  for (const [whole, lost] of [
    ["the Harbour Safety Plan (HSP).", "the ."],
    ["the plan for “Safety”.", "the ."],
    ["the (new) plan; it", "the ; it"],
  ]) {
    const sentence = `On Tuesday the council of the old harbour town implemented ${whole ?? ""}`;
    const holed = sentence.replace(whole ?? "", lost ?? "");
    const end = " This has made the bridges of the town much safer for lorries than before.";
    const [fix] = offers(`${holed}${end}\n`, `${sentence}${end}\n`);
    expect(applyEdits(holed + end, fix?.edits ?? [])).toBe(sentence + end);
  }
});

test.each([
  ["I had to ask [Jonas Berg] and [Priya Nair], who between them had written half of them."],
  ["He thanked [Ann Lee] and [Bo Chen] for their help with the party."],
  ["The council met [Ada Reed] and [Tom Reed] on Friday."],
  ["The film stars [Mia Voss] and [Karl Voss], and it opens on Friday."],
  ["Between [Leeds] and [York] the line is closed."],
  ["They came with [Ann Lee] or [Bo Chen] and [Cy Moss], who had the key."],
  ["It is true, as [Ann Lee], and with her [Bo Chen], has said."],
])("the two halves of a lost pair are restored together: %s", (marked) => {
  const textWith = (sentence: string): string =>
    `${BEFORE}\n\nIt rained on all the quays of the town that day. ${sentence} Then the ferry left for the islands with the mail.\n`;
  const whole = textWith(marked.replace(/[[\]]/g, ""));
  const holed = textWith(marked.replace(/\[.*?\] ?/g, ""));
  const [fix] = offers(holed, whole);
  const after = applyEdits(holed, fix?.edits ?? []);
  expect(after).toBe(whole);
  expect(findingsOf(after)).toEqual([]);
});

test("a loss next to it is not restored with it in another sentence, or far away", () => {
  const whole = `The pier is closed today. It is said by [the office], and that is [not] so far from what many people [here] think.`;
  const holed = whole.replace(" today", "").replace(/\[.*?\] ?/g, "");
  const [fix] = offers(`${BEFORE}\n\n${holed}\n`, `${BEFORE}\n\n${whole.replace(/[[\]]/g, "")}\n`);
  expect(fix?.edits.map(({ newText }) => newText.trim())).toEqual(["the office", "not"]);
});

test("two words between two long losses are enough to separate them", () => {
  const made = madeUp(4);
  const [first, last] = [made.paragraph(), made.paragraph()];
  const losses = [
    "previous talk about the use of natural stone on the quays",
    "guidance for all the harbour towns that want to hold such talks",
  ];
  const textWith = (one: string, two: string): string =>
    `${first} It is the best attended talk to date, with many more people than came to our ${one}.\n\nHarbourtown has ${two}, and a few years ago I wrote about all of them here.\n\n${last}\n`;
  const holed = textWith("", "");
  const whole = textWith(losses[0] ?? "", losses[1] ?? "");
  const fixes = offers(holed, whole);
  expect(fixes).toHaveLength(2);
  expect(
    applyEdits(
      holed,
      fixes.flatMap(({ edits }) => edits),
    ),
  ).toBe(whole);
});

test("nothing is offered from a text without the passage or the words, or with other differences", () => {
  const others = [
    "",
    `${BEFORE}\n`,
    `${HOLED}\n`,
    `${BEFORE}\n\n${HOLED}\n`,
    WHOLE.replace("harbour office", "harbour harbour office"),
  ];
  for (const other of others) expect(offers(`${HOLED}\n`, other), other).toEqual([]);
});

test("for any two texts, an offer inserts words of the other and deletes nothing", () => {
  const made = madeUp(5);
  const paragraphs = Array.from({ length: 12 }, () => made.paragraph());
  const pieces = [
    ...paragraphs,
    WHOLE,
    HOLED,
    BEFORE,
    "",
    "- ",
    "## Harbour",
    "> quoted",
    "\u2028",
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 });
  let offered = 0;
  fc.assert(
    fc.property(text, text, (one, two) => {
      const own = one.join("\n\n");
      const other = two.join("\n\n");
      for (const { edits, safe } of offers(own, other)) {
        offered++;
        expect(safe).toBe(false);
        for (const { start, end, newText } of edits) {
          expect(own.slice(start, end).trim()).toBe("");
          for (const word of newText.match(/[\p{L}\p{N}]+/gu) ?? []) expect(other).toContain(word);
        }
      }
    }),
    runs(200),
  );
  expect(offered).toBeGreaterThan(5);
});

test("one alignment serves all holes of a draft, and findings are computed only for texts with the words", () => {
  const made = madeUp(3);
  const whole = Array.from(
    { length: 40 },
    (_, at) => `${made.paragraph()} It is safe, according to the office of pier ${at}, they say.`,
  );
  const holed = whole.map((one) => one.replace(/the office of pier \d+,/, "the ,")).join("\n\n");
  const draft = draftOf(holed);
  let asked = 0;
  const source = {
    draft: draftOf(whole.join("\n\n")),
    findings: () => (asked++, []),
    name: "old.md",
  };
  const holes = findingsOf(holed).filter(isHole);
  expect(holes.length).toBeGreaterThan(30);
  const fixes = holes.flatMap((hole) => restorationsFrom(draft, hole, source));
  expect(fixes).toHaveLength(whole.length);
  expect(
    applyEdits(
      holed,
      fixes.flatMap(({ edits }) => edits),
    ),
  ).toBe(whole.join("\n\n"));
  expect(asked).toBe(1);

  asked = 0;
  const unlike = { ...source, draft: draftOf(BEFORE) };
  expect(holes.flatMap((hole) => restorationsFrom(draft, hole, unlike))).toEqual([]);
  expect(asked).toBe(0);
});

test.each([
  ["the [harbour office][o]", "[o]: https://example.org"],
  ["the harbour office[^o] and the mayor", "[^o]: A note."],
])(
  "a reference that only the other text defines is restored without it: %s",
  (lost, definition) => {
    const whole = WHOLE.replace("the harbour office", lost);
    const holed = `${WHOLE.replace(" the harbour office,", " ,")}\n`;
    const plain = WHOLE.replace("the harbour office", lost.replace(/\[\^?o\]|[[\]]/g, ""));
    const back = (text: string, other: string): string =>
      applyEdits(text, offers(text, other)[0]?.edits ?? []);
    expect(back(holed, `${whole}\n\n${definition}\n`)).toBe(`${plain}\n`);
    // If it is defined here as well, it is not changed.
    const here = `${holed}\nSee [o][o] and [^o].\n\n${definition}\n`;
    expect(back(here, `${whole}\n\n${definition}\n`)).toContain(lost);
  },
);
