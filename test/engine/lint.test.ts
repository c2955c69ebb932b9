import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import type { Draft } from "../../server/src/draft/draft.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { type DigestedFinding, extractFacts, withDigests } from "../../server/src/project/facts.ts";
import { lint, toFinding } from "../../server/src/engine/lint.ts";
import { type PartialSettings, settingsFrom } from "../../server/src/settings/settings.ts";
import { stetEntry } from "../../server/src/engine/suppression/suppress.ts";
import { repeatedWord } from "../../server/src/rules/repeated-word.ts";
import { runs } from "../support/property.ts";
import { draftOf, getMessage } from "../support/rules.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { wording } from "../../server/src/text/wording.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const WRONG = "The council met on the the Monday of the feast.";

/** The finder of lost words also judges doubled words; it is not tested here. */
const BASE: PartialSettings = { rules: { "orphaned-fragment": "off" } };

/** The rules that report something, with the words they report. */
function told(text: string, ...settings: readonly PartialSettings[]): string[] {
  return lint(draftOf(text), RULES, settingsFrom(BASE, ...settings)).map(
    (finding) => `${finding.rule}: ${text.slice(finding.start, finding.end)}`,
  );
}

test("a rule that throws becomes one finding about itself, and the others run", () => {
  vi.spyOn(repeatedWord, "check").mockImplementation(() => {
    throw new Error("out of order");
  });
  const text = `${WRONG}\n\n${WRONG.replace("council", "mayor")}\n\n<!-- stet -->\n`;
  const findings = lint(draftOf(text), RULES, settingsFrom(BASE));
  expect(findings.map((finding) => finding.rule)).toEqual(["repeated-word", "unused-stet"]);
  expect(getMessage(findings[0])).toContain("out of order");
  expect(() => lint(draftOf(WRONG), RULES, settingsFrom(BASE), { rethrow: true })).toThrow(
    "out of order",
  );
});

test("a rule that is off is not asked", () => {
  expect(told(WRONG)).toEqual(["repeated-word: the the"]);
  expect(told(WRONG, { rules: { "repeated-word": "off" } })).toEqual([]);
});

test("a setting can lower and raise a severity, of a one-word mistake and of a certain repeat", () => {
  const passage =
    "The council voted on Monday to close the old bridge to lorries until the spring, and the ferry will run.";
  for (const [text, rule] of [
    [WRONG, "repeated-word"],
    [
      `${passage}

${passage}
`,
      "repeated-block",
    ],
  ] as const) {
    const severity = (set: PartialSettings): string | undefined =>
      lint(draftOf(text), RULES, settingsFrom(BASE, set))[0]?.severity;
    expect(severity({})).toBe("warning");
    expect(severity({ rules: { [rule]: "error" } })).toBe("error");
    expect(severity({ rules: { [rule]: { severity: "hint" } } })).toBe("hint");
  }
});

test.each([
  // The rule's own severity, the one set, the report's, and the outcome.
  ["warning", "error", undefined, "error"],
  ["warning", "error", "warning", "error"],
  ["warning", "error", "information", "information"],
  ["warning", "error", "hint", "hint"],
  ["warning", "warning", "information", "information"],
  ["warning", "hint", "warning", "hint"],
  ["warning", "hint", undefined, "hint"],
  ["information", "warning", "warning", "warning"],
  ["information", "error", "information", "error"],
  ["information", "information", "warning", "information"],
  ["information", "error", "hint", "hint"],
] as const)(
  "a rule of %s that is set to %s: its report of %s becomes a finding of %s",
  (severity, set, own, expected) => {
    const report = { start: 0, end: 1, message: wording("m"), ...(own && { severity: own }) };
    expect(toFinding({ id: "r", severity }, set, report).severity).toBe(expected);
  },
);

