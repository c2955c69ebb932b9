import { FORMAT_IDS, type FormatId } from "../server/src/formats/registry.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toDraft as draftNow, edited, opened } from "../server/src/project/document.ts";
import { type Finding, SEVERITIES } from "../server/src/draft/finding.ts";
import { safeEdits } from "./support/safe-edits.ts";
import { applyEdits } from "../server/src/text/edits.ts";
import { positionAt } from "../server/src/text/lines.ts";
import { lint } from "../server/src/engine/lint.ts";
import { settingsFrom } from "../server/src/settings/settings.ts";
import { RULES } from "../server/src/rules/index.ts";
import { draftOf, expectExamples, findings, unmarked } from "./support/rules.ts";
import { runs } from "./support/property.ts";
import { say } from "../server/src/text/wording.ts";

const SETTINGS = settingsFrom({ sensitivity: "eager" });
const OTHERS = settingsFrom({ placeholder: "mayor", rules: { "repeated-word": "off" } });

function judged(text: string, format: FormatId): Finding[] {
  return lint(draftOf(text, format), RULES, SETTINGS, { rethrow: true });
}

/** Fragments of drafts in random combinations: sentences whole and broken, markup, other scripts, damage. */
const SCRAPS = [
  "The council voted on Monday to close the old bridge to lorries until the spring.",
  "Shops on the quay fear for their trade, the mayor said, and they may be right.",
  "According to a report by , the the bridge is unsafe.",
  "The firm, including and , told that it would",
  "“We were not asked,” she said (twice.",
  "He said: “It is late.",
  "Source:",
  "TK",
  "# A heading",
  "## ",
  "- an item",
  "- ",
  "> quoted words of a citizen, at some length",
  "[a link]()",
  "[](x.md)",
  "![](y.png)",
  "A note.[^1]",
  "[^2]: Never used.",
  "<!-- stet -->",
  "<!-- stet-file repeated-word -->",
  "```\ncode code\n```",
  "| a | b |\n|---|---|\n| c | c |",
  "{{ value }} and {% if x %}",
  "<p>Some <em>marked</em> words</p>",
  "---\ntitle: x\n---",
  "Der Rat der Stadt hat die die Brücke am Montag gesperrt.",
  "市議会は月曜日に橋を閉鎖した。",
  "😀 e\u0301 \u200B",
  "\v",
  "\f",
  "\u00A0",
  "\u0085",
  "\u2028",
  "\uFEFF",
  "\0",
  " .",
  ", ,",
  "( )",
];

const separator = fc.constantFrom("\n\n", "\n", " ", "\r\n\r\n", "");
const drafts = fc
  .array(fc.tuple(fc.constantFrom(...SCRAPS), separator), { maxLength: 14 })
  .map((parts) => parts.flat().join(""));
const anything = fc.string({ unit: "binary", maxLength: 60 });
const texts = fc.oneof({ weight: 4, arbitrary: drafts }, { weight: 1, arbitrary: anything });
const formats = fc.constantFrom(...FORMAT_IDS);

