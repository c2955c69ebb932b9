import { expect, test } from "vitest";
import { hasWork, scheduleComparison } from "../../server/src/lsp/comparison.ts";
import { LONG_DRAFT } from "../../server/src/lsp/cross-draft.ts";
import { lintedNow, lintedWhileTyping, moveFindings } from "../../server/src/lsp/open-drafts.ts";
import { readiness } from "../../server/src/lsp/status.ts";
import type { LintedDocument } from "../../server/src/lsp/linted.ts";
import { LONG, SHARED } from "../support/any-order.ts";
import { newServices, type TestServices } from "../support/services.ts";

/* Repeats within a long draft are found at a pause, moved by edits meanwhile, and found anew for who makes a fix. */

const TEXT = `The start.\n\n${SHARED}\n\n${LONG}\n\n${SHARED}\n\nThe end.\n`;

interface Desk extends TestServices {
  readonly path: string;
  readonly edit: (at: number, end: number, text: string) => void;
  /** The paths of which the client is told after a pause. */
  readonly pause: () => Promise<readonly string[]>;
}

function desk(text: string): Desk {
  const services = newServices({});
  const { session, effects } = services;
  const path = services.pathTo("a.md");
  services.open("a.md", text);
  let version = 1;
  const edit = (start: number, end: number, newText: string): void => {
    const before = session.workspace.open.get(path)?.text ?? "";
    const positionAt = (at: number): { line: number; character: number } => {
      const lines = before.slice(0, at).split("\n");
      return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    };
    const range = { start: positionAt(start), end: positionAt(end) };
    const changes = [{ range, text: newText }];
    session.store.dispatch({ type: "edited", path, version: ++version, changes, at: 0, shown: [] });
    const document = session.workspace.open.get(path);
    if (document !== undefined) moveFindings(session, path, document);
  };
  const pause = async (): Promise<readonly string[]> => {
    effects.length = 0;
    scheduleComparison(session);
    await services.settle();
    return effects.flatMap((effect) => (effect.type === "report" ? effect.paths : []));
  };
  return { ...services, path, edit, pause };
}

/** The passages that are said to be repeats, and the other copies of them. */
function repeats(linted: LintedDocument | undefined): (readonly [string, string])[] {
  const { text } = linted?.draft ?? { text: "" };
  return (linted?.findings ?? []).flatMap(({ rule, start, end, related = [] }) =>
    rule === "repeated-block"
      ? [[text.slice(start, end), text.slice(related[0]?.start, related[0]?.end)] as const]
      : [],
  );
}

const FOUND = [[SHARED, SHARED]] as const;

test("the other text is as long as it must be", () => {
  expect(LONG).toHaveLength(LONG_DRAFT + 1);
});

test.each([
  ["before both copies", 0, "A line.\n\n"],
  ["between them", TEXT.indexOf(LONG), "A line.\n\n"],
  ["behind both", TEXT.length, "\nA line.\n"],
])("an edit %s moves them", async (_where, at, text) => {
  const { path, edit, pause, session } = desk(TEXT);
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual(FOUND);
  expect(await pause()).toEqual([]);
  edit(at, at, text);
  expect(hasWork(session)).toBe(true);
  const shown = lintedWhileTyping(session, path)?.shown;
  expect(repeats(shown)).toEqual(FOUND);
  const fixes = shown?.findings.flatMap((finding) => finding.fixes ?? []) ?? [];
  expect(fixes.length).toBeGreaterThan(0);
  expect(fixes.flatMap(({ edits }) => edits)).toEqual([]);
  expect(await pause()).toEqual([path]);
  expect(hasWork(session)).toBe(false);
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual(FOUND);
});

test.each([
  ["the later copy", TEXT.lastIndexOf(SHARED) + 4],
  ["the earlier copy", TEXT.indexOf(SHARED) + 4],
])(
  "an edit of %s takes them away until a pause, and who asks for fixes has them at once",
  async (_which, at) => {
    const { path, edit, pause, session } = desk(TEXT);
    lintedWhileTyping(session, path);
    edit(at, at, "new ");
    expect(repeats(lintedWhileTyping(session, path)?.all)).toEqual([]);
    const asked = lintedNow(session, path)?.all;
    expect(repeats(asked)).toHaveLength(1);
    expect(asked?.findings.flatMap(({ fixes = [] }) => fixes[0]?.edits ?? [])).not.toEqual([]);
    // Who asked has not told the client.
    expect(await pause()).toEqual([path]);
    expect(lintedNow(session, path)?.all).toBe(asked);
    expect(repeats(lintedWhileTyping(session, path)?.shown)).toHaveLength(1);
  },
);

test("what was pasted is found at the pause, or before by who asks", async () => {
  for (const asks of [true, false]) {
    const { path, edit, pause, session } = desk(`The start.\n\n${LONG}\n\n${SHARED}\n`);
    expect(repeats(lintedNow(session, path)?.shown)).toEqual([]);
    edit(0, 0, `${SHARED}\n\n`);
    expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual([]);
    if (asks) expect(repeats(lintedNow(session, path)?.shown)).toEqual(FOUND);
    await pause();
    expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual(FOUND);
  }
});

test("what was pasted counts at once for who asks whether the folder is ready", () => {
  const { edit, session } = desk(`The start.\n\n${LONG}\n\n${SHARED}\n`);
  expect(readiness(session)).toEqual({ drafts: 1, hints: 0, notReady: [], hinted: [] });
  edit(0, 0, `${SHARED}\n\n`);
  expect(readiness(session).notReady).toMatchObject([{ kinds: [{ count: 1 }] }]);
});

test("a comment that silences a repeat is not called unused while that is not known", () => {
  const stet = "<!-- stet repeated-block -->";
  const { path, edit, session } = desk(
    TEXT.replace(`\n\n${SHARED}\n\nThe end`, `\n\n${stet}\n\n${SHARED}\n\nThe end`),
  );
  const found = (): readonly string[] | undefined =>
    lintedWhileTyping(session, path)?.all.findings.map(({ rule }) => rule);
  expect(found()).toEqual([]);
  edit(20, 20, "x");
  expect(found()).toEqual([]);
});

test("a draft that was closed, or got another text, or is short now, is looked at anew", () => {
  const { path, edit, open, session } = desk(TEXT);
  const isKnown = (): boolean => session.drafts.get(path)?.cross.distant !== undefined;
  lintedWhileTyping(session, path);
  expect(isKnown()).toBe(true);
  edit(TEXT.indexOf(LONG), TEXT.indexOf(LONG) + LONG.length, "Few words.");
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual(FOUND);
  expect(isKnown()).toBe(false);
  open("a.md", TEXT);
  lintedWhileTyping(session, path);
  edit(0, 0, "x");
  expect(hasWork(session)).toBe(true);
  session.drafts.delete(path);
  expect([isKnown(), hasWork(session)]).toEqual([false, false]);
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual(FOUND);
});

test("a draft that is none at the pause is looked at anew when it is one again", async () => {
  const { path, edit, open, pause, session } = desk(TEXT);
  lintedWhileTyping(session, path);
  edit(TEXT.lastIndexOf(SHARED) + 4, TEXT.lastIndexOf(SHARED) + 4, "new ");
  open(".galley.json", '{ "exclude": ["a.md"] }', "json");
  expect(await pause()).toEqual([path]);
  expect(lintedWhileTyping(session, path)).toBeUndefined();
  open(".galley.json", "{}", "json");
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toHaveLength(1);
});
