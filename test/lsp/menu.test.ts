import fc from "fast-check";
import { type CodeAction, CodeActionKind } from "vscode-languageserver/node";
import { beforeAll, afterAll, describe, expect, test } from "vitest";
import type { ActionCandidate, ActionEffect } from "../../server/src/lsp/actions/candidate.ts";
import {
  distinct,
  fitted,
  MAX_TITLE,
  withDistinctTitles,
  MAX_ENTRIES,
  withinMenu,
} from "../../server/src/lsp/actions/menu.ts";
import { STET } from "../../server/src/lsp/actions/suppress.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { lineIndex } from "../../server/src/text/lines.ts";
import { EVERY_RULE, connect, rangeOf, type TestClient } from "../support/lsp.ts";
import { runs } from "../support/property.ts";
import { wording } from "../../server/src/text/wording.ts";

/* The menu of actions, whatever is found and whatever names there are. */

/** VS Code asks how to suppress a finding, and shows rule pages; other editors do neither. */
const CLIENTS = {
  "VS Code": {
    commands: ["galley.compare", "galley.deleteDraft", "galley.stet", "galley.showRule"],
  },
  "another editor": {},
};

/** The examples of every rule, and many mistakes in one place. */
const DRAFTS: readonly string[] = [
  ...RULES.flatMap(({ docs }) => docs.flagged.map(({ text }) => text.replace(/[⟦⟧]/g, ""))),
  `${"The stalls at the the market open in the the town at at nine. ".repeat(9)}\n`,
  "According to , the the stalls, including and , open at at nine, said on Monday.\n",
  "The the “stalls open (at at [nine]() , including and .\n\n## \n\n- \n\n- TK\n",
];

describe.each(Object.entries(CLIENTS))("%s", (name, initializationOptions) => {
  let client: TestClient;
  let menus: readonly CodeAction[][] = [];
  beforeAll(async () => {
    client = await connect({ settings: { galley: { rules: EVERY_RULE } }, initializationOptions });
    menus = (await allMenus()).filter((menu) => menu.length > 0);
  });
  afterAll(() => client.stop());

  const allMenus = async (): Promise<CodeAction[][]> => {
    const found: CodeAction[][] = [];
    for (const [index, text] of DRAFTS.entries()) {
      for (const [extension, languageId] of [
        ["md", "markdown"],
        ["txt", "plaintext"],
      ] as const) {
        const uri = `file:///drafts/${"a-long-name-of-a-draft-".repeat(5)}${index}.${extension}`;
        await client.open(uri, text, languageId);
        const whole = rangeOf(text, text);
        const diagnostics = await client.diagnostics(uri);
        const cursors = diagnostics.map(({ range: { start } }) => ({ start, end: start }));
        for (const range of [whole, ...cursors, ...diagnostics.map((one) => one.range)]) {
          found.push(await client.actions(uri, range));
        }
      }
    }
    return found;
  };

  test("has at most eight entries, titles of at most 70 characters and no two alike", () => {
    expect(menus.length).toBeGreaterThan(100);
    expect(Math.max(...menus.map((menu) => menu.length))).toBe(MAX_ENTRIES);
    for (const menu of menus) {
      const titles = menu.map(({ title }) => title);
      expect(new Set(titles).size, titles.join("\n")).toBe(titles.length);
      for (const title of titles) expect(title.length, title).toBeLessThanOrEqual(MAX_TITLE);
    }
  });

  test.runIf(name === "VS Code")("ends with “Stet…” and “Why?”", () => {
    for (const menu of menus) {
      expect(menu.slice(-2).map(({ title }) => title)).toEqual(["Stet…", "Why?"]);
      expect(menu.slice(0, -2).filter(({ title }) => /^(?:Stet|Accept|Turn)/.test(title))).toEqual(
        [],
      );
    }
  });

  test.runIf(name !== "VS Code")(
    "has the stets themselves, and no command of VS Code's",
    async () => {
      const uri = "file:///drafts/stalls.md";
      const text = "The stalls open at the the market.\n";
      await client.open(uri, text);
      const menu = await client.actions(uri, rangeOf(text, "the the"));
      expect(menu.some(({ title }) => title.startsWith("Stet: let it stand"))).toBe(true);
      expect(menu.flatMap(({ command }) => command?.command ?? [])).toEqual([]);
    },
  );
});

function finding(rule: string, start: number): Finding {
  return { rule, severity: "hint", start, end: start + 3, message: wording(rule) };
}

function candidate<Title>(
  title: Title,
  effect: ActionEffect,
  about?: Finding,
): ActionCandidate<Title> {
  return { title, kind: CodeActionKind.QuickFix, preferred: false, finding: about, effect };
}

const edit = (at: number): ActionEffect => ({
  fix: { edits: [{ start: at, end: at, newText: "x" }] },
});

const command = (name: string): ActionEffect => ({ command: name, arguments: [] });