describe.each(RULES.map((rule) => [rule.id, rule] as const))("%s", (_id, rule) => {
  const given = { sensitivity: "normal" } as const;

  test("does what its page says", () => {
    // They depend on a whole draft, or on several.
    if (rule.scope === "workspace") return;
    expectExamples(rule);
  });

  test("each of its fixes, wherever it is offered, leaves nothing to find", () => {
    if (rule.scope === "workspace") return;
    for (const example of rule.docs.flagged) {
      const { text } = unmarked(example.text);
      const titles = findings(rule, text, given).flatMap((finding) => finding.fixes ?? []);
      for (const { title } of titles) {
        let fixed = text;
        for (let round = 0; round < 6; round++) {
          const fixes = findings(rule, fixed, given).flatMap((finding) => finding.fixes ?? []);
          const fix = fixes.find((one) => one.title === title) ?? fixes[0];
          if (fix === undefined) break;
          const after = applyEdits(fixed, fix.edits);
          expect(after, say(fix.title)).not.toBe(fixed);
          fixed = after;
        }
        expect(findings(rule, fixed, given), `${say(title)}: ${fixed}`).toEqual([]);
      }
    }
  });

  test("is well formed", () => {
    expect(rule.id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(rule.summary).toMatch(/^[A-Z“].*\.$/);
    if (rule.scope === "workspace") return;
    expect(rule.docs.flagged.length).toBeGreaterThan(0);
    expect(rule.docs.fine.length).toBeGreaterThan(0);
  });
});

test("the rules are sorted by name, each once", () => {
  const ids = RULES.map((rule) => rule.id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test("any text in any format can be judged, and all offsets are within it", () => {
  fc.assert(
    fc.property(texts, formats, (text, format) => {
      for (const finding of judged(text, format)) {
        expect(finding.start).toBeGreaterThanOrEqual(0);
        expect(finding.end).toBeGreaterThanOrEqual(finding.start);
        expect(finding.end).toBeLessThanOrEqual(text.length);
        expect(SEVERITIES).toContain(finding.severity);
        expect(say(finding.message)).toMatch(/\S/);
        for (const fix of finding.fixes ?? []) {
          for (const edit of fix.edits) {
            expect(edit.end).toBeGreaterThanOrEqual(edit.start);
            expect(edit.end).toBeLessThanOrEqual(text.length);
          }
        }
      }
    }),
    runs(200),
  );
});

/** What a draft's findings say, with their places counted without the first unit of each CRLF. */
function foundIn(text: string, format: FormatId): string[] {
  const count = (at: number): number => at - (text.slice(0, at).match(/\r\n/g)?.length ?? 0);
  return judged(text, format).map(
    ({ rule, severity, start, end, message }) =>
      `${count(start)} to ${count(end)}: ${rule} ${severity} ${say(message)}`,
  );
}

test("a draft whose lines end in CRLF has the findings of one with LF", () => {
  const examples = RULES.flatMap(({ docs }) => [...docs.flagged, ...docs.fine]);
  const more = [
    ">",
    "It has a limit of\n  1.",
    "[Your name]",
    "Dear [name],",
    "TK\n: What is missing.",
    "| a | b |\n| :-- | --: |\n| TK | the the |",
    "> | a | b |\n> |---|---|\n> | c | the the |",
    "a | b\n--|--\nc | the the",
    "A line  \nof verse\\\nor TK",
    "$$\nx\n$$",
    "- an item\na)",
  ];
  const parts = [...SCRAPS, ...more, ...examples.map(({ text }) => unmarked(text).text.trimEnd())];
  const ending = fc.constantFrom("\n\n", "\n", "\n  ", " ");
  const part = fc.tuple(fc.constantFrom(...parts), ending).map((pair) => pair.join(""));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), formats, (texts, format) => {
      const text = texts.join("");
      expect(foundIn(text.replaceAll("\n", "\r\n"), format)).toEqual(foundIn(text, format));
    }),
    runs(500),
  );
});

test("the same text always has the same findings", () => {
  fc.assert(
    fc.property(texts, formats, (text, format) => {
      expect(judged(text, format)).toEqual(judged(text, format));
    }),
    runs(100),
  );
});

/** Long enough that most of it is far from an edit. */
const longDrafts = fc
  .array(fc.tuple(fc.constantFrom(...SCRAPS), separator), { minLength: 20, maxLength: 200 })
  .map((parts) => parts.flat().join(""));

/** Replaces a limited number of units with fragments, or with a stretch of the draft itself. */
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(400)),
    put: fc.oneof(
      fc.constantFrom("", "x", " ", "\n", "\n\n", "“", ")", "<!-- stet -->", "[^1]: There."),
      fc.constantFrom(...SCRAPS),
      fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), units: fc.nat(600) }),
    ),
  }),
  { minLength: 1, maxLength: 8 },
);

