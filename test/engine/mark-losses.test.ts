import fc from "fast-check";
import { expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { lossMarks } from "../../server/src/engine/fix.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { runs } from "../support/property.ts";
import { draftOf } from "../support/rules.ts";

const SETTINGS = settingsFrom({ placeholder: "QQ" });

function marked(text: string): { after: string; count: number } {
  const findings = lint(draftOf(text), RULES, SETTINGS, { rethrow: true });
  const edits = lossMarks(findings);
  return { after: applyEdits(text, edits), count: edits.length };
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const EXAMPLES = RULES.flatMap(({ docs }) =>
  docs.flagged.map(({ text }) => text.replace(/[⟦⟧]/g, "")),
);

test("marks insert the placeholder, and delete or change no word", () => {
  let marks = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...EXAMPLES), { maxLength: 6 }), (parts) => {
      const text = parts.join("\n\n");
      const { after, count } = marked(text);
      marks += count;
      if (count === 0) expect(after).toBe(text);
      expect(after.split("QQ").length - 1).toBe(count);
      const before = wordsOf(text);
      let at = 0;
      for (const word of wordsOf(after)) if (word === before[at]) at++;
      expect(at).toBe(before.length);
    }),
    runs(150),
  );
  expect(marks).toBeGreaterThan(100);
});

test("every loss in a draft is marked, however many there are", () => {
  for (const count of [0, 1, 2, 3, 70]) {
    const text = "According to , the stalls open at nine.\n\n".repeat(count);
    expect(marked(text).count).toBe(count);
  }
});
