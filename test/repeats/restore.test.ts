import type { FormatId } from "../../server/src/formats/registry.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding, Fix } from "../../server/src/draft/finding.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { withRestorations } from "../../server/src/repeats/restore.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { runs } from "../support/property.ts";
import { draftOf, getTitles } from "../support/rules.ts";
import { counted } from "../support/work.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { say } from "../../server/src/text/wording.ts";

const SETTINGS = settingsFrom({});
const BETWEEN = "Shops on the quay fear for their trade.";

function judged(text: string, format?: FormatId): Finding[] {
  const draft = draftOf(text, format);
  return [...withRestorations(draft, lint(draft, RULES, SETTINGS, { rethrow: true }))];
}

function restoring(text: string, format?: FormatId): Fix[] {
  return judged(text, format)
    .flatMap(({ fixes }) => fixes ?? [])
    .filter(({ title }) => say(title).startsWith("Restore"));
}

function told(findings: readonly Finding[]): string[] {
  return findings.map(({ rule }) => rule);
}

/** A draft with both copies, in the given order. */
function both(...copies: readonly string[]): string {
  return `${copies.join(`\n\n${BETWEEN}\n\n`)}\n`;
}

/** Asserts that the only offer turns the copy with the hole into `expected`, and that then only the repeat is left. */
function restores(whole: string, holed: string, expected: string, format?: FormatId): Fix[] {
  const fixes = [
    [both(whole, holed), both(whole, expected)],
    [both(holed, whole), both(expected, whole)],
  ].map(([text = "", after = ""]) => {
    const offers = restoring(text, format);
    expect(
      offers.map(({ edits }) => applyEdits(text, edits)),
      text,
    ).toEqual([after]);
    expect(told(judged(after, format)), after).toEqual(["repeated-block"]);
    return offers[0];
  });
  return fixes.filter((fix) => fix !== undefined);
}

const WHOLE =
  "The council said on Monday that the old bridge is unsafe, according to the harbour office, and that lorries must wait until spring.";
const HOLED = WHOLE.replace("harbour office,", ",");

