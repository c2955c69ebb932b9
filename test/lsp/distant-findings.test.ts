import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Finding } from "../../server/src/draft/finding.ts";
import { compareChanged, hasWork } from "../../server/src/lsp/comparison.ts";
import { lintedNow, lintedWhileTyping, moveFindings } from "../../server/src/lsp/open-drafts.ts";
import { readiness } from "../../server/src/lsp/status.ts";
import type { LintedDocument } from "../../server/src/lsp/linted.ts";
import type { Span } from "../../server/src/text/span.ts";
import { LONG_BRIDGE } from "../support/passages.ts";
import { runs } from "../support/property.ts";
import { type Given, newServices, type TestServices } from "../support/services.ts";

/* Repeats within a draft are found at a pause, moved by edits until then, and found anew before a fix is made. */

const BETWEEN = "Shop owners on the quay fear that customers from the valley will stay away.";

const OTHER =
  "The ferry to the island has run twice a day since May, and carries bicycles at no charge before noon, which the harbour office put down to the long queues at the slip last summer.";

const OTHER_DRAFT = `Nobody in the valley had asked for a second school, and the council said so in spring.\n\n${OTHER}\n\nSnow lay on the pass until June, so the shepherds kept their flocks below the mill.\n`;

const TEXT = `The start.\n\n${LONG_BRIDGE}\n\n${BETWEEN}\n\n${LONG_BRIDGE}\n\nThe end.\n`;

interface Desk extends TestServices {
  readonly path: string;
  /** The caret leaves the paragraph. */
  readonly leave: () => void;
  readonly edit: (at: number, end: number, text: string) => void;
  /** The paths of which the client is told after a pause: in this draft, unless another is named. */
  readonly pause: (name?: string) => Promise<readonly string[]>;
}

function desk(text: string, given?: Given): Desk {
  const services = newServices({}, given);
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
    session.store.dispatch({ type: "edited", path, version: ++version, changes, at: 0 });
    const document = session.workspace.open.get(path);
    if (document !== undefined) moveFindings(session, path, document);
  };
  const pause = async (name = "a.md"): Promise<readonly string[]> => {
    effects.length = 0;
    compareChanged(session, [services.pathTo(name)]);
    await services.settle();
    return effects.flatMap((effect) => (effect.type === "report" ? effect.paths : []));
  };
  const leave = (): void => {
    session.store.dispatch({ type: "saving", path });
  };
  return { ...services, path, edit, leave, pause };
}

/** The passages reported as repeats, and their other copies. */
function repeats(linted: LintedDocument | undefined): (readonly [string, string])[] {
  const { text } = linted?.draft ?? { text: "" };
  return (linted?.findings ?? []).flatMap(({ rule, start, end, related = [] }) =>
    rule === "repeated-block"
      ? [[text.slice(start, end), text.slice(related[0]?.start, related[0]?.end)] as const]
      : [],
  );
}

const FOUND = [[LONG_BRIDGE, LONG_BRIDGE]] as const;

test.each([
  ["before both copies", 0, "A line.\n\n"],
  ["between them", TEXT.indexOf(BETWEEN), "A line.\n\n"],
  ["behind both", TEXT.length, "\nA line.\n"],
])("an edit %s moves them", async (_where, at, text) => {
  const { path, edit, pause, session } = desk(TEXT);
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual(FOUND);
  await pause();
  edit(at, at, text);
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
  ["the later copy", TEXT.lastIndexOf(LONG_BRIDGE) + 4],
  ["the earlier copy", TEXT.indexOf(LONG_BRIDGE) + 4],
])(
  "an edit of %s leaves them, and a request for fixes gets the current ones",
  async (_which, at) => {
    const { path, edit, pause, session, effects } = desk(TEXT);
    lintedWhileTyping(session, path);
    edit(at, at, "new ");
    const moved = repeats(lintedWhileTyping(session, path)?.all);
    expect(moved.flat().sort()).toEqual([LONG_BRIDGE, LONG_BRIDGE.replace("The ", "The new ")]);
    const asked = lintedNow(session, path)?.all;
    expect(repeats(asked)).toEqual(moved);
    expect(asked?.findings.flatMap(({ fixes = [] }) => fixes[0]?.edits ?? [])).not.toEqual([]);
    // The client has been notified by then.
    expect(effects).toContainEqual({ type: "report", paths: [path] });
    await pause();
    expect(lintedNow(session, path)?.all).toEqual(asked);
    expect(lintedWhileTyping(session, path)?.all).toEqual(asked);
  },
);

test("a client that can't be asked to refresh always gets current ones", () => {
  const initialize = { capabilities: { textDocument: { diagnostic: {} } } };
  const { path, edit, session } = desk(`The start.\n\n${LONG_BRIDGE}\n`, { initialize });
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual([]);
  edit(0, 0, `${LONG_BRIDGE}\n\n`);
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual(FOUND);
});

