import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import {
  applySuppressions,
  passageDigests,
  passageHash,
  stetEntry,
} from "../../server/src/engine/suppression/suppress.ts";
import { runs } from "../support/property.ts";
import { draftOf, unmarked } from "../support/rules.ts";
import type { FormatId } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { wording } from "../../server/src/text/wording.ts";

describe("a passage without words", () => {
  const settings = settingsFrom({});
  const only = (text: string) =>
    lint(draftOf(text), RULES, settings).filter(({ rule }) => rule === "empty-section");

  test.each([
    ["an empty item", "- One bridge.\n-\n- Two bridges.\n- \n- Three bridges.\n"],
    ["items beside each other", "- One bridge.\n-\n-\n-\n- Two bridges.\n"],
    ["an empty quotation", "The mayor spoke.\n\n>\n\nThe clerk spoke.\n\n>\n\nIt rained.\n"],
  ])("%s is suppressed only by its own entry", (_what, text) => {
    const draft = draftOf(text);
    const found = only(text);
    expect(found.length).toBeGreaterThan(1);
    for (const one of found) {
      const stet = [stetEntry(draft, one)];
      const left = lint(draft, RULES, settingsFrom({ stet })).filter(
        ({ rule }) => rule === one.rule,
      );
      expect(left).toEqual(found.filter((other) => other !== one));
      // Elsewhere it means nothing.
      const other = text.replaceAll("bridge", "ferry").replaceAll("spoke", "sang");
      const elsewhere = lint(draftOf(other), RULES, settingsFrom({ stet }));
      expect(elsewhere.filter(({ rule }) => rule === one.rule)).toHaveLength(found.length);
    }
  });

  test("an entry for all such passages has no effect", () => {
    const text = "- One bridge.\n-\n- Two bridges.\n";
    const stet = [{ rule: "empty-section", text: "-", hash: passageHash("-") }];
    expect(lint(draftOf(text), RULES, settingsFrom({ stet })).map(({ rule }) => rule)).toEqual(
      only(text).map(({ rule }) => rule),
    );
  });
});

test.each(["<!-- stet -->", "<!-- stet-file repeated-word -->"])(
  "%s is used by these findings, not by earlier ones of the same draft",
  (stet) => {
    const draft = draftOf(`${stet}\n\nThe ferry ferry is late.\n`);
    const settings = settingsFrom({});
    const start = draft.text.indexOf("ferry");
    const message = wording("");
    const found: Finding = {
      ...{ rule: "repeated-word", severity: "warning", message },
      ...{ start, end: start + 11 },
    };
    const isUsed = (findings: Parameters<typeof applySuppressions>[3]): (boolean | undefined)[] =>
      applySuppressions(draft, RULES, settings, findings).comments.map(({ used }) => used);
    expect(isUsed([found])).toEqual([true]);
    expect(isUsed([])).toEqual([false]);
  },
);

test("a digest is that of the finding's stet entry, whatever was computed before", () => {
  const block = fc.constantFrom("The mayor spoke.", "- \n- ", "# Head", "Two\nlines.", "", "***");
  const span = fc.tuple(fc.nat(), fc.nat(), fc.boolean());
  fc.assert(
    fc.property(
      fc.array(block, { maxLength: 8 }),
      fc.array(span, { minLength: 1, maxLength: 8 }),
      (blocks, spans) => {
        const draft = draftOf(blocks.join("\n\n"));
        const size = draft.text.length + 1;
        const digestOf = passageDigests(draft);
        for (const [one, other, isEmpty] of spans) {
          const start = Math.min(one % size, other % size);
          const end = isEmpty ? start : Math.max(one % size, other % size);
          const finding = {
            rule: "a",
            severity: "hint" as const,
            message: wording(""),
            start,
            end,
          };
          expect(digestOf(finding)).toBe(stetEntry(draft, finding).hash);
        }
      },
    ),
    runs(500),
  );
});