describe("words that one copy of a passage lost are taken from the other", () => {
  test.each<FormatId>(["markdown", "plaintext"])("in %s", (format) => {
    const [first, second] = restores(WHOLE, HOLED, WHOLE, format);
    expect(first).toMatchObject({ safe: false, preferred: true });
    expect([first, second].map((fix) => fix && say(fix.title))).toEqual([
      "Restore “harbour office” from line 1",
      "Restore “harbour office” from line 5",
    ]);
  });

  test("before the placeholder, and neither is safe", () => {
    const hole = judged(both(WHOLE, HOLED)).find(({ rule }) => rule === "empty-attribution");
    expect(getTitles(hole)).toEqual([
      "Restore “harbour office” from line 1",
      "Mark the loss with TK",
    ]);
    expect(hole?.fixes?.some(({ safe }) => safe)).toBe(false);
  });

  test("in HTML", () => {
    const text = `<p>${WHOLE}</p>\n<p>${BETWEEN}</p>\n<p>${HOLED}</p>\n`;
    const [fix, ...others] = restoring(text, "html");
    expect(others).toEqual([]);
    expect(fix && applyEdits(text, fix.edits)).toBe(text.replace(HOLED, WHOLE));
  });

  test("on both sides of a word", () => {
    const whole =
      "The ferry calls at many small ports, including Aldham and Upper Bures, before it turns back to the harbour with the evening mail.";
    const [fix] = restores(whole, whole.replace("Aldham and Upper Bures,", "and ,"), whole);
    expect(fix && say(fix.title)).toBe("Restore “Aldham” and “Upper Bures” from line 1");
    expect(fix?.preferred).toBe(true);
  });

  test("on both sides of a word with one reported loss, as a choice", () => {
    const whole =
      "The council said on Monday that the new film about the harbour stars Ann Lee and Bo Chen, and that it opens in the old hall on the quay in spring.";
    const [fix] = restores(whole, whole.replace("Ann Lee and Bo Chen,", "and ,"), whole);
    expect(fix && say(fix.title)).toBe("Restore “Ann Lee” and “Bo Chen” from line 1");
    expect(fix?.preferred).toBeUndefined();
  });

  test("at the end of a sentence and of a paragraph", () => {
    const whole =
      "The council said on Monday that the old bridge is unsafe and that lorries must wait until spring, according to the harbour office.";
    restores(whole, whole.replace("harbour office.", "."), whole);
  });

  test("at the start of a paragraph", () => {
    const whole =
      "The harbour office, which has looked after the old bridge for ninety years, says that lorries must wait until spring.";
    restores(whole, whole.replace("The harbour office", ""), whole);
    const linked = whole.replace("The harbour office", "[The harbour office](https://example.org)");
    restores(linked, whole.replace("The harbour office", ""), linked);
  });

  test("if the word after the gap also ends the lost words", () => {
    const whole =
      "The council said on Monday, citing a report by the harbour office, the oldest in the county, that lorries must wait until next spring.";
    restores(whole, whole.replace("the harbour office,", ","), whole);
  });

  test("if they contain the word after the gap, or the one before it", () => {
    const whole =
      "The council says on its page that the bridge is closed. Read our tips for heavy loads for more about the roads that are open to lorries this spring.";
    restores(whole, whole.replace("tips for heavy loads for", " for"), whole);
    const before =
      "The council says on its page that the bridge is closed. Read all of the tips of the drivers, who know the roads that are open to lorries this spring.";
    restores(before, before.replace("the tips of the drivers,", "the ,"), before);
  });

  test("with the link or the emphasis around them", () => {
    const linked = WHOLE.replace("the harbour office", "[the harbour office](https://example.org)");
    restores(linked, HOLED, WHOLE);
    const inner = WHOLE.replace("harbour office", "[harbour office](https://example.org)");
    restores(inner, HOLED, inner);
    const strong = WHOLE.replace("harbour office", "**harbour** *office*");
    restores(strong, HOLED, strong);
  });

  test("as bare words within a link or emphasis", () => {
    const [link, strong] = ["[harbour office](https://example.org)", "**harbour office**"];
    for (const [before, after] of [
      ["[", "](https://example.com)"],
      ["*", "*"],
    ] as const) {
      const around = (office: string): string =>
        WHOLE.replace(
          "according to the harbour office, and that",
          `${before}according to the ${office}, and that${after}`,
        );
      for (const other of [link, strong, "harbour office"]) {
        restores(WHOLE.replace("harbour office", other), around(""), around("harbour office"));
      }
    }
  });

  test("over a line break, in a quotation or not", () => {
    const broken = WHOLE.replace("harbour office", "harbour\noffice");
    restores(broken, HOLED, WHOLE);
    restores(WHOLE.replace("harbour office", "harbour\\\noffice"), HOLED, WHOLE);
    restores(WHOLE.replace("harbour office", "harbour  \noffice"), HOLED, WHOLE);
    const whole = both(WHOLE, `> ${HOLED}`);
    for (const fix of restoring(whole)) {
      expect(applyEdits(whole, fix.edits)).toBe(both(WHOLE, `> ${WHOLE}`));
    }
  });

  test("if the copies differ elsewhere", () => {
    const edited = HOLED.replace("said on Monday", "announced on Monday");
    restores(WHOLE, edited, WHOLE.replace("said on Monday", "announced on Monday"));
  });

  test("in several paragraphs", () => {
    const next =
      "The ferry turns back to the harbour with the evening mail, and waits there for the tide.";
    restores(`${WHOLE}\n\n${next}`, `${HOLED}\n\n${next}`, `${WHOLE}\n\n${next}`);
    restores(`${next}\n\n${WHOLE}`, `${next}\n\n${HOLED}`, `${next}\n\n${WHOLE}`);
  });

  test("each wording is offered if copies differ, and none preferred", () => {
    // Short passages with three wordings are a pattern, and intended.
    const passages = madeUp(1);
    const rest = Array.from({ length: 8 }, () => passages.paragraph()).join("\n\n");
    const [one, other, lost] = [WHOLE, WHOLE.replace("harbour office", "port police"), HOLED].map(
      (first) => `${first}\n\n${rest}`,
    );
    const text = both(one ?? "", lost ?? "", other ?? "");
    const offers = restoring(text);
    const made = offers.map(({ edits }) => applyEdits(text, edits));
    expect(made.sort()).toEqual(
      [one, other].map((same) => both(one ?? "", same ?? "", other ?? "")).sort(),
    );
    expect(offers.some(({ preferred }) => preferred)).toBe(false);
  });
});

