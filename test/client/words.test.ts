import { describe, expect, test } from "vitest";
import {
  changedMessage,
  languageStatusText,
  leftInWords,
  suppressionTitle,
  marksInWords,
  readinessInWords,
  stateInWords,
  statusBarText,
  statusBarTooltip,
} from "../../client/src/words.ts";
import type { DraftState } from "../../server/src/protocol.ts";

const NONE = { error: 0, warning: 0, information: 0, hint: 0 };
const STATE: DraftState = {
  state: "on",
  counts: NONE,
  rules: [],
  offInDraft: [],
  offInSettings: [],
};

describe("every count", () => {
  const counts = Array.from({ length: 71 }, (_, count) => count);

  test("is said with its noun in one or several, and hints never stand behind “Nothing found”", () => {
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
        expect(languageStatusText(withHints)).not.toContain("nothing");
      }
      expect(languageStatusText(found)).toBe(
        warning === 0 ? "Galley: nothing found" : `Galley: ${warning} to look at`,
      );
      const shown = statusBarText(found);
      expect(shown?.text).toMatch(new RegExp(`^\\$\\(book\\) \\u2007?${warning}$`));
      expect(shown?.text).toHaveLength("$(book) 00".length);
      expect(marksInWords(warning)).toMatch(
        warning === 0 ? /^No words are missing/ : new RegExp(`^Marked ${warning} loss(?:es)?\\.$`),
      );
    }
  });

  test("of drafts makes a sentence", () => {
    for (const drafts of counts) {
      for (const notReady of counts.slice(0, drafts + 1)) {
        const words = readinessInWords(drafts, notReady);
        expect(words).toMatch(/^[A-Z0-9].*\.$/);
        if (notReady > 0) expect(words).toContain(`${notReady} of ${drafts} `);
      }
    }
    expect(readinessInWords(1, 1)).toBe("1 of 1 draft is not ready yet.");
    expect(readinessInWords(9, 2)).toBe("2 of 9 drafts are not ready yet.");
    expect(readinessInWords(9, 0)).toBe("All 9 drafts are ready.");
  });
});

test("the status-bar item is hidden for what is no draft, and says that a draft is switched off", () => {
  expect(statusBarText({ ...STATE, state: "no draft" })).toBeUndefined();
  expect(statusBarText({ ...STATE, state: "off" })?.text).toContain("off");
});

test("the tooltip has the counts by rule, and what is off for this draft and here", () => {
  const tooltip = statusBarTooltip({
    ...STATE,
    counts: { error: 0, warning: 3, information: 1, hint: 2 },
    rules: [
      { rule: "one-rule", count: 3 },
      { rule: "another", count: 1 },
    ],
    offInDraft: ["third"],
    offInSettings: ["fourth", "fifth"],
  });
  expect(tooltip.split("\n")).toEqual([
    "Galley: 3 warnings, 1 note, 2 hints",
    "3 × one-rule",
    "1 × another",
    "Click for the first one.",
    "Off for this draft: third",
    "Off here: fourth, fifth",
  ]);
  expect(statusBarTooltip(STATE)).toBe("Galley: Nothing found");
});

test("a kind of file that is not read is named, and nothing longer", () => {
  const none: DraftState = { ...STATE, state: "no draft" };
  expect(languageStatusText(none)).toBe("Galley: not a draft");
  expect(languageStatusText({ ...none, kind: "HTML" })).toBe("Galley: HTML files are not read");
});

test("a stet is called by its reach and its finding", () => {
  expect(suppressionTitle("This place", "a-rule, line 4")).toBe(
    "Let it stand: this place (a-rule, line 4)",
  );
  expect(suppressionTitle("“La La” for me", "a-rule, line 4")).toContain(": “La La” for me (");
});

test("what is left in a draft names its rules", () => {
  const counts = { ...NONE, warning: 1, information: 2 };
  const rules = [{ rule: "one-rule", count: 3 }];
  expect(leftInWords({ counts, rules })).toBe("1 warning, 2 notes: one-rule");
});

test("a change of another file names it, what was done, and whether it is saved", () => {
  expect(changedMessage("b.md", "Delete the copy in b.md", false)).toBe(
    "b.md was changed: Delete the copy in b.md.",
  );
  expect(changedMessage(".galley.json", "This place", true)).toMatch(/\. It is not saved yet\.$/);
});

test("no words of a draft are a link in a message", () => {
  const message = changedMessage("[x](command:y).md", "Accept “[a](command:b)”", false);
  expect(message).not.toContain("](");
  expect(message).toContain("[x] (command:y).md was changed");
});
