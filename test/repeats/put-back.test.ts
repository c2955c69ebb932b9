import fc from "fast-check";
import { expect, test } from "vitest";
import type { Draft } from "../../server/src/draft/draft.ts";
import type { Fix } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import type { FormatId } from "../../server/src/formats/registry.ts";
import { readAsMeant } from "../../server/src/repeats/put-back.ts";
import { isHole, restorationsFrom, withRestorations } from "../../server/src/repeats/restore.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { SAMPLES } from "../support/format-samples.ts";
import { runs } from "../support/property.ts";
import { draftOf } from "../support/rules.ts";
import { say } from "../../server/src/text/wording.ts";

const SETTINGS = settingsFrom({});
const BETWEEN = "Shops on the quay fear for their trade.";
const FORMATS: readonly FormatId[] = ["markdown", "html", "plaintext"];

/** A sentence with its source, as written there; "" if the name is lost. */
function said(name: string): string {
  return `The council said on Monday that the old bridge is unsafe, according to ${name}, and that lorries must wait until spring.`;
}

/** What the copy in the same draft offers for the hole. */
function offersWithin(draft: Draft): Fix[] {
  return withRestorations(draft, lint(draft, RULES, SETTINGS, { rethrow: true }))
    .flatMap(({ fixes }) => fixes ?? [])
    .filter(({ title }) => say(title).startsWith("Restore"));
}

/** What another draft offers for it. */
function offersFrom(draft: Draft, other: Draft): Fix[] {
  const source = { draft: other, name: "old", findings: () => [] };
  const findings = lint(draft, RULES, SETTINGS, { rethrow: true });
  return findings.filter(isHole).flatMap((hole) => restorationsFrom(draft, hole, source));
}

interface Read {
  readonly text: string;
  readonly marks: readonly string[];
}

/** Each block as it reads, with the kinds of its marks. */
function reading(draft: Draft): Read[] {
  return draft.blocks.map(({ prose, source, marks }) => ({
    text: (prose.text === "" ? source : prose.text).replace(/\s+/g, " "),
    marks: marks.map((mark) => [mark.kind, mark.target, mark.label].join(" ")),
  }));
}

/** The law: with the words restored, everything else reads as before, and the hole reads as the copy does. */
function expectRestored(before: Draft, after: Draft, copy: Read): void {
  const now = reading(after);
  const was = reading(before);
  expect(now).toHaveLength(was.length);
  was.forEach((one, index) => {
    const read = now[index];
    if (!one.text.includes("according to ,")) expect(read).toEqual(one);
    else {
      expect(read?.text).toBe(copy.text);
      expect([...one.marks, ...copy.marks]).toEqual(
        expect.arrayContaining([...(read?.marks ?? [])]),
      );
    }
  });
}

