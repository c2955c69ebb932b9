import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../server/src/draft/finding.ts";
import { lossMarks } from "../../server/src/engine/fix.ts";
import { safeEdits } from "../support/safe-edits.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { saidOnce } from "../../server/src/engine/listed.ts";
import { getFormat } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { type PartialSettings, settingsFrom } from "../../server/src/settings/settings.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { runs } from "../support/property.ts";
import { draftOf } from "../support/rules.ts";
import { say } from "../../server/src/text/wording.ts";

/* A loss in the later copy of a passage that the earlier copy shows is reported once. */

const LOST = [
  "The ferry was stopped in May, according to a recent report by the harbour office and the .",
  "Iran has often condemned its neighbours, including and , for attempting to the country by other means.",
  "The mayor opened the the stalls at nine, and [](https://example.org/stalls) tells of the day in full.",
];
const WHOLE = [
  "Twelve volunteers have painted the library steps since March, and nobody has slipped on them since.",
  "The council voted on Monday to close the old bridge to lorries until the spring, and the ferry will run.",
];
const PASSAGE = [LOST[0], WHOLE[0], LOST[1]].join("\n\n");
const OPENING = "All of the town came to see the new quay.";

const QUIET_REPEATS = settingsFrom({ rules: { "repeated-block": { severity: "hint" } } });

function found(text: string, settings = settingsFrom()): Finding[] {
  return lint(draftOf(text), RULES, settings, { rethrow: true });
}

/** The lines with a finding that is not a repeat. */
function lines(text: string, settings?: PartialSettings): number[] {
  return found(text, settingsFrom(settings ?? {}))
    .filter(({ rule }) => rule !== "repeated-block")
    .map(({ start }) => text.slice(0, start).split("\n").length);
}

test("losses in both copies are reported in the earlier one, and again in the later once it is no copy any more", () => {
  const twice = `${OPENING}\n\n${PASSAGE}\n\n${PASSAGE}\n`;
  const once = lines(`${OPENING}\n\n${PASSAGE}\n`);
  expect(once).toEqual([3, 7, 7]);
  expect(lines(twice)).toEqual(once);
  // One copy is deleted.
  expect(lines(twice.replace(`${PASSAGE}\n\n`, ""))).toEqual(once);
  // The loss is repaired in the earlier copy, or in the later one.
  const mended = LOST[0]?.replace("and the .", "and the mayor.") ?? "";
  expect(lines(twice.replace(LOST[0] ?? "", mended))).toEqual([7, 7, 9]);
  expect(lines(twice.replace(/^(.*)and the \.(?!.*and the \.)/s, "$1and the mayor."))).toEqual(
    once,
  );
  // The later copy lacks more than the earlier one.
  const worse = twice.lastIndexOf("slipped on them since");
  const after = `${twice.slice(0, worse)}slipped on the .${twice.slice(twice.indexOf("\n", worse))}`;
  expect(lines(after)).toEqual([...once, 11]);
});

test("a copy that is not reported loudly is judged separately", () => {
  const twice = `${PASSAGE}\n\n${PASSAGE}\n`;
  const both = [1, 5, 5, 7, 11, 11];
  expect(lines(twice, { rules: { "repeated-block": { severity: "hint" } } })).toEqual(both);
  expect(lines(twice, { rules: { "repeated-block": "off" } })).toEqual(both);
  const stet = `${PASSAGE}\n\n<!-- stet repeated-block -->\n\n${PASSAGE}\n`;
  expect(lines(stet)).toEqual([1, 5, 5, 9, 13, 13]);
  // A suppressed finding in the earlier copy is not reported there.
  expect(lines(`<!-- stet -->\n\n${twice}`)).toEqual([7, 7, 9]);
});

test("marks and safe fixes don't touch the later copy", () => {
  const text = `${OPENING}\n\n${LOST.join("\n\n")}\n\n${LOST.join("\n\n")}\n`;
  const later = text.lastIndexOf(LOST[0] ?? "");
  const findings = found(text);
  const edits = lossMarks(findings);
  const safe = safeEdits(findings, ({ kind }) => kind !== "repeat");
  expect(edits.length).toBeGreaterThan(2);
  expect(safe).toHaveLength(1);
  for (const edit of [...edits, ...safe]) expect(edit.end).toBeLessThan(later);
});

const PARAGRAPHS = [...LOST, ...LOST, ...WHOLE, OPENING, LOST[1]?.replace("often", "always") ?? ""];
const paragraphs = fc.array(fc.constantFrom(...PARAGRAPHS), { maxLength: 9 });

test("only losses that a loud copy shares with the earlier one are left out, in any draft", () => {
  let left = 0;
  fc.assert(
    fc.property(paragraphs, fc.constantFrom("markdown", "plaintext", "html"), (parts, id) => {
      const draft = getFormat(id).parse(parts.join("\n\n"));
      const here = lint(draft, RULES, settingsFrom(), { rethrow: true });
      const all = lint(draft, RULES, QUIET_REPEATS, { rethrow: true });
      const key = ({ rule, start, end, message }: Finding): string =>
        `${start}-${end} ${rule} ${say(message)}`;
      const keys = new Set(here.map(key));
      expect(all.map(key)).toEqual(expect.arrayContaining([...keys]));
      for (const one of all.filter((each) => !keys.has(key(each)))) {
        left++;
        const copy = here.find(
          ({ rule, severity, start, end }) =>
            rule === "repeated-block" &&
            severity !== "hint" &&
            start <= one.start &&
            one.end <= end,
        );
        expect(copy).toBeDefined();
        // It is still reported, further up.
        expect(
          here.some(
            ({ rule, message, start }) =>
              rule === one.rule && say(message) === say(one.message) && start < one.start,
          ),
        ).toBe(true);
      }
      expect(saidOnce([...here])).toEqual(here);
    }),
    runs(150),
  );
  expect(left).toBeGreaterThan(50);
});

test("after any edits the findings are those of a fresh draft", () => {
  fc.assert(
    fc.property(
      paragraphs,
      fc.array(fc.tuple(fc.nat(), fc.nat(200), fc.constantFrom("", "x", "\n\n", PASSAGE)), {
        maxLength: 4,
      }),
      (parts, edits) => {
        const markdown = getFormat("markdown");
        let draft = markdown.parse(parts.join("\n\n"));
        for (const [at, length, newText] of edits) {
          const start = at % (draft.text.length + 1);
          const edit = { start, end: Math.min(draft.text.length, start + length), newText };
          draft = markdown.parse(applyEdits(draft.text, [edit]), draft);
          const message = (text: string) => found(text).map((one) => [one.start, one.message]);
          const findings = lint(draft, RULES, settingsFrom(), { rethrow: true });
          expect(findings.map((one) => [one.start, one.message])).toEqual(message(draft.text));
        }
      },
    ),
    runs(60),
  );
});
