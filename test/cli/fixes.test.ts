import { chmodSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CheckOptions, examine } from "../../server/src/cli/check.ts";
import { createPatch } from "../../server/src/cli/fixes.ts";
import { compact } from "../../server/src/cli/reporters/compact.ts";
import { REPORTERS } from "../../server/src/cli/reporters/index.ts";
import { ioIn } from "../support/command.ts";
import { place, type Place, RIGHT, WRONG } from "./support.ts";

/** The report of a fix: its draft, line, rule and words. */
const FIX_LINE = /^(\S+\.md):(\d+) {2}([\w-]+) {2}(\S.*)$/;

const linesOf = (text: string): string[] => text.split("\n").filter((line) => FIX_LINE.test(line));

/** How many fixes the summary promises. */
const promised = (out: string): number =>
  Number(/^([\d,]+) findings? can be fixed safely/m.exec(out)?.[1] ?? 0);

const textsIn = ({ read }: Place, files: object): string[] => Object.keys(files).map(read);

const SENTENCE = "The council voted on Monday to close the old bridge to lorries until the spring.";
const SHARED =
  "You need an account at the harbour office and the number of your boat before you start.";

/** Several of these paragraphs can be fixed, some have hints, and some reveal another finding when fixed. */
const PARAGRAPHS = [
  WRONG.trim(),
  RIGHT.trim(),
  "The the council met on the the Monday, and and the mayor was there.",
  "It was the the the end of the feast.",
  SENTENCE,
  `${SENTENCE} Nobody was asked.`,
  "<!-- stet -->",
  `<!-- stet -->\n\n${WRONG.trim()}`,
  `- Linux. ${SHARED}\n- macOS. ${SHARED}`,
  `1. ${SHARED}\n2. Wait for the the letter.\n3. ${SHARED}`,
  "See [the minutes](https://example.org/?utm_source=chatgpt.com) of the the meeting.",
];

const someDrafts = fc.array(
  fc.array(fc.constantFrom(...PARAGRAPHS), { maxLength: 6 }).map((all) => `${all.join("\n\n")}\n`),
  { minLength: 1, maxLength: 3 },
);

const someOptions = fc
  .tuple(
    fc.constantFrom([], ["--hints"], ["--fail-on", "hint"]),
    fc.constantFrom(
      [],
      ["--rule", "repeated-word=hint"],
      ["--rule", "repeated-word=off"],
      ["--rule", "unused-stet=warning"],
      ["--rule", "repeated-block=error"],
    ),
    fc.constantFrom([], ["--no-baseline"]),
  )
  .map((parts) => parts.flat());