describe("nothing is offered", () => {
  test.each([
    ["where the other copy has the same hole", both(HOLED, HOLED)],
    ["where the other copy has a placeholder", both(WHOLE.replace("harbour office", "TK"), HOLED)],
    ["where no copy stands in the draft", `${HOLED}\n\n${BETWEEN}\n`],
    [
      "where the other copy has other marks at the place",
      both(WHOLE.replace("harbour office,", "harbour office;"), HOLED),
    ],
  ])("%s", (_where, text) => {
    expect(told(judged(text))).toContain("empty-attribution");
    expect(restoring(text)).toEqual([]);
  });

  test("if the repeat is suppressed", () => {
    const text = both(WHOLE, `<!-- stet repeated-block -->\n\n${HOLED}`);
    expect(told(judged(text))).toEqual(["empty-attribution"]);
    expect(restoring(text)).toEqual([]);
  });
});

const NAMES = ["the harbour office", "Ada Bell", "“The Lamp”", "two of the *oldest* firms"];
const TAILS = [", and that lorries must wait", ".", ", who met on Friday", " on the quay"];

test("restored words are the other copy's, word for word", () => {
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), fc.constantFrom(...TAILS), (name, tail) => {
      const start =
        "The council said on Monday after a long debate that the old bridge is unsafe, according to ";
      const whole = `${start}${name}${tail}`;
      const holed = `${start}${tail.startsWith(" ") ? tail.slice(1) : tail}`;
      const text = both(whole, holed);
      for (const { edits } of restoring(text)) {
        const after = applyEdits(text, edits);
        expect(after).toBe(both(whole, whole));
        expect(told(judged(after))).toEqual(["repeated-block"]);
      }
    }),
    runs(60),
  );
});

test("without repeats the findings are the same objects", () => {
  const draft = draftOf(`${HOLED}\n`);
  const found = lint(draft, RULES, SETTINGS, { rethrow: true });
  expect(told(found)).toEqual(["empty-attribution"]);
  expect(withRestorations(draft, found)).toBe(found);
});

const OTHER = madeUp(8);

describe.each([
  ["one long repeat", (whole: string[], holed: string[]) => [...whole, ...holed]],
  [
    "many repeats",
    (whole: string[], holed: string[]) =>
      whole.flatMap((one, at) => [one, holed[at] ?? "", OTHER.paragraph(), OTHER.paragraph()]),
  ],
])("the holes in %s", (_name, arranged) => {
  /** How often the findings were read, and the places of blocks. */
  const looks = (count: number): number => {
    const made = madeUp(3);
    const whole = Array.from(
      { length: count },
      (_, at) => `${made.paragraph()} It is safe, according to the office of pier ${at}, they say.`,
    );
    const holed = whole.map((one) => one.replace(/the office of pier \d+,/, "the ,"));
    const { blocks, starts, ...draft } = draftOf(arranged(whole, holed).join("\n\n"));
    const found = lint({ ...draft, blocks, starts }, RULES, SETTINGS, { rethrow: true });
    let looks = 0;
    const look = (): void => {
      looks++;
    };
    const restored = withRestorations(
      { ...draft, blocks: counted(blocks, look), starts: counted(starts, look) },
      found.map((one) => counted(one, look)),
    );
    const filled = restored.filter(({ fixes }) =>
      (fixes ?? []).slice(0, 1).some(({ title }) => say(title).startsWith("Restore")),
    );
    expect(filled.length).toBeGreaterThan(count / 2);
    return looks;
  };

  test("cost the same each, however many there are", () => {
    // A binary search in four times as many takes two more steps; reading all would take sixteen times as many.
    expect(looks(400)).toBeLessThan(6 * looks(100));
  });
});
