import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../server/src/draft/finding.ts";
import { getFormat, type FormatId } from "../../server/src/formats/registry.ts";
import {
  type HeldBack,
  heldAfterEdits,
  heldAt,
  heldAtCaret,
  heldWithout,
  shownAfterEdits,
  type ShownFinding,
  withoutHeldBack,
  paragraphAt,
} from "../../server/src/lsp/quiet.ts";
import { QUIET_TIME } from "../../server/src/protocol.ts";
import type { Edit } from "../../server/src/text/edits.ts";
import { ofKind, runs } from "../support/property.ts";
import { wording } from "../../server/src/text/wording.ts";

/*
 * What is held back while a paragraph is being written, as a function of the events; see also
 * quiet-while-typing.test.ts.
 */

/** A text without its marks: ⟦ ⟧ around the paragraph being written, ▮ at the caret. */
function paragraphIn(marked: string, format: FormatId = "markdown"): void {
  const text = marked.replace(/[⟦⟧▮]/g, "");
  const caret = marked.replace(/[⟦⟧]/g, "").indexOf("▮");
  const { start, end } = paragraphAt(getFormat(format).parse(text), caret);
  const mark = (at: number): string => (at === caret ? "▮" : "");
  let found = "";
  for (let at = 0; at <= text.length; at++) {
    if (at === start) found += "⟦";
    found += mark(at);
    if (at === end) found += "⟧";
    found += text.charAt(at);
  }
  const inside = /⟦[^⟧]*▮[^⟧]*⟧|⟦▮⟧/.test(found);
  expect([inside, found.replace("▮", "")]).toEqual([true, marked.replace("▮", "")]);
}

describe("the paragraph being written", () => {
  test("is the block at the caret, with the text that the next letter would continue", () => {
    paragraphIn("One.\n\n⟦Two ▮lines\nof it.⟧\n\nThree.\n");
    paragraphIn("One.\n\n⟦Two. ▮⟧\n\nThree.\n");
    paragraphIn("One.\n\n⟦Two\n▮⟧\n\nThree.\n");
    paragraphIn("One.\n\n⟦▮⟧\n\nThree.\n");
    paragraphIn("⟦▮⟧");
    paragraphIn("One.\n\n⟦▮⟧");
  });

  test("is one item, one quotation, one table row, one line of plain text", () => {
    paragraphIn("- one\n⟦- two▮⟧\n- three\n");
    paragraphIn("- one\n⟦-▮ two⟧\n- three\n");
    paragraphIn("> one\n>\n⟦> two▮⟧\n");
    paragraphIn("| a | b |\n|---|---|\n⟦| one | two▮ |⟧\n| three | four |\n");
    paragraphIn(
      "The first line ends here.\n⟦The second▮ one ends, too.⟧\nThe third.\n",
      "plaintext",
    );
  });

  test("includes the heading above it while it is empty", () => {
    paragraphIn("One.\n\n⟦## Two▮⟧\n\nThree.\n");
    paragraphIn("One.\n\n⟦## Two\n\n▮⟧\n\n## Three\n");
    paragraphIn("One.\n\n⟦## Two\n\n- ▮⟧\n");
    paragraphIn("One.\n\n⟦## Two\n\n### ▮⟧\n");
    paragraphIn("One.\n\n## Two\n\n⟦Three▮⟧\n");
    paragraphIn("# One\n\nTwo.\n\n⟦## Three▮⟧\n");
  });
});

/**
 * Two made-up rules: one flags a word, the other a paragraph from its open bracket on, so that typing changes its
 * extent.
 */