test("a stet suppresses the next block's findings, for all rules or for one", () => {
  expect(told(`<!-- stet -->\n\n${WRONG}\n`)).toEqual([]);
  expect(told(`<!-- stet repeated-word -->\n\n${WRONG}\n`)).toEqual([]);
  expect(told(`<!-- stet: a quotation -->\n\n${WRONG}\n`)).toEqual([]);
  expect(told(`<!-- stet repeated-word: a quotation -->\n\n${WRONG}\n`)).toEqual([]);
  expect(told(`<!-- stet broken-off -->\n\n${WRONG}\n`)).toEqual([
    "unused-stet: <!-- stet broken-off -->",
    "repeated-word: the the",
  ]);
  const other = "The mayor went to the the fair with her sons.";
  expect(told(`<!-- stet -->\n\n${WRONG}\n\n${other}\n`)).toEqual(["repeated-word: the the"]);
});

const SHE = "She came to to the sound of rain.";
const STET_IN = "<!-- stet -->";

test.each([
  [`${WRONG} ${STET_IN}\n\n${SHE}\n`, ["to to"]],
  [`**${WRONG} ${STET_IN}**\n\n${SHE}\n`, ["to to"]],
  [`The the mayor left. ${STET_IN} It it rained.\n\n${SHE}\n`, ["The the", "to to"]],
  [`The mayor left. ${STET_IN} It rained.\n\n${SHE}\n`, [STET_IN, "to to"]],
  [`The the mayor. ${STET_IN} <!-- stet -->\n\n${SHE}\n`, ["to to"]],
  [`${STET_IN} The the mayor. It it rained.\n\n${SHE}\n`, ["to to"]],
  [`# The the fair ${STET_IN}\n\n${SHE}\n`, ["to to"]],
  [`- The the fair. ${STET_IN}\n- ${SHE}\n`, ["to to"]],
  [`| The the fair. ${STET_IN} | ${SHE} |\n|---|---|\n`, ["to to"]],
  [`${WRONG}\n${STET_IN}\n\n${SHE}\n`, ["the the"]],
  [`<p>${WRONG}</p> ${STET_IN}\n<p>${SHE}</p>\n`, ["to to"]],
])("a stet in a block's text is for that block only: %j", (text, left) => {
  const shown = left.map((words) => expect.stringContaining(words) as unknown);
  expect(told(text)).toEqual(shown);
});

test.each([
  [`<p>${WRONG} ${STET_IN}</p><p>${SHE}</p>`, ["to to"]],
  [`<p>${WRONG}</p> ${STET_IN} <!-- Checked. -->\n<p>${SHE}</p>`, ["to to"]],
  [`<p>${WRONG}</p> <!-- Checked. --> ${STET_IN}</div>\n<p>${SHE}</p>`, ["to to"]],
  [`<p>${WRONG}</p>${STET_IN}<p>${SHE}</p>`, ["the the"]],
  [`<p>${WRONG}</p>\n${STET_IN}\n<p>${SHE}</p>`, ["the the"]],
])("a stet in a page is for its block, or for the next one: %j", (text, left) => {
  const found = lint(draftOf(text, "html"), RULES, settingsFrom(BASE));
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(left);
});

test.each(["Stet", "STET", "stet Repeated-Word", "STET: a quotation", "Stet-File"])(
  "case does not matter in “%s”",
  (words) => {
    expect(told(`<!-- ${words} -->\n\n${WRONG}\n`)).toEqual([]);
  },
);

test("for any blocks, a stet in the text of one never hides what another has", () => {
  const sentences = [
    "The the mayor left.",
    "It rained.",
    STET_IN,
    "`code`",
    "<!-- x -->",
    "**So so**",
  ];
  const block = fc.array(fc.constantFrom(...sentences), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), (blocks) => {
      const texts = blocks.map((parts) => `So: ${parts.join(" ")}`);
      const doubled = (text: string) =>
        told(text).filter((line) => line.startsWith("repeated-word"));
      expect(doubled(texts.join("\n\n"))).toEqual(texts.flatMap(doubled));
    }),
    runs(200),
  );
});

test("each of thousands of stets is used once", () => {
  const many = Array.from({ length: 3000 }, () => `<!-- stet -->\n\n${WRONG}\n\n`).join("");
  expect(told(many + WRONG)).toEqual(["repeated-word: the the"]);
});