/** An edit at a fraction of the text that removes some units. */
const typed = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  gone: fc.constantFrom(0, 0, 0, 1, 7, 200),
  text: fc.constantFrom("x", " a new word ", "\n\n", "", `\n\n${LONG_BRIDGE}\n\n`),
});

test("over any edits a repeat stays until one of its copies is replaced, and a pause finds the current ones", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(typed), { maxLength: 15 }), async (steps) => {
      const { path, edit, pause, session } = desk(TEXT);
      const textNow = (): string => session.workspace.open.get(path)?.text ?? "";
      const found = (): readonly Finding[] =>
        session.drafts.get(path)?.cross.distant?.findings ?? [];
      lintedWhileTyping(session, path);
      for (const step of steps) {
        const [text, before] = [textNow(), found()];
        if (step === null) {
          await pause();
          const fresh = desk(text);
          await fresh.pause();
          const all = lintedNow(fresh.session, path)?.all.findings;
          expect(lintedWhileTyping(session, path)?.all.findings).toEqual(all);
          continue;
        }
        const start = Math.floor(step.at * text.length);
        const end = Math.min(text.length, start + step.gone);
        edit(start, end, step.text);
        const left = before.filter((finding) =>
          copies(finding).every((copy) => copy.start < start || end < copy.end || start === end),
        );
        expect(found()).toHaveLength(left.length);
        found().forEach((finding, at) => {
          const previous = left[at] && copies(left[at]);
          copies(finding).forEach((copy, which) => {
            const one = previous?.[which] ?? { start: 0, end: 0 };
            const isTouched = one.start < end && start < one.end;
            const words = textNow().slice(copy.start, copy.end);
            expect(words).not.toBe("");
            if (!isTouched) expect(words).toBe(text.slice(one.start, one.end));
          });
        });
      }
    }),
    runs(100),
  );
});

/** The ranges of a repeat's copies. */
function copies({ start, end, related = [] }: Finding): readonly Span[] {
  return [{ start, end }, ...related];
}

test("a pasted passage is found at the pause, or before on request", async () => {
  for (const asks of [true, false]) {
    const { path, edit, pause, session } = desk(`The start.\n\n${BETWEEN}\n\n${LONG_BRIDGE}\n`);
    expect(repeats(lintedNow(session, path)?.shown)).toEqual([]);
    edit(0, 0, `${LONG_BRIDGE}\n\n`);
    expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual([]);
    if (asks) expect(repeats(lintedNow(session, path)?.shown)).toEqual(FOUND);
    await pause();
    expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual(FOUND);
  }
});

test("a pasted passage counts at once when asking whether the folder is ready", () => {
  const { edit, session } = desk(`The start.\n\n${BETWEEN}\n\n${LONG_BRIDGE}\n`);
  expect(readiness(session)).toEqual({ drafts: 1, hints: 0, notReady: [], hinted: [] });
  edit(0, 0, `${LONG_BRIDGE}\n\n`);
  expect(readiness(session).notReady).toMatchObject([{ kinds: [{ count: 1 }] }]);
});

test("a comment that silences a repeat is not called unused while that is moved", () => {
  const stet = "<!-- stet repeated-block -->";
  const { path, edit, session } = desk(
    TEXT.replace(`\n\n${LONG_BRIDGE}\n\nThe end`, `\n\n${stet}\n\n${LONG_BRIDGE}\n\nThe end`),
  );
  const found = (): readonly string[] | undefined =>
    lintedWhileTyping(session, path)?.all.findings.map(({ rule }) => rule);
  expect(found()).toEqual([]);
  for (const at of [
    5,
    TEXT.indexOf(LONG_BRIDGE) + 4,
    TEXT.lastIndexOf(LONG_BRIDGE) + stet.length + 9,
  ]) {
    edit(at, at, "x");
    expect(found()).toEqual([]);
  }
});