function findingsOf(text: string): Finding[] {
  const found = (rule: string, at: number, words: string, openEnd?: number): Finding => ({
    rule,
    start: at,
    end: at + words.length,
    severity: "warning",
    message: wording(rule),
    ...(openEnd === undefined ? {} : { openSpan: { start: at, end: openEnd } }),
  });
  return [
    ...[...text.matchAll(/xx+/g)].map((match) => found("word", match.index, match[0])),
    ...[...text.matchAll(/\([^()\n]*(?=\n|$)/g)].map((match) =>
      found("bracket", match.index, match[0], headingAfter(text, match.index)),
    ),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The start of the next heading, or the end of the text: a bracket can't be closed after it. */
function headingAfter(text: string, from: number): number {
  const at = text.indexOf("\n##", from);
  return at < 0 ? text.length : at + 1;
}

type Happening =
  | { readonly kind: "edit"; readonly at: number; readonly gone: number; readonly text: string }
  | { readonly kind: "look" | "save" | "close elsewhere" }
  | { readonly kind: "caret"; readonly at: number }
  | { readonly kind: "wait"; readonly time: number };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  ofKind(6, "edit", {
    at: share,
    gone: fc.constantFrom(0, 0, 0, 1, 5),
    text: fc.constantFrom("", "x", "xx", "a", " ", "(", ")", "\n\n", "\n\n## b\n\n"),
  }),
  ofKind(3, "look", {}),
  ofKind(2, "caret", { at: share }),
  ofKind(1, "wait", { time: fc.constantFrom(100, QUIET_TIME - 1, QUIET_TIME) }),
  {
    weight: 1,
    arbitrary: fc.constantFrom({ kind: "save" as const }, { kind: "close elsewhere" as const }),
  },
);

/** A draft, and the findings shown when it was last asked for. */
class Desk {
  readonly path = "a.md";
  text = "one xx two\n\nthree (four xx\n\n## five\n\nsix xx seven xx\n";
  now = 0;
  held: HeldBack | undefined;
  shownBefore: readonly ShownFinding[] = [];

  draft() {
    return getFormat("markdown").parse(this.text);
  }

  shown(): readonly Finding[] {
    return this.without(findingsOf(this.text));
  }

  without(findings: readonly Finding[]): readonly Finding[] {
    return withoutHeldBack(findings, this.draft(), this.held, this.shownBefore);
  }

  edit(change: Edit, shown: readonly ShownFinding[] | undefined): void {
    this.text = this.text.slice(0, change.start) + change.newText + this.text.slice(change.end);
    this.held = heldAfterEdits(this.held, this.path, [change], this.now);
    this.shownBefore = shownAfterEdits(shown ?? this.shownBefore, [change]);
  }
}

test("over any edits, moves, pauses and saves: new findings wait in one paragraph only, and nothing flickers", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      const desk = new Desk();
      const { path } = desk;
      /** The shown findings that no edit has touched since. */
      let untouched: readonly ShownFinding[] = desk.shown();
      let isLooked = true;
      for (const one of happenings) {
        switch (one.kind) {
          case "edit": {
            const start = Math.floor(one.at * desk.text.length);
            const end = Math.min(desk.text.length, start + one.gone);
            const change = { start, end, newText: one.text };
            const known = isLooked || desk.held === undefined;
            const shown = desk.shown();
            if (known) untouched = shown;
            desk.edit(change, known ? shown : undefined);
            const by = one.text.length - (end - start);
            untouched = untouched.flatMap(({ rule, ...span }) => {
              if (span.end <= start) return [{ rule, ...span }];
              if (span.start >= end) return [{ rule, start: span.start + by, end: span.end + by }];
              return [];
            });
            isLooked = false;
            break;
          }
          case "look":
            isLooked = true;
            break;
          case "caret": {
            const caret = Math.floor(one.at * desk.text.length);
            const draft = desk.draft();
            const place = desk.held && paragraphAt(draft, desk.held.caret);
            const leaves = place !== undefined && (caret < place.start || place.end < caret);
            desk.held = heldAtCaret(desk.held, path, caret, draft);
            if (leaves) expect(desk.shown()).toEqual(findingsOf(desk.text));
            break;
          }
          case "wait": {
            desk.now += one.time;
            const isOver = desk.held !== undefined && desk.now >= desk.held.until;
            desk.held = heldAt(desk.held, desk.now);
            if (isOver || one.time === QUIET_TIME)
              expect(desk.shown()).toEqual(findingsOf(desk.text));
            break;
          }
          case "save":
            desk.held = heldWithout(desk.held, path);
            expect(desk.shown()).toEqual(findingsOf(desk.text));
            break;
          case "close elsewhere": {
            const { held } = desk;
            desk.held = heldWithout(held, "b.md");
            expect(desk.held).toBe(held);
            break;
          }
        }
        const found = findingsOf(desk.text);
        const shown = new Set(desk.shown().map((finding) => JSON.stringify(finding)));
        const hidden = found.filter((finding) => !shown.has(JSON.stringify(finding)));
        // Everything shown is a finding, in order.
        expect(found.filter((finding) => !hidden.includes(finding))).toEqual(desk.shown());
        if (hidden.length > 0) expect(desk.held).toBeDefined();
        const place = desk.held && paragraphAt(desk.draft(), desk.held.caret);
        for (const { start, end, rule, openSpan } of hidden) {
          // Nothing elsewhere is held back.
          const last = openSpan?.end ?? end;
          expect(place !== undefined && start <= place.end && place.start <= last).toBe(true);
          // Nothing that was shown and is unchanged is hidden.
          const key = JSON.stringify({ rule, start, end });
          expect(untouched.map((span) => JSON.stringify(span))).not.toContain(key);
        }
      }
    }),
    runs(1000),
  );
});