test("a stet-file suppresses the whole draft, but only at its top", () => {
  expect(told(`<!-- stet-file -->\n\n${WRONG}\n`)).toEqual([]);
  expect(told(`---\ntitle: x\n---\n\n<!-- stet-file repeated-word -->\n\n${WRONG}\n`)).toEqual([]);
  expect(told(`${WRONG}\n\n<!-- stet-file -->\n`)).toEqual([
    "repeated-word: the the",
    "unused-stet: <!-- stet-file -->",
  ]);
  expect(told(`<!-- stet-file broken-off -->\n\n${WRONG}\n`)).toEqual([
    "unused-stet: <!-- stet-file broken-off -->",
    "repeated-word: the the",
  ]);
});

test("an unused stet is reported, and one with an unknown rule says so", () => {
  const message = (text: string): string | undefined =>
    getMessage(lint(draftOf(text), RULES, settingsFrom(BASE))[0]);
  expect(message("<!-- stet -->\n\nThe council met on Monday.\n")).toMatch(/not needed/);
  expect(message("<!-- stet repeated-wrod -->\n\nThe council met on Monday.\n")).toMatch(
    /“repeated-wrod”.*“repeated-word”/,
  );
  const off = { rules: { "repeated-word": "off" as const } };
  expect(told("<!-- stet repeated-word -->\n\nThe council met.\n", off)).toEqual([]);
});

test("deleting an unused stet deletes its line and the blank one", () => {
  const text = "One.\n\n<!-- stet -->\n\nThe council met on Monday.\n";
  const fix = lint(draftOf(text), RULES, settingsFrom(BASE))[0]?.fixes?.[0];
  expect(fix?.safe).toBe(true);
  const [edit] = fix?.edits ?? [];
  expect(text.slice(0, edit?.start) + text.slice(edit?.end)).toBe(
    "One.\n\nThe council met on Monday.\n",
  );
});

test("an accepted phrase suppresses a finding exactly within it, across a line break", () => {
  expect(told(WRONG, { accept: ["the the"] })).toEqual([]);
  expect(told(WRONG, { accept: ["on the the Monday"] })).toEqual([]);
  expect(told(WRONG, { accept: ["The The"] })).toEqual(["repeated-word: the the"]);
  expect(told("The council met on the\nthe Monday.", { accept: ["the the"] })).toEqual([]);
  expect(told(WRONG, { accept: ["Monday", "", "(", "the"] })).toEqual(["repeated-word: the the"]);
});

test("an accepted phrase doesn't suppress a long passage that contains it", () => {
  const passage =
    "The council voted on Monday to close the old bridge to lorries until the spring.";
  const text = `${passage}\n\nShops on the quay fear for their trade.\n\n${passage}\n`;
  expect(told(text, { accept: ["old bridge"] })).toHaveLength(1);
});

test("a stet entry follows its passage, not its line", () => {
  const draft = draftOf(WRONG);
  const [finding] = lint(draft, RULES, settingsFrom(BASE));
  if (finding === undefined) throw new Error("nothing found");
  const entry = stetEntry(draft, finding);
  expect(entry).toMatchObject({
    rule: "repeated-word",
    text: "The council met on the the Monday of",
  });
  expect(told(`A new first paragraph.\n\n${WRONG}\n`, { stet: [entry] })).toEqual([]);
  expect(told(WRONG.replace("council", "mayor"), { stet: [entry] })).toHaveLength(1);
  expect(told(WRONG, { stet: [{ ...entry, rule: "broken-off" }] })).toHaveLength(1);
});

test("findings about other drafts can be suppressed, and make the stet used", () => {
  const text = `<!-- stet -->\n\nThe council met on Monday.\n\nThe mayor left early.\n`;
  const draft = draftOf(text);
  const settings = settingsFrom(BASE);
  const alone = lint(draft, RULES, settings);
  expect(alone.map((finding) => finding.rule)).toEqual(["unused-stet"]);
  const about = (words: string): Finding => ({
    rule: "repeated-elsewhere",
    severity: "information",
    message: wording("Stands in another draft."),
    start: text.indexOf(words),
    end: text.indexOf(words) + words.length,
  });
  const both = lint(draft, RULES, settings, {
    elsewhere: [about("The council met on Monday."), about("The mayor left early.")],
  });
  expect(both.map((finding) => text.slice(finding.start, finding.end))).toEqual([
    "The mayor left early.",
  ]);
});