test("the summary promises exactly what the next --fix makes, and after that there is nothing to fix", async () => {
  await fc.assert(
    fc.asyncProperty(
      someDrafts,
      someOptions,
      fc.boolean(),
      fc.boolean(),
      async (texts, options, repeats, hasBaseline) => {
        const files = Object.fromEntries(texts.map((text, index) => [`${index}.md`, text]));
        const there = place(files);
        if (hasBaseline) {
          there.write("0.md", texts[0]?.split("\n\n", 2).join("\n\n") ?? "");
          await there.galley("baseline");
          there.write("0.md", texts[0] ?? "");
        }
        const args = ["check", ...options];
        const fixing = [...args, ...(repeats ? ["--fix-repeats"] : [])];
        const before = await there.galley(...args);
        const shown = (await there.galley(...args, "--format", "compact")).out.split("\n");
        const dry = await there.galley(...fixing, "--fix-dry-run");
        expect(textsIn(there, files)).toEqual(texts);
        expect(dry.code).toBe(before.code);

        const fixed = await there.galley(...fixing, "--fix");
        const made = linesOf(fixed.out);
        if (!repeats) expect(made).toHaveLength(promised(before.out));
        expect(dry.err).toContain(`${made.length} safe fix`);
        const after = textsIn(there, files);
        // The diff has the removed and added lines, and no others.
        const changed = texts.filter((text, index) => text !== after[index]).length;
        expect(dry.out.match(/^\+\+\+ b\//gm) ?? []).toHaveLength(changed);

        // The first in each draft is where the report shows it; later ones may be what it revealed.
        const places = made.map((line) => (FIX_LINE.exec(line) ?? []).slice(1, 4));
        for (const [file, line, rule] of new Map(
          places.reverse().map((one) => [one[0], one]),
        ).values()) {
          const isShown = shown.some(
            (one) =>
              one.startsWith(`${file ?? ""}:${line ?? ""}:`) && one.endsWith(`[${rule ?? ""}]`),
          );
          expect(isShown).toBe(true);
        }
        const again = await there.galley(...fixing, "--fix");
        expect(linesOf(again.out)).toEqual([]);
        expect(textsIn(there, files)).toEqual(after);
        expect(promised(again.out)).toBe(0);
      },
    ),
    { numRuns: 20 },
  );
});

describe("drafts that share a sentence on purpose keep it", () => {
  test.each([
    `- The bridge is closed. ${SHARED}\n- The ferry goes at noon. ${SHARED}\n`,
    `1. ${SHARED}\n2. Wait for the letter.\n3. ${SHARED}\n`,
    `## Linux\n\n${SHARED}\n\n## macOS\n\n${SHARED}\n\n## Windows\n\n${SHARED}\n`,
  ])("%#", async (text) => {
    const there = place({ "a.md": text });
    for (const more of [[], ["--hints"]]) {
      const { out } = await there.galley("check", "--fix", "--fix-repeats", ...more);
      expect(linesOf(out)).toEqual([]);
      expect(there.read("a.md")).toBe(text);
    }
  });
});

test("a hint is fixed only where --hints shows it", async () => {
  const text = `<!-- stet -->\n\n${RIGHT}`;
  const there = place({ "a.md": text });
  expect((await there.galley("check", "--fix")).out).toContain("1 hint not shown");
  expect(there.read("a.md")).toBe(text);
  const { out, code } = await there.galley("check", "--fix", "--fail-on", "hint");
  expect(out).toMatch(/^a\.md:1 {2}unused-stet {2}took out “<!-- stet -->”\n\nNothing found/);
  expect(code).toBe(0);
  expect(there.read("a.md")).toBe(RIGHT);
});

test("after fixes in one draft another is reported as in a new check", async () => {
  const passage = `${Array.from({ length: 60 }, (_, at) => `word${at}`).join(" ")}.\n`;
  const there = place({ "a.md": `<!-- stet -->\n\n${RIGHT}\n${passage}`, "b.md": passage });
  const asked = ["check", "--hints", "--format", "sarif"];
  const { out } = await there.galley(...asked, "--fix");
  expect(out).toContain("repeated-elsewhere");
  expect(out).toBe((await there.galley(...asked)).out);
});

test("a machine-readable format has only shown findings, and fixes are printed to standard error", async () => {
  const there = place({ "a.md": `<!-- stet -->\n\n${RIGHT}\n${WRONG}` });
  for (const format of ["compact", "sarif", "json", "gitlab", "junit"]) {
    const { out } = await there.galley("check", "--format", format);
    expect(out).not.toContain("unused-stet");
    expect((await there.galley("check", "--hints", "--format", format)).out).toContain(
      "unused-stet",
    );
  }
  const dry = await there.galley("check", "--fix-dry-run", "--format", "compact");
  expect(dry.out).toMatch(/^a\.md:5:.*\[repeated-word\]\n$/);
  expect(dry.err).toContain("\n+The council met on the Monday of the feast.\n");
  expect(dry.code).toBe(1);
  const { out, err, code } = await there.galley("check", "--fix", "--format", "compact");
  expect([out, err, code]).toEqual(["", "a.md:5  repeated-word  took out “the”\n", 0]);
});

test("a draft that can’t be written is not counted, and a dry run says why", async () => {
  const there = place({ "a.md": WRONG, "b.md": WRONG.replace("Monday", "Friday") });
  chmodSync(`${there.folder}/a.md`, 0o444);
  expect(promised((await there.galley("check")).out)).toBe(1);
  const { err } = await there.galley("check", "--fix-dry-run");
  expect(err).toMatch(/a\.md: It was not fixed\. It is read-only/);
  expect(err).toContain("1 safe fix would be made. Nothing was written.");
});

test("a diff is valid, and no line of it is a command to a terminal or a build log", () => {
  const before = "a\tb\r\n::error::x\n\u001B[2Jthe the\n";
  const patch = createPatch("a.md", before, before.replace("the the", "the"));
  expect(patch).toBe(
    "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n a\tb\r\n \\::error::x\n-␛[2Jthe the\n+␛[2Jthe\n",
  );
});

test("fixes are tried out only for a report that counts them", async () => {
  const { folder } = place({ "a.md": WRONG });
  const plain = { paths: ["."], hints: true, reporter: compact };
  const counts = async (more: Partial<CheckOptions>): Promise<number> =>
    (await examine({ ...plain, ...more }, ioIn(folder))).report.fixable;
  expect(await counts({})).toBe(0);
  for (const reporter of REPORTERS) {
    expect(await counts({ reporter })).toBe(reporter.name === "pretty" ? 1 : 0);
    expect(await counts({ reporter, fix: "show" })).toBe(1);
  }
  const [pretty, ...others] = REPORTERS;
  const file = pretty && { reporter: pretty, file: "a.txt" };
  for (const reporter of others) {
    expect(await counts({ reporter, reportFiles: file ? [file] : [] })).toBe(1);
  }
});
