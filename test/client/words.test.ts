import { describe, expect, test } from "vitest";
import {
  changedMessage,
  languageStatusText,
  leftInWords,
  suppressionTitle,
  offerInWords,
  placeInWords,
  readinessInWords,
  stateInWords,
  statusBarText,
  statusBarTooltip,
  verdictInWords,
  wayInWords,
} from "../../client/src/words.ts";
import type { DraftState } from "../../server/src/protocol.ts";

const NONE = { error: 0, warning: 0, information: 0, hint: 0 };
const STATE: DraftState = {
  state: "on",
  counts: NONE,
  kinds: [],
  offInDraft: [],
  offInSettings: [],
};

describe("every count", () => {
  const counts = Array.from({ length: 71 }, (_, count) => count);

  test("has its noun in the singular or plural, and “Nothing found” never hides hints", () => {
    for (const warning of counts) {
      const found = { ...STATE, counts: { ...NONE, warning } };
      const words =
        warning === 0 ? "Nothing found" : `${warning} warning${warning === 1 ? "" : "s"}`;
      expect(stateInWords(found)).toBe(words);
      for (const hint of [1, 2, 40]) {
        const hints = `${words}, ${hint} hint${hint === 1 ? "" : "s"}`;
        const withHints = { ...found, counts: { ...found.counts, hint } };
        expect(stateInWords(withHints)).toBe(hints);
        expect(statusBarText(withHints)).toEqual({
          ...statusBarText(found),
          label: `Galley: ${hints}`,
        });
        expect(languageStatusText(withHints)).toBe(`Galley: ${hints}`);
      }
      expect(languageStatusText(found)).toBe(`Galley: ${words}`);
      const shown = statusBarText(found);
      expect(shown?.text).toMatch(new RegExp(`^\\$\\(book\\) \\u2007?${warning}$`));
      expect(shown?.text).toHaveLength("$(book) 00".length);
    }
  });

  test("of drafts makes a sentence", () => {
    for (const drafts of counts.slice(1)) {
      for (const notReady of counts.slice(0, drafts + 1)) {
        const words = readinessInWords(drafts, notReady, 0);
        expect(words).toMatch(/^[A-Z0-9].*\.$/);
        if (notReady > 0 && drafts > 1) expect(words).toContain(`${notReady} of ${drafts} `);
      }
    }
    expect(readinessInWords(1, 1, 3)).toBe("The draft here is not ready yet.");
    expect(readinessInWords(9, 2, 0)).toBe("2 of 9 drafts are not ready yet.");
    expect(readinessInWords(9, 0, 0)).toBe("All 9 drafts are ready.");
    expect(readinessInWords(9, 0, 1)).toBe("All 9 drafts are ready, with 1 hint left.");
    expect(readinessInWords(1, 0, 4)).toBe("The draft here is ready, with 4 hints left.");
  });
});

test("a draft with more than hints is not ready, and hints are always mentioned", () => {
  const counts = { ...NONE, warning: 2, hint: 3 };
  expect(verdictInWords({ ...STATE, counts })).toBe("Not yet: 2 warnings, 3 hints");
  expect(verdictInWords({ ...STATE, counts: { ...NONE, hint: 3 } })).toBe("Nothing found, 3 hints");
  expect(verdictInWords(STATE)).toBe("Nothing found");
  expect(verdictInWords({ ...STATE, state: "no draft" })).toContain("not a draft");
  expect([placeInWords(6, "warning"), placeInWords(0, "hint")]).toEqual(["line 7", "line 1, hint"]);
});

test("the status bar item is hidden for files that are not drafts, and says that a draft is switched off", () => {
  expect(statusBarText({ ...STATE, state: "no draft" })).toBeUndefined();
  expect(statusBarText({ ...STATE, state: "off" })?.text).toContain("off");
});

test("the tooltip has the counts by kind, and what is off for this draft", () => {
  const tooltip = statusBarTooltip({
    ...STATE,
    counts: { error: 0, warning: 3, information: 1, hint: 2 },
    kinds: [
      { kind: "Lost words", count: 5 },
      { kind: "Leftovers", count: 1 },
    ],
    offInDraft: ["third"],
    offInSettings: ["fourth", "fifth"],
  });
  expect(tooltip.split("\n")).toEqual([
    "Galley: 3 warnings, 1 note, 2 hints",
    "Lost words: 5",
    "Leftovers: 1",
    "Click to go to the first one.",
    "Off in this draft: third",
    "Off in the settings: fourth, fifth",
  ]);
  expect(statusBarTooltip(STATE)).toBe("Galley: Nothing found");
});

test("the language status names the kind of a file that is not read, and nothing longer", () => {
  const none: DraftState = { ...STATE, state: "no draft" };
  expect(languageStatusText(none)).toBe("Galley: not a draft");
  expect(languageStatusText({ ...none, kind: "HTML" })).toBe("Galley: HTML files are not read");
});

test("a file that is not a draft by its kind can be included, alone or with all of its kind", () => {
  const said = [true, false].map((onlyFile) => offerInWords("HTML", onlyFile));
  expect(said).toEqual(["Read this file", "Read HTML in this folder"]);
});

test("what was done with findings of a kind is counted", () => {
  const said = [1, 3].map((count) => wayInWords("fix", count, "Doubled words"));
  expect(said).toEqual(["1 correction made: Doubled words", "3 corrections made: Doubled words"]);
  expect(wayInWords("mark", 2, "Lost words")).toBe("2 places marked: Lost words");
  expect(wayInWords("stet", 1, "Lost words")).toBe("1 finding let stand: Lost words");
});

test("a stet is named by its reach and its finding", () => {
  expect(suppressionTitle("This place", "a-rule, line 4")).toBe(
    "Let it stand: this place (a-rule, line 4)",
  );
  expect(suppressionTitle("“La La” for me", "a-rule, line 4")).toContain(": “La La” for me (");
});

test("the findings in a draft are named by kind", () => {
  const counts = { ...NONE, warning: 1, information: 2 };
  const kinds = ["Lost words", "Leftovers"].map((kind) => ({ kind, count: 1 }));
  expect(leftInWords({ counts, kinds })).toBe("1 warning, 2 notes: Lost words, Leftovers");
});

test("a change of another file is named, with what was done and whether it is saved", () => {
  expect(changedMessage("b.md", "Delete the copy in b.md", false)).toBe(
    "b.md was changed: Delete the copy in b.md.",
  );
  expect(changedMessage(".galley.json", "This place", true)).toMatch(/\. It is not saved yet\.$/);
});

test("no words of a draft become a link in a message", () => {
  const message = changedMessage("[x](command:y).md", "Accept “[a](command:b)”", false);
  expect(message).not.toContain("](");
  expect(message).toContain("[x] (command:y).md was changed");
});