test("facts count words, not markup", () => {
  const draft = draftOf("# Two words\n\nThree [more](x.md) `words`.\n");
  const { words } = extractFacts(draft, settingsFrom(BASE));
  expect(words).toBe(5);
});

test("a rule that guesses yields to one that knows", () => {
  const rules = lint(draftOf(WRONG), RULES, settingsFrom({ sensitivity: "eager" })).map(
    ({ rule }) => rule,
  );
  expect(rules).toEqual(["repeated-word"]);
});

test.each([
  ["The bridge in May. Photo by .\n", "empty-credit"],
  ["She bought bread in the in the town.\n", "repeated-word"],
  [
    "The council met on Monday. It was the matter of the\n\nThe mayor did not comment on the vote.\n",
    "broken-off",
  ],
])("one gap is one finding, of the rule that knows most about it: %j", (text, rule) => {
  const found = lint(draftOf(text), RULES, settingsFrom({ sensitivity: "eager" }));
  expect(found.map((one) => one.rule)).toEqual([rule]);
});

test("a sentence that a block of code cuts in two has lost nothing there", () => {
  const rules = { "starts-mid-sentence": "off", "broken-off": "off" } as const;
  const count = (text: string): number => {
    const found = lint(draftOf(text), RULES, settingsFrom({ sensitivity: "eager", rules }));
    return found.filter(({ rule }) => rule === "orphaned-fragment").length;
  };
  const code = "```\nname = 1\n```\n\n";
  for (const rest of [
    "is converted by the ferry into the three points that were asked for.\n",
    "of the bridge, which was built in 1931, will cost two million.\n",
  ]) {
    expect(count(`${code}${rest}`), rest).toBe(0);
    expect(count(`It is an old one.\n\n${rest}`), rest).toBe(1);
  }
  const open = "The path is made by the mayor from the";
  expect(count(`${open}\n\n${code}`)).toBe(0);
  expect(count(`${open}\n\nIt is an old one.\n`)).toBe(1);
  expect(count(`${open} .\n\n${code}`)).toBe(1);
  expect(count(`${code}The are split by a colon in the list of the towns.\n`)).toBe(1);
});

test("a space between markup and a mark, again and again, is a converter's habit", () => {
  const count = (text: string): number =>
    lint(draftOf(text), RULES, settingsFrom({ sensitivity: "eager" })).length;
  const lines = ["**Lenin** , the first", "_Iskra_ , a paper", "[Pravda](p) , another"];
  const few = lines.map((line) => `The names are ${line} of them.\n\n`).join("");
  expect(count(few)).toBe(3);
  expect(count(`${few}The names are **Plekhanov** , the first of them.\n`)).toBe(0);
  // Words that lead to a name have lost it all the same, also in markup.
  expect(count(`${few}According to **the** , the bridge will close in May.\n`)).toBe(1);
  expect(count(`${few}The mayor of the **town** , spoke to , who left.\n`)).toBe(1);
});

test("a rule's first thousand findings are listed, and one more counts the rest", () => {
  const notes = (count: number): Draft =>
    draftOf(Array.from({ length: count }, (_, index) => `[^${index}]: Note.\n\n`).join(""));
  const judged = (count: number): DigestedFinding[] => {
    const draft = notes(count);
    return withDigests(draft, lint(draft, RULES, settingsFrom(BASE)));
  };
  expect(judged(1000).some(({ rest }) => rest !== undefined)).toBe(false);
  const [few, many] = [judged(1001), judged(1002)];
  expect([few.length, many.length]).toEqual([1001, 1001]);
  expect([few.at(-1)?.rest, many.at(-1)?.rest]).toEqual([1, 2]);
  expect(getMessage(many.at(-1))).toMatch(/^And 2 more of these from here on/);
  // Not the fixes, which are computed on demand.
  const starts = (all: readonly Finding[]): number[] => all.map(({ start }) => start);
  expect(starts(many)).toEqual(starts(few));
  // They are one passage, identified by how many there are: test/engine/known-findings.test.ts.
  expect(many.at(-1)?.digest).toBe(few.at(-1)?.digest);
});