test.each(FORMAT_IDS)(
  "a draft of %s has the same findings after an edit as when read from scratch",
  (format) => {
    fc.assert(
      fc.property(longDrafts, edits, (text, steps) => {
        let document = opened("untitled:draft", format, 0, text);
        lint(draftNow(document, format), RULES, SETTINGS, { rethrow: true });
        for (const { at, cut, put } of steps) {
          const before = document.text;
          const start = Math.floor(at * before.length);
          const from = typeof put === "string" ? 0 : Math.floor(put.from * before.length);
          const newText = typeof put === "string" ? put : before.slice(from, from + put.units);
          const range = {
            start: positionAt(document.lines, start),
            end: positionAt(document.lines, Math.min(before.length, start + cut)),
          };
          document = edited(document, document.version + 1, [{ range, text: newText }]);
          const draft = draftNow(document, format);
          const afresh = draftOf(document.text, format);
          for (const settings of [SETTINGS, OTHERS]) {
            const found = lint(draft, RULES, settings, { rethrow: true });
            expect(found).toEqual(lint(afresh, RULES, settings, { rethrow: true }));
          }
        }
      }),
      runs(10),
    );
  },
);

test("no safe fix removes a word that is nowhere else", () => {
  fc.assert(
    fc.property(drafts, formats, (text, format) => {
      for (const finding of judged(text, format)) {
        if (finding.rule === "unused-stet") continue;
        for (const fix of finding.fixes ?? []) {
          if (!fix.safe) continue;
          const left = wordsOf(applyEdits(text, fix.edits));
          for (const word of wordsOf(text)) expect(left, say(fix.title)).toContain(word);
        }
      }
    }),
    runs(500),
  );
});

test("applying safe fixes ends", () => {
  fc.assert(
    fc.property(drafts, formats, (start, format) => {
      let text = start;
      for (let round = 0; round < 20; round++) {
        const after = applyEdits(text, safeEdits(judged(text, format)));
        if (after === text) return;
        text = after;
      }
      throw new Error("still fixing");
    }),
    runs(100),
  );
});

/** A hole with its space closed: no fix may create one. */
const CLOSED_UP = /[A-Za-z]+ (?:the|a|an|by|of|and|or|including)[.,;]/g;

test("no fix closes up a hole", () => {
  fc.assert(
    fc.property(drafts, formats, (text, format) => {
      const before = text.match(CLOSED_UP)?.length ?? 0;
      for (const finding of judged(text, format)) {
        for (const fix of finding.fixes ?? []) {
          if (fix.uri !== undefined) continue;
          const after = applyEdits(text, fix.edits).match(CLOSED_UP)?.length ?? 0;
          expect(after, `${say(fix.title)} in ${text}`).toBeLessThanOrEqual(before);
        }
      }
    }),
    runs(500),
  );
});

test("no fix removes a sign of lost words without inserting something, except a cut or a plain space", () => {
  const holes = [
    "empty-attribution",
    "orphaned-fragment",
    "empty-credit",
    "broken-off",
    "starts-mid-sentence",
  ];
  fc.assert(
    fc.property(drafts, formats, (text, format) => {
      for (const finding of judged(text, format)) {
        if (!holes.includes(finding.rule)) continue;
        for (const fix of finding.fixes ?? []) {
          if (finding.rule === "orphaned-fragment" && say(fix.title).startsWith("Cut")) continue;
          const lost = fix.edits.map(({ start, end }) => text.slice(start, end)).join("");
          expect(lost.trim(), say(fix.title)).toBe("");
          // The space may be one too many: it is closed if somebody chooses that.
          if (finding.rule === "orphaned-fragment" && say(fix.title) === "Close the space") {
            expect([fix.safe, fix.preferred === true]).toEqual([false, false]);
            continue;
          }
          expect(
            fix.edits.some(({ newText }) => /\S/.test(newText)),
            say(fix.title),
          ).toBe(true);
        }
      }
    }),
    runs(500),
  );
});

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