test("however many stets and findings, and in whatever order, each finding is treated as alone", () => {
  const parts = ["It rained. ", "\n\n", "- ", "<!-- stet -->", "<!-- stet repeated-word -->"];
  const more = ["\n\n<!-- stet empty-link -->\n\n", "<!-- stet-file empty-link -->\n\n"];
  const part = fc.constantFrom(...parts, ...more);
  const property = fc.property(fc.array(part, { maxLength: 70 }), (row) => {
    const draft = draftOf(row.join(""));
    const found = [...draft.text.matchAll(/It rained/g)].flatMap(({ index }) =>
      ["repeated-word", "empty-link"].map((rule): Finding => ({
        ...{ rule, severity: "warning", message: wording("It rained.") },
        ...{ start: index, end: index + 9 },
      })),
    );
    const settings = settingsFrom({});
    for (const findings of [found, found.toReversed()]) {
      const all = applySuppressions(draft, RULES, settings, findings);
      const each = findings.map((one) => applySuppressions(draft, RULES, settings, [one]));
      expect(all.remaining).toEqual(each.flatMap(({ remaining }) => remaining));
      expect(all.comments.map(({ used }) => used)).toEqual(
        all.comments.map((_, at) => each.some(({ comments }) => comments[at]?.used === true)),
      );
    }
  });
  fc.assert(property, runs(100));
});

describe("a digest is of the sentences that a finding touches", () => {
  /** The digests of the marked places, as findings, and the text without the marks. */
  const digests = (marked: string, format?: FormatId): string[] => {
    const { text, spans } = unmarked(marked);
    return spans.map(passageDigests(draftOf(text, format)));
  };
  const LOSS = "The clerk read⟦ ⟧the ledger aloud.";

  test.each<[string, FormatId, (text: string) => string]>([
    ["a paragraph", "markdown", (text) => text],
    ["an item", "markdown", (text) => `- One.\n- ${text}\n- Two.`],
    ["a quotation", "markdown", (text) => text.replace(/^/gm, "> ")],
    ["a nested quotation", "markdown", (text) => `- One.\n\n${text.replace(/^/gm, "  > ")}`],
    ["a table", "markdown", (text) => `| a | b |\n| - | - |\n| c | ${text.replace(/\n/g, " ")} |`],
    ["emphasis", "markdown", (text) => `**${text}**`],
    ["plain text", "plaintext", (text) => text],
    ["HTML", "html", (text) => `<p>${text}</p>`],
    ["a caption", "html", (text) => `<figure><figcaption>${text}</figcaption></figure>`],
  ])("in %s", (_what, format, within) => {
    const digest = (text: string): string[] => digests(within(text), format);
    const [alone] = digest(LOSS);
    const others = ["It rained on Monday. ", 'Nobody came, and "the port" was closed for a day. '];
    for (const one of others) {
      expect(digest(one + LOSS)).toEqual([alone]);
      expect(digest(`${LOSS} ${one.trim()}`)).toEqual([alone]);
      expect(digest(`${one + one}\n${LOSS}\n${one}`.trim())).toEqual([alone]);
    }
    expect(digest(`${others[0] ?? ""}${LOSS.replace(/(\w) (?=\w)/g, "$1\n")}`)).toEqual([alone]);
    expect(digest(LOSS.replace("ledger", "letter"))).not.toEqual([alone]);
    const two = digest(`${LOSS} The mayor thanked⟦ ⟧him for the work.`);
    expect(two[0]).toBe(alone);
    expect(new Set(two).size).toBe(2);
  });

  test("what stands for a word counts: code, a picture", () => {
    expect(digests("Run ⟦`a`⟧ on the server today.")).not.toEqual(
      digests("Run ⟦`b`⟧ on the server today."),
    );
  });

  test("a short sentence counts with the one before it, or after it", () => {
    const [before, after] = ["The mayor spoke for an hour.", "It rained on Monday all day."];
    const one = digests(`${before} He said⟦ ⟧. ${after}`);
    expect(digests(`${before} He said⟦ ⟧. It rained.`)).toEqual(one);
    expect(digests(`It rained on Monday. ${before} He said⟦ ⟧.`)).toEqual(one);
    expect(digests(`The mayor sang. He said⟦ ⟧. ${after}`)).not.toEqual(one);
    expect(digests(`He said⟦ ⟧. ${after}`)).not.toEqual(digests("He said⟦ ⟧. It snowed all day."));
  });

  test("a passage over paragraphs begins and ends with its sentences", () => {
    const passage = "⟦The mayor spoke for an hour.\n\nThe clerk read the ledger aloud.⟧";
    const [alone] = digests(passage);
    expect(digests(`It rained on Monday. ${passage} Nobody came.`)).toEqual([alone]);
    expect(digests(passage.replace("\n\n", "\n\nIt rained.\n\n"))).not.toEqual([alone]);
  });
});
