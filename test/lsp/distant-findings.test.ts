import { expect, test } from "vitest";
import { LONG_DRAFT } from "../../server/src/lsp/distant-findings.ts";
import { scheduleComparison } from "../../server/src/lsp/other-drafts.ts";
import { isCompared } from "../../server/src/lsp/other-drafts-state.ts";
import { forgetShifted, shiftFindings } from "../../server/src/lsp/shifted-findings.ts";
import type { Judgement } from "../../server/src/lsp/judgement.ts";
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
  const { store, session } = services;
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
    store.dispatch({ type: "edited", path, version: ++version, changes, at: 0, shown: [] });
    const document = session.workspace.open.get(path);
    if (document !== undefined) shiftFindings(session, path, document);
  };
  const pause = async (): Promise<readonly string[]> => {
    const told: string[] = [];
    scheduleComparison(session, (paths) => told.push(...paths));
    await services.settle();
    return told;
  };
  return { ...services, path, edit, pause };
}

/** The passages that are said to be repeats, and the other copies of them. */
function repeats(judged: Judgement | undefined): (readonly [string, string])[] {
  const { text } = judged?.draft ?? { text: "" };
  return (judged?.findings ?? []).flatMap(({ rule, start, end, related = [] }) =>
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
  const { judgements, path, edit, pause, session } = desk(TEXT);
  expect(repeats(judgements.whileTyping(path)?.shown)).toEqual(FOUND);
  expect(await pause()).toEqual([]);
  edit(at, at, text);
  expect(isCompared(session.others)).toBe(false);
  const shown = judgements.whileTyping(path)?.shown;
  expect(repeats(shown)).toEqual(FOUND);
  const fixes = shown?.findings.flatMap((finding) => finding.fixes ?? []) ?? [];
  expect(fixes.length).toBeGreaterThan(0);
  expect(fixes.flatMap(({ edits }) => edits)).toEqual([]);
  expect(await pause()).toEqual([path]);
  expect(isCompared(session.others)).toBe(true);
  expect(repeats(judgements.whileTyping(path)?.shown)).toEqual(FOUND);
});

test.each([
  ["the later copy", TEXT.lastIndexOf(SHARED) + 4],
  ["the earlier copy", TEXT.indexOf(SHARED) + 4],
])(
  "an edit of %s takes them away until a pause, and who asks for fixes has them at once",
  async (_which, at) => {
    const { judgements, path, edit, pause } = desk(TEXT);
    judgements.whileTyping(path);
    edit(at, at, "new ");
    expect(repeats(judgements.whileTyping(path)?.all)).toEqual([]);
    const asked = judgements.of(path);
    expect(repeats(asked)).toHaveLength(1);
    expect(asked?.findings.flatMap(({ fixes = [] }) => fixes[0]?.edits ?? [])).not.toEqual([]);
    // Who asked has not told the client.
    expect(await pause()).toEqual([path]);
    expect(judgements.of(path)).toBe(asked);
    expect(repeats(judgements.whileTyping(path)?.shown)).toHaveLength(1);
  },
);

test("what was pasted is found at the pause, or before by who asks", async () => {
  for (const asks of [true, false]) {
    const { judgements, path, edit, pause } = desk(`The start.\n\n${LONG}\n\n${SHARED}\n`);
    expect(repeats(judgements.shown(path))).toEqual([]);
    edit(0, 0, `${SHARED}\n\n`);
    expect(repeats(judgements.whileTyping(path)?.shown)).toEqual([]);
    if (asks) expect(repeats(judgements.shown(path))).toEqual(FOUND);
    await pause();
    expect(repeats(judgements.whileTyping(path)?.shown)).toEqual(FOUND);
  }
});

test("a comment that silences a repeat is not called unused while that is not known", () => {
  const stet = "<!-- stet repeated-block -->";
  const { judgements, path, edit } = desk(
    TEXT.replace(`\n\n${SHARED}\n\nThe end`, `\n\n${stet}\n\n${SHARED}\n\nThe end`),
  );
  const found = (): readonly string[] | undefined =>
    judgements.whileTyping(path)?.all.findings.map(({ rule }) => rule);
  expect(found()).toEqual([]);
  edit(20, 20, "x");
  expect(found()).toEqual([]);
});

test("a draft that was closed, or got another text, or is short now, is looked at anew", () => {
  const { judgements, path, edit, open, session } = desk(TEXT);
  const { within, shifted } = session.others;
  judgements.whileTyping(path);
  expect([...within.keys()]).toEqual([path]);
  edit(TEXT.indexOf(LONG), TEXT.indexOf(LONG) + LONG.length, "Few words.");
  expect(repeats(judgements.whileTyping(path)?.shown)).toEqual(FOUND);
  expect(within.size).toBe(0);
  open("a.md", TEXT);
  judgements.whileTyping(path);
  edit(0, 0, "x");
  forgetShifted(session, path);
  expect([within.size, shifted.size]).toEqual([0, 0]);
  expect(repeats(judgements.whileTyping(path)?.shown)).toEqual(FOUND);
});