/** What a browser or a site generator would act on, unless it is escaped. */
const LIVE: Readonly<Record<FormatId, RegExp>> = {
  markdown: /(?<!\\)(?:<[a-z/!?]|\{[{%#]|:::|\]\(|[`*]|\$\$)/gi,
  html: /<[a-z/!?]|\{[{%#]/gi,
  plaintext: /(?!)/g,
};

const PIECES = [
  ...["&lt;img src=x onerror=alert(1)&gt;", "<img src=x>", "\\{\\{ x \\}\\}", "{{ x }}", "\\*x\\*"],
  ...["*x*", "**", "\\<b>", "<b>", "</b>", "&lt;/b&gt;", "&amp;", "&amp;lt;", "&", "`x`", "\\`"],
  ...["[x](u)", "\\[x](u)", "[", "](u)", "{{< x >}}", "{% x %}", "&#123;% x %}", "<!-- x -->"],
  ...["&lt;!-- x --&gt;", '<a href="u">x</a>', "<em>x</em>", "<code>x</code>", "_x_", "~~", "|"],
  ...["$x$", "$", ":::", ":x:", "#", "“", "”", "(", ")", "x\\", "^x^", "==x==", "![x](u)", "@x"],
  ...["[^1]", "https://a.example/b", "www.a.example", "\u00A0", "é", "e\u0301", "😀", "x", "y"],
];
const name = fc
  .array(fc.tuple(fc.constantFrom("", " "), fc.constantFrom(...PIECES)), { maxLength: 4 })
  .chain((parts) =>
    fc.tuple(fc.constantFrom("", "Ada "), fc.constantFrom("", " Bell")).map(
      ([first, last]) =>
        `${first}${parts
          .map((part) => part.join(""))
          .join("")
          .trim()}${last}`,
    ),
  );

/** What may be around the hole. */
const FRAMES: Readonly<Record<FormatId, readonly (readonly [string, string])[]>> = {
  markdown: [
    ...([
      ["*", "*"],
      ["[", "](v)"],
      ["> ", ""],
      ["1. ", ""],
      ["## ", ""],
    ] as const),
    ...([
      ["| a | b |\n|-|-|\n| c | ", " |"],
      ['import A from "a"\n\n', ""],
    ] as const),
  ],
  html: [
    ["<em>", "</em>"],
    ['<a href="v">', "</a>"],
    ["<ul><li>", "</li></ul>"],
  ],
  plaintext: [
    ["> ", ""],
    ["- ", ""],
  ],
};

test.each(FORMATS)("a copy in %s gives the source, or the text", (format) => {
  let offered = 0;
  let asSource = 0;
  const frames = fc.constantFrom(...FRAMES[format], ...FRAMES[format].map(() => ["", ""] as const));
  fc.assert(
    fc.property(name, frames, fc.boolean(), (who, [open, close], isFirst) => {
      const written = (lost: string): string => {
        const paragraphs = [said(who), BETWEEN, open + said(lost) + close];
        return SAMPLES[format].draft(isFirst ? paragraphs : paragraphs.reverse());
      };
      const text = written("");
      const draft = draftOf(text, format);
      const copy = reading(draftOf(SAMPLES[format].draft([said(who)]), format)).at(-1);
      for (const { edits } of offersWithin(draft)) {
        offered++;
        const after = applyEdits(text, edits);
        if (after === written(who)) asSource++;
        expectRestored(draft, draftOf(after, format), copy ?? { text: "", marks: [] });
        const there: string[] = who.match(LIVE[format]) ?? [];
        for (const mark of edits.flatMap(({ newText }) => newText.match(LIVE[format]) ?? [])) {
          expect(there.splice(there.indexOf(mark), 1), `${who} as ${after}`).toEqual([mark]);
        }
      }
    }),
    runs(150),
  );
  expect(offered).toBeGreaterThan(60);
  expect(asSource / offered).toBeGreaterThan(0.6);
});

const ACROSS = FORMATS.flatMap((from) =>
  FORMATS.flatMap((to): [FormatId, FormatId][] => (from === to ? [] : [[from, to]])),
);

test.each(ACROSS)("%s gives %s plain text", (from, to) => {
  let offered = 0;
  fc.assert(
    fc.property(name, (who) => {
      const text = SAMPLES[to].draft([BETWEEN, said("")]);
      const draft = draftOf(text, to);
      const other = draftOf(SAMPLES[from].draft([said(who), BETWEEN]), from);
      const copy = reading(other).find((one) => one.text.includes("council"));
      for (const { edits } of offersFrom(draft, other)) {
        offered++;
        const after = draftOf(applyEdits(text, edits), to);
        expectRestored(draft, after, { text: copy?.text ?? "", marks: [] });
        const written = edits.map(({ newText }) => newText).join("");
        expect(written.match(LIVE[to]) ?? [], written).toEqual([]);
      }
    }),
    runs(150),
  );
  expect(offered).toBeGreaterThan(50);
});

test.each<[FormatId, string]>([
  ["markdown", "&lt;img src=x onerror=alert(1)&gt;"],
  ["markdown", "\\{\\{ x \\}\\}"],
  ["markdown", "\\*x\\*"],
  ["markdown", "<kbd>Ada</kbd> Bell"],
  ["markdown", "the [*old* `office`](u)"],
  ["html", "&lt;img src=x onerror=alert(1)&gt;"],
  ["html", '<a href="u">Ada</a> &amp; <b>Bell</b>'],
  ["plaintext", "<b>Ada</b> *Bell*"],
])("%s: %s is restored as it is written", (format, who) => {
  const [whole, holed] = [who, ""].map((one) =>
    SAMPLES[format].draft([said(who), BETWEEN, said(one)]),
  );
  const [fix, ...others] = offersWithin(draftOf(holed ?? "", format));
  expect(applyEdits(holed ?? "", fix?.edits ?? [])).toBe(whole);
  expect(others).toEqual([]);
});

test.each<[FormatId, FormatId, string, string]>([
  [
    "html",
    "markdown",
    "&lt;b> *Ada* <i>Bell</i> {{ &amp;lt; www.a.b",
    "\\<b\\> \\*Ada\\* Bell \\{\\{ \\&lt; www\\.a.b",
  ],
  ["plaintext", "html", "<b>Ada</b> & Bell", "&#60;b&#62;Ada&#60;/b&#62; &#38; Bell"],
  ["markdown", "plaintext", "\\*Ada\\* **Bell**", "*Ada* Bell"],
])("%s gives %s plain text: %s", (from, to, who, expected) => {
  const text = SAMPLES[to].draft([said("")]);
  const other = draftOf(SAMPLES[from].draft([said(who)]), from);
  const [fix] = offersFrom(draftOf(text, to), other);
  expect(applyEdits(text, fix?.edits ?? [])).toBe(SAMPLES[to].draft([said(expected)]));
});

test("words that would read differently, or change their surroundings, are detected", () => {
  const text = "One *two* three.\n\nFour `five.\n\n- Six.\n";
  const read = (
    at: number,
    newText: string,
    shown: string,
    marks: string[] = [],
    left = 1,
  ): boolean => {
    const edit = { start: at, end: at, newText };
    const put = { edit, words: "", from: 0, reading: { text: shown, marks } };
    return readAsMeant(draftOf(text), [put], { left });
  };
  expect(read(3, " \\<b>", "<b>")).toBe(true);
  expect(read(3, " \\<b>", "<b>", [], 0)).toBe(false);
  expect(read(3, " <b>", "<b>")).toBe(false);
  expect(read(3, " {{ x }}", "{{x}}")).toBe(false);
  expect(read(3, " *a*", "a", ["emphasis  "])).toBe(true);
  expect(read(3, " *a*", "a")).toBe(false);
  expect(read(text.indexOf("two"), "a* ", "a*")).toBe(false);
  expect(read(text.indexOf("five"), "a` ", "a`")).toBe(false);
  expect(read(text.indexOf("Four"), "# ", "#")).toBe(false);
  expect(read(text.indexOf("Six") + 3, "\n\n", "")).toBe(false);
});
