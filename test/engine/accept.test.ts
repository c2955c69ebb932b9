import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptingPhrases } from "../../server/src/engine/suppression/accept.ts";
import { isEmptyPhrase } from "../../server/src/language/small-words.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { applySuppressions, stetEntry } from "../../server/src/engine/suppression/suppress.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { runs } from "../support/property.ts";
import { draftOf } from "../support/rules.ts";
import { counted } from "../support/work.ts";
import { wording } from "../../server/src/text/wording.ts";

function finding(rule: string, start: number, end: number): Finding {
  return { rule, severity: "warning", message: wording(""), start, end };
}

test.each(["the", "The", "to .", "(", "(a", "“", "of the", "<<<<<<<", "", "and , which"])(
  "%j can't identify a phrase",
  (phrase) => {
    expect(isEmptyPhrase(phrase)).toBe(true);
  },
);

test.each(["La La Land", "the the", "had had", "The Who", "TK Maxx", "TK", "der die", "7"])(
  "%j can",
  (phrase) => {
    expect(isEmptyPhrase(phrase)).toBe(false);
  },
);

test("a phrase of small words or marks silences no gap, whatever rule reports it", () => {
  const accept = [
    ...["the", "The", "to .", "by the .", "of", ".", "According to ,", ",", "and , which"],
  ];
  for (const rule of RULES) {
    for (const { text } of rule.docs.flagged) {
      const draft = draftOf(text.replace(/[⟦⟧]/g, ""));
      const plain = lint(draft, RULES, settingsFrom({}));
      const accepted = lint(draft, RULES, settingsFrom({ accept: accept.filter(isEmptyPhrase) }));
      expect(accepted).toEqual(plain);
    }
  }
});

describe("laws", () => {
  /** Tries the phrases one after another, each as an expression. */
  function isAcceptedSlowly(text: string, accept: readonly string[], one: Finding): boolean {
    return accept.some((phrase) => {
      const words = phrase.trim().split(/\s+/);
      if (words[0] === "") return false;
      const source = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("\\s+");
      // Matches may overlap.
      for (const match of text.matchAll(new RegExp(`(?=(${source}))`, "g"))) {
        const end = match.index + (match[1] ?? "").length;
        if (match.index <= one.start && end >= one.end) return true;
        const shared = Math.min(end, one.end) - Math.max(match.index, one.start);
        if (shared * 2 > one.end - one.start) return true;
      }
      return false;
    });
  }

  const word = fc.constantFrom("La", "Land", "a", "ab", "the", ".", "é", "😀");
  const space = fc.constantFrom(" ", "\n", "  ", "\t");
  const spaced = (maxLength: number): fc.Arbitrary<string> =>
    fc
      .array(fc.tuple(word, space), { minLength: 1, maxLength })
      .map((pairs) => pairs.flat().join(""));

  test("a phrase is found wherever it occurs exactly, with any white space", () => {
    let found = 0;
    fc.assert(
      fc.property(
        spaced(12),
        fc.array(spaced(3), { maxLength: 6 }),
        fc.nat(40),
        fc.nat(12),
        (text, accept, at, length) => {
          const start = Math.min(at, text.length);
          const one = finding("repeated-word", start, Math.min(start + length, text.length));
          const expected = isAcceptedSlowly(text, accept, one);
          if (expected) found++;
          expect(acceptingPhrases({ text }, RULES, accept, one).size > 0).toBe(expected);
        },
      ),
      runs(2000),
    );
    expect(found).toBeGreaterThan(50);
  });

  test("however many phrases and stets there are, a finding looks at few of them", () => {
    const text = "The band La La Land played the the song.\n";
    const draft = draftOf(text);
    const at = text.indexOf("the the");
    const one = finding("repeated-word", at, at + 7);
    let read = 0;
    const phrases = Array.from({ length: 100_000 }, (_, number) => `La La ${number}`);
    const accept = counted([...phrases, "the the"], () => read++);
    const entries = Array.from({ length: 100_000 }, (_, number) => ({
      rule: "repeated-word",
      text: "",
      hash: String(number),
    }));
    const stet = counted([...entries, stetEntry(draft, one)], () => read++);
    for (const settings of [settingsFrom({ accept: phrases }), settingsFrom({ stet: entries })]) {
      expect(applySuppressions(draft, RULES, settings, [one]).remaining).toHaveLength(1);
    }
    for (const settings of [
      { ...settingsFrom({}), accept },
      { ...settingsFrom({}), stet },
    ]) {
      expect(applySuppressions(draft, RULES, settings, [one]).remaining).toEqual([]);
      const once = read;
      expect(
        applySuppressions(
          draft,
          RULES,
          settings,
          Array.from({ length: 50 }, () => one),
        ).remaining,
      ).toEqual([]);
      // The expression made from the list is kept for later texts.
      expect(read - once).toBeLessThan(500);
    }
  });
});