describe("a stet that was pasted with its passage is not called unused meanwhile", () => {
  const STET = "<!-- stet -->";
  const rulesIn = ({ session, path }: Desk): readonly string[] | undefined =>
    lintedWhileTyping(session, path)?.shown.findings.map(({ rule }) => rule);

  test.each([
    ["in the draft", LONG_BRIDGE, false],
    ["in the draft, and somebody asks", LONG_BRIDGE, true],
    ["in another draft", OTHER, false],
    ["in another draft, and somebody asks", OTHER, true],
  ])("a copy of a passage %s", async (_, passage, asks) => {
    const text = `The start.\n\n${LONG_BRIDGE}\n`;
    const its = desk(`${text}\n${BETWEEN}\n`);
    its.open("0.md", OTHER_DRAFT);
    await its.pause("0.md");
    await its.pause();
    expect(rulesIn(its)).toEqual([]);
    its.edit(text.length, text.length, `\n${STET}\n\n${passage}\n`);
    its.leave();
    const asked = asks ? lintedNow(its.session, its.path)?.all.findings : [];
    expect(asked).toEqual([]);
    expect(rulesIn(its)).toEqual([]);
    // A pause in another draft is none in this one.
    await its.pause("0.md");
    expect(rulesIn(its)).toEqual([]);
    const { store } = its.session;
    const dispatch = store.dispatch.bind(store);
    const told: (readonly string[] | undefined)[] = [];
    const spy = vi.spyOn(store, "dispatch").mockImplementation((event) => {
      dispatch(event);
      told.push(rulesIn(its));
    });
    await its.pause();
    spy.mockRestore();
    expect(told.length).toBeGreaterThan(0);
    expect([told.flat(), rulesIn(its)]).toEqual([[], []]);
    // Because of the stet.
    its.edit(text.length, text.length + STET.length + 1, "");
    await its.pause();
    expect(rulesIn(its)).toHaveLength(1);
  });

  test("a stet for what another draft has is not called unused before that is read", async () => {
    const its = desk(`The start.\n\n${LONG_BRIDGE}\n\n${STET}\n\n${OTHER}\n\n${BETWEEN}\n`);
    const { disk } = its.session;
    disk.scanning = true;
    expect(rulesIn(its)).toEqual([]);
    its.open("0.md", OTHER_DRAFT);
    await its.pause("0.md");
    await its.pause();
    expect(rulesIn(its)).toEqual([]);
    disk.scanning = false;
    await its.pause();
    expect(rulesIn(its)).toEqual([]);
    its.open("0.md", "It rained.\n");
    await its.pause("0.md");
    expect(rulesIn(its)).toEqual(["unused-stet"]);
  });

  test("an unused stet stays unused while it moves, and a newly unused one is reported at the pause", async () => {
    const its = desk(`${STET}\n\nIt rained.\n\n${STET}\n\nIt was the the end.\n`);
    const spans = (): string[] =>
      (lintedWhileTyping(its.session, its.path)?.shown.findings ?? []).map(
        ({ rule, start }) => `${rule} ${start}`,
      );
    expect(spans()).toEqual([]);
    await its.pause();
    expect(spans()).toEqual(["unused-stet 0"]);
    its.edit(0, 0, "So.\n\n");
    expect(spans()).toEqual(["unused-stet 5"]);
    const text = its.session.workspace.open.get(its.path)?.text ?? "";
    its.edit(text.indexOf("the the"), text.indexOf("the the") + 4, "");
    its.leave();
    expect(spans()).toEqual(["unused-stet 5"]);
    expect(lintedNow(its.session, its.path)?.all.findings).toHaveLength(1);
    expect(spans()).toEqual(["unused-stet 5"]);
    expect(await its.pause()).toEqual([its.path]);
    expect(spans()).toEqual(["unused-stet 5", `unused-stet ${text.lastIndexOf(STET)}`]);
    // Nobody asks between this pause and the next edit.
    await its.pause();
    its.edit(0, 0, "Yes.\n\n");
    await its.pause();
    its.edit(0, 6, "");
    expect(spans()).toEqual(["unused-stet 5", `unused-stet ${text.lastIndexOf(STET)}`]);
    // A request gets the current ones.
    its.edit(5, 5 + STET.length, "");
    expect(lintedNow(its.session, its.path)?.all.findings).toHaveLength(1);
  });
});

test("a draft that was closed, or got another text, is compared anew", async () => {
  const { path, edit, open, session, settle } = desk(TEXT);
  const isKnown = (): boolean => session.drafts.get(path)?.cross.distant !== undefined;
  lintedWhileTyping(session, path);
  edit(0, 0, "x");
  compareChanged(session, [path]);
  expect([isKnown(), hasWork(session)]).toEqual([true, true]);
  open("a.md", TEXT);
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual(FOUND);
  await settle();
  expect(hasWork(session)).toBe(false);
  edit(0, 0, "x");
  session.drafts.delete(path);
  expect([isKnown(), hasWork(session)]).toEqual([false, false]);
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toEqual(FOUND);
});

test("a document that stops being a draft is compared anew when it is one again", async () => {
  const { path, edit, open, pause, session } = desk(TEXT);
  lintedWhileTyping(session, path);
  edit(TEXT.lastIndexOf(LONG_BRIDGE), TEXT.lastIndexOf(LONG_BRIDGE) + LONG_BRIDGE.length, "new ");
  open(".galley.json", '{ "exclude": ["a.md"] }', "json");
  await pause();
  expect(lintedWhileTyping(session, path)).toBeUndefined();
  edit(0, 0, `${LONG_BRIDGE}\n\n`);
  open(".galley.json", "{}", "json");
  expect(repeats(lintedWhileTyping(session, path)?.shown)).toHaveLength(1);
});