/** The findings shown after an edit, as texts with ⟦ ⟧ around what it replaces and inserts. */
function shownAfter(before: string, after: string): string[] {
  const start = before.indexOf("⟦");
  const end = before.indexOf("⟧") - 1;
  const newText = after.slice(start + 1, after.indexOf("⟧"));
  const desk = new Desk();
  desk.text = before.replace(/[⟦⟧]/g, "");
  desk.edit({ start, end, newText }, desk.shown());
  expect(desk.text).toBe(after.replace(/[⟦⟧]/g, ""));
  return desk
    .shown()
    .map((finding) => `${finding.rule} ${desk.text.slice(finding.start, finding.end)}`);
}

describe("an edit", () => {
  test.each([
    [
      "holds back new findings in its paragraph",
      "a xx ⟦⟧\n\nb\n",
      "a xx ⟦b xxx⟧\n\nb\n",
      ["word xx"],
    ],
    ["and nothing elsewhere", "a ⟦⟧\n\nb xx\n", "a ⟦xx⟧\n\nb xx\n", ["word xx"]],
    ["keeps shown findings that grow behind", "a (b⟦⟧\n", "a (b⟦c⟧\n", ["bracket (bc"]],
    ["or become longer", "a xx⟦⟧ b\n", "a xx⟦x⟧ b\n", ["word xxx"]],
    ["or move", "a ⟦⟧ (b\n", "a ⟦b c⟧ (b\n", ["bracket (b"]],
    ["removes the findings it deletes", "a ⟦xx⟧ b\n", "a ⟦⟧ b\n", []],
    ["or replaces", "a ⟦c xx c⟧ b\n", "a ⟦c xx c⟧ b\n", []],
    ["holds back a mark that may be closed", "a ⟦⟧\n\nb\n\n## c\n", "a ⟦(⟧\n\nb\n\n## c\n", []],
  ])("%s", (_what, before, after, shown) => {
    expect(shownAfter(before, after)).toEqual(shown);
  });

  test("holds back a mark that opens before its paragraph and may still be closed there", () => {
    const desk = new Desk();
    desk.text = "a (b\n\n\n\n## d\n\ne\n";
    desk.edit({ start: 6, end: 6, newText: "c" }, []);
    expect(desk.shown()).toEqual([]);
    desk.edit({ start: desk.text.length - 1, end: desk.text.length - 1, newText: "e" }, []);
    expect(desk.shown()).toHaveLength(1);
  });

  test("holds back a finding at the very end of its paragraph, even an empty one", () => {
    const desk = new Desk();
    desk.text = "a\n";
    desk.edit({ start: 1, end: 1, newText: "b" }, []);
    const [empty] = findingsOf("xx").map((one) => ({ ...one, start: 2, end: 2 }));
    expect(empty && desk.without([empty])).toEqual([]);
  });

  test("hides neither of two findings at one place", () => {
    const desk = new Desk();
    desk.text = "a xx\n";
    const twice = [...findingsOf(desk.text), ...findingsOf(desk.text)];
    desk.edit({ start: 0, end: 0, newText: "b" }, twice);
    const now = [...findingsOf(desk.text), ...findingsOf(desk.text)];
    expect(desk.without(now)).toHaveLength(2);
  });
});