test("a menu is in order, and about the closest findings", () => {
  const lengths = fc.array(fc.nat(4), { minLength: 1, maxLength: 8 });

  fc.assert(
    fc.property(lengths, fc.boolean(), (more, ends) => {
      const counts = [1, ...more];
      const touched = counts.map((_, start) => finding("a-rule", start));
      const found = [
        ...counts.flatMap((count, index) =>
          Array.from({ length: count }, (_, number) =>
            candidate(`${index} ${number}`, edit(0), touched[index]),
          ),
        ),
        ...(ends ? [candidate("Why?", command("galley.showRule"), touched[0])] : []),
      ];
      const menu = withinMenu(found, touched);
      expect(menu).toHaveLength(Math.min(found.length, MAX_ENTRIES));
      expect(found.filter((one) => menu.includes(one))).toEqual(menu);
      expect(menu.includes(found.at(-1) as ActionCandidate)).toBe(
        ends || menu.length === found.length,
      );
      const room = MAX_ENTRIES - (ends ? 1 : 0);
      const others = found.slice(0, found.length - (ends ? 1 : 0));
      expect(menu.slice(0, menu.length - (ends ? 1 : 0))).toEqual(others.slice(0, room));
    }),
    runs(200),
  );
});

/** Whether a character of two units is always whole. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

describe("a title that is too long", () => {
  const words = fc.string({ unit: "binary", maxLength: 200 });

  test("is cut to 70 units, in the middle, without splitting a character", () => {
    fc.assert(
      fc.property(words, words, words, (before, quoted, suffix) => {
        const title = fitted(`${before}“${quoted}”`, suffix);
        expect(title.length).toBeLessThanOrEqual(MAX_TITLE);
        expect(isWellFormed(title)).toBe(true);
      }),
      runs(300),
    );
  });

  test("is kept if it fits, for every length", () => {
    for (let length = 0; length <= MAX_TITLE; length++) {
      const title = "x".repeat(length);
      expect(fitted(title)).toBe(title);
      expect(fitted(title.slice(5), "suffix".slice(0, 5)).length).toBeLessThanOrEqual(MAX_TITLE);
    }
    expect(fitted("x".repeat(MAX_TITLE + 1))).toHaveLength(MAX_TITLE);
  });

  test("keeps the text around its quotation", () => {
    const title = fitted(`Accept “${"word ".repeat(30)}” in this project`);
    expect(title).toMatch(/^Accept “word .*….*” in this project$/);
    const long = "Restore “the Long House” and “the Cooper's Loft” from the version of 2026-11-29";
    expect(fitted(long)).toBe("Restore “the Long House” and “the … from the version of 2026-11-29");
  });

  test("stays different from others that would then read the same", () => {
    const about = finding("x".repeat(60), 0);
    const candidates = Array.from({ length: 12 }, (_, index) =>
      candidate(
        wording(`Delete the copy in ${"a".repeat(80)}${index}${"b".repeat(80)}.md`),
        edit(0),
        about,
      ),
    );
    const titles = withDistinctTitles(candidates, [0]).map(({ title }) => title);
    expect(new Set(titles).size).toBe(candidates.length);
    for (const title of titles) expect(title.length).toBeLessThanOrEqual(MAX_TITLE);
  });
});

const LINES = lineIndex("one two\nthree four\n");

test("equal titles for the same edit become one, for other edits or commands they stay apart", () => {
  const config = { config: () => [] };
  const found = [
    candidate(wording("Turn off"), edit(0)),
    candidate(wording("Turn off"), edit(0)),
    candidate(wording("Turn off"), edit(4)),
    candidate(wording("Go"), command("go")),
    candidate(wording("Go"), command("go")),
    candidate(wording("Accept"), config),
    candidate(wording("Accept"), config),
    candidate(STET, config),
    candidate(STET, config),
  ];
  expect(distinct(found)).toEqual([0, 2, 3, 4, 5, 7, 8].map((index) => found[index]));
});

test("equal titles get the kind, then the line, then a number", () => {
  const titled = (...abouts: Finding[]): string[] =>
    withDistinctTitles(
      abouts.map((about) => candidate(wording("Delete"), edit(about.start), about)),
      LINES,
    ).map(({ title }) => title);
  expect(titled(finding("a", 0))).toEqual(["Delete"]);
  expect(titled(finding("a", 0), finding("b", 0))).toEqual(["Delete (a)", "Delete (b)"]);
  const words = [finding("repeated-word", 0), finding("empty-attribution", 0)];
  expect(titled(...words)).toEqual(["Delete (Doubled words)", "Delete (Lost words)"]);
  expect(titled(finding("a", 0), finding("a", 8))).toEqual(["Delete, line 1", "Delete, line 2"]);
  expect(titled(finding("a", 0), finding("a", 4))).toEqual(["Delete", "Delete (2)"]);
});

test("findings at different places never have the same title", () => {
  const about = fc.record({ rule: fc.constantFrom("a", "b"), start: fc.nat(17) });
  fc.assert(
    fc.property(fc.uniqueArray(about, { selector: (one) => `${one.rule} ${one.start}` }), (all) => {
      const found = all.map(({ rule, start }) =>
        candidate(wording("Delete"), edit(start), finding(rule, start)),
      );
      const titles = withDistinctTitles(found, LINES).map(
        // The others differ by the rule, where titles show it.
        ({ title, finding: one }) => `${title} ${one?.rule}`,
      );
      expect(new Set(titles).size).toBe(titles.length);
    }),
    runs(200),
  );
});
