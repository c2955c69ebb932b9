import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CodeAction,
  CodeActionTriggerKind,
  type CodeLens,
  type Diagnostic,
  type Position,
  type Range,
  TextDocumentSaveReason,
} from "vscode-languageserver/node";
import { CARET, QUIET_TIME } from "../../server/src/protocol.ts";
import { lineIndex, positionAt } from "../../server/src/text/lines.ts";
import { connect, newFolder, openDraft } from "../support/for-one-test.ts";
import {
  type ClientOptions,
  LIKE_VSCODE,
  likeVsCode,
  rangeOf,
  type TestClient,
  EVERY_RULE,
} from "../support/lsp.ts";
import { saidOfLeft } from "../support/left.ts";
import { ofKind, runs } from "../support/property.ts";
import { type VirtualClock, virtualClock } from "../support/virtual-clock.ts";

/* New findings wait in the paragraph being written: which ones and how long, over the wire. */

const URI = "untitled:Untitled-1";
const TEXT = "# Market day\n\nThe stalls open at .\n\nThe ferry came to to the quay.\n";
const OTHER = "The bell rang at noon.\n";

/** An editor in which somebody writes: each edit is an insertion, with the caret after it. */
class Writer {
  readonly client: TestClient;
  readonly clock: VirtualClock;

  constructor(client: TestClient, clock: VirtualClock) {
    this.client = client;
    this.clock = clock;
  }

  /** Types words after others, and sends the caret's place. */
  async type(after: string, words: string, uri = URI): Promise<void> {
    const { end } = rangeOf(this.client.textOf(uri), after);
    await this.client.change(uri, { range: { start: end, end }, text: words });
    await this.caretAfter(after + words, uri);
  }

  async caretAfter(words: string | null, uri = URI, version?: number): Promise<void> {
    const position = words === null ? null : rangeOf(this.client.textOf(uri), words).end;
    await this.client.notify(CARET, { uri, position, version });
  }

  /** The words of the diagnostics that the client gets on request. */
  async shown(uri = URI): Promise<string[]> {
    const items = await this.client.diagnostics(uri);
    const lines = this.client.textOf(uri).split("\n");
    return items.map(({ range: { start, end } }) =>
      (lines[start.line] ?? "").slice(start.character, end.character),
    );
  }

  /** Waits until nothing is left to do, in as little virtual time as possible. */
  async settled(): Promise<void> {
    await this.clock.until(this.client.settled());
  }

  /** How often the client was asked to pull again meanwhile. */
  async refreshesDuring(act: () => Promise<unknown>): Promise<number> {
    await this.clock.advance(0);
    const before = this.client.refreshes;
    await act();
    await this.clock.advance(0);
    return this.client.refreshes - before;
  }
}

async function writer(options: ClientOptions = {}): Promise<Writer> {
  const clock = virtualClock();
  const { client } = await openDraft(
    TEXT,
    {
      initializationOptions: { caret: true },
      ...options,
      host: { clock },
    },
    URI,
  );
  const desk = new Writer(client, clock);
  expect(await desk.shown()).toEqual(["to to"]);
  return desk;
}

/** The same after typing a finding, which is held back. */
async function holding(options: ClientOptions = {}): Promise<Writer> {
  const desk = await writer(options);
  await desk.type("open at", " the the market");
  expect(await desk.shown()).toEqual(["to to"]);
  return desk;
}

const NOTIFY_ONLY = likeVsCode({ diagnostics: { refreshSupport: false } });

describe("a new finding in the paragraph at the caret", () => {
  test("waits until five seconds have passed without an edit", async () => {
    const desk = await holding();
    await desk.clock.advance(QUIET_TIME - 100);
    await desk.type("the market", " square");
    expect(await desk.refreshesDuring(() => desk.clock.advance(QUIET_TIME - 1))).toBe(0);
    expect(await desk.shown()).toEqual(["to to"]);
    expect(await desk.refreshesDuring(() => desk.clock.advance(1))).toBe(1);
    expect(await desk.shown()).toEqual(["the the", "to to"]);
    expect(desk.clock.pending).toBe(0);
  });

  test("waits until the caret leaves", async () => {
    const desk = await holding();
    // A caret without an edit has no effect.
    await desk.client.change(URI);
    expect(await desk.shown()).toEqual(["to to"]);
    expect(await desk.refreshesDuring(() => desk.caretAfter("The"))).toBe(0);
    expect(await desk.shown()).toEqual(["to to"]);
    expect(await desk.refreshesDuring(() => desk.caretAfter("ferry"))).toBe(1);
    expect(await desk.shown()).toEqual(["the the", "to to"]);
  });

  test("waits until the caret leaves the document", async () => {
    const desk = await writer();
    await desk.client.open("untitled:other", OTHER);
    await desk.type("open at", " the the market");
    expect(await desk.shown()).toEqual(["to to"]);
    // A document without the caret doesn't matter.
    await desk.caretAfter(null, "untitled:other");
    expect(await desk.shown()).toEqual(["to to"]);
    expect(await desk.refreshesDuring(() => desk.caretAfter(null))).toBe(1);
    expect(await desk.shown()).toEqual(["the the", "to to"]);
    await desk.type("the market", " on on time");
    expect(await desk.shown()).toEqual(["the the", "to to"]);
    await desk.caretAfter("bell", "untitled:other");
    expect(await desk.shown()).toEqual(["the the", "on on", "to to"]);
  });

  test("waits until another paragraph is being written", async () => {
    const desk = await holding();
    await desk.type("the quay", " at at noon");
    expect(await desk.shown()).toEqual(["the the", "to to"]);
    await desk.client.open("untitled:other", OTHER);
    expect(await desk.refreshesDuring(() => desk.type("bell", " bell", "untitled:other"))).toBe(1);
    expect(await desk.shown()).toEqual(["the the", "to to", "at at"]);
    expect(await desk.shown("untitled:other")).toEqual([]);
  });

  test("waits until the draft is saved, or closed", async () => {
    const desk = await holding();
    expect(await desk.refreshesDuring(() => desk.client.save(URI))).toBe(1);
    expect(await desk.shown()).toEqual(["the the", "to to"]);
    await desk.type("the market", " on on time");
    expect(await desk.shown()).toEqual(["the the", "to to"]);
    const text = desk.client.textOf(URI);
    await desk.client.close(URI);
    await desk.client.open(URI, text);
    expect(await desk.shown()).toEqual(["the the", "on on", "to to"]);
  });

  test("waits through the editor's own saves after a pause, if it announces them", async () => {
    const capabilities = likeVsCode({}, { synchronization: { willSave: true } });
    const desk = await holding({ capabilities });
    const save = async (reason: TextDocumentSaveReason): Promise<void> => {
      const textDocument = { uri: URI };
      await desk.client.notify("textDocument/willSave", { textDocument, reason });
      await desk.client.save(URI);
    };
    expect(await desk.refreshesDuring(() => save(TextDocumentSaveReason.AfterDelay))).toBe(0);
    expect(await desk.shown()).toEqual(["to to"]);
    expect(await desk.refreshesDuring(() => save(TextDocumentSaveReason.Manual))).toBe(1);
    expect(await desk.shown()).toEqual(["the the", "to to"]);
  });

  test("stops waiting once the session has ended", async () => {
    const desk = await holding();
    await desk.clock.advance(1000);
    expect(desk.clock.pending).toBe(1);
    await desk.client.stop();
    expect(desk.clock.pending).toBe(0);
  });

  test("appears even if nobody asked while it waited", async () => {
    const desk = await writer();
    await desk.type("open at", " the the market");
    await desk.caretAfter("ferry");
    expect(await desk.shown()).toEqual(["the the", "to to"]);
  });
});

test("a finding that was shown in the paragraph stays, and disappears as soon as it is fixed", async () => {
  const desk = await writer();
  const before = "The ferry came to to the quay";
  for (let at = 0; at <= 8; at++) {
    await desk.type(before + " at nine".slice(0, at), " at nine".charAt(at));
    expect(await desk.shown()).toEqual(["to to"]);
  }
  // Edits between which nobody asks.
  await desk.type("The ferry", "boat");
  await desk.type("The ferryboat", " and and crew");
  await desk.type("The ferryboat", "s");
  expect(await desk.shown()).toEqual(["to to"]);
  await desk.client.change(URI, { range: rangeOf(desk.client.textOf(URI), "to to"), text: "to" });
  expect(await desk.shown()).toEqual([]);
});

test("a finding between two edits of one message stays", async () => {
  const desk = await writer();
  const at = (words: string): Range => rangeOf(TEXT, words);
  const insert = (place: Position, text: string) => ({ range: { start: place, end: place }, text });
  await desk.client.change(
    URI,
    insert(at("the quay").end, " today"),
    insert(at("The ferry").end, "boat"),
  );
  expect(await desk.shown()).toEqual(["to to"]);
});

test("the caret's place before the last edit doesn't matter", async () => {
  const desk = await holding();
  await desk.caretAfter("ferry", URI, 1);
  expect(await desk.shown()).toEqual(["to to"]);
  await desk.caretAfter("ferry", URI, 2);
  expect(await desk.shown()).toEqual(["the the", "to to"]);
});

describe("whatever an editor shows at a finding by itself waits with it:", () => {
  test("the hover, and the light bulb that nobody asked for", async () => {
    const desk = await holding();
    const range = rangeOf(desk.client.textOf(URI), "the the");
    const hover = (): Promise<unknown> => desk.client.hover(URI, "the the");
    const bulb = async (kinds: { only?: string[] } = {}): Promise<string[]> => {
      const context = { diagnostics: [], triggerKind: CodeActionTriggerKind.Automatic, ...kinds };
      const params = { textDocument: { uri: URI }, range, context };
      const found: CodeAction[] = await desk.client.request("textDocument/codeAction", params);
      return found.map(({ kind }) => kind ?? "");
    };
    expect(await hover()).toBeNull();
    expect(await bulb()).toEqual([]);
    // Made when the draft is saved.
    expect(await bulb({ only: ["source.fixAll"] })).toHaveLength(1);
    await desk.caretAfter("ferry");
    expect(await hover()).not.toBeNull();
    expect(await bulb()).toContain("quickfix");
  });

  test("the code lenses, which are refreshed", async () => {
    const passage =
      "The ferry to the island was cancelled on Monday because of the wind, and nobody said when it would go again.";
    let asked = 0;
    const desk = await writer({
      capabilities: likeVsCode({ codeLens: { refreshSupport: true } }, { codeLens: {} }),
      settings: { galley: { rules: { "repeated-block": {} } } },
      answers: { "workspace/codeLens/refresh": () => asked++ },
    });
    const uri = "untitled:lenses";
    await desk.client.open(uri, `${passage}\n\nThen it went.\n\nAnd so\n`);
    const lenses = (): Promise<CodeLens[]> =>
      desk.client.request("textDocument/codeLens", { textDocument: { uri } });
    await desk.shown(uri);
    await desk.client.change(uri, {
      range: rangeOf(desk.client.textOf(uri), "And so"),
      text: passage,
    });
    expect(await desk.shown(uri)).toEqual([]);
    expect(await lenses()).toEqual([]);
    await desk.clock.advance(QUIET_TIME);
    expect(asked).toBe(1);
    expect(await desk.shown(uri)).toEqual([passage]);
    expect((await lenses()).map(({ command }) => command?.title)).toContain("Repeats line 1");
  });
});

test("held-back findings are shown later, even if the folder's totals have changed", async () => {
  const notes = "# Draft\n\nIt is written.\n\n## Notes\n\n## Sources\n\nThe minutes.\n";
  const names = ["b.md", "c.md", "d.md"];
  const folder = newFolder({
    "a.md": TEXT,
    ...Object.fromEntries(names.map((name) => [name, notes])),
  });
  const desk = await writer({
    folders: [folder.uri],
    settings: { galley: { rules: { "empty-section": {} } } },
  });
  const uri = folder.uriOf("a.md");
  await desk.client.open(uri, TEXT);
  await desk.settled();
  await desk.type("open at", " the the market", uri);
  await desk.settled();
  expect(await desk.shown(uri)).toEqual(["to to"]);
  // Empty sections are no longer usual in this folder, and no draft that is left has one.
  for (const name of names) folder.remove(name);
  await desk.client.filesChanged(...names.map(folder.uriOf));
  // Files on disk take real time, so the clock must not go on while the server waits for them.
  await desk.clock.advance(QUIET_TIME / 5);
  await desk.client.settled();
  await desk.client.hover(uri, "to to");
  expect(await desk.refreshesDuring(() => desk.clock.advance(QUIET_TIME))).toBe(1);
  expect(await desk.shown(uri)).toEqual(["the the", "to to"]);
});

const CLEAN =
  "The ferry (a loan of the town, according to the harbour master) left at ten. “We will be back,” she said of the theatre, and nobody had to wait.";

test("the list of findings has what is shown, and stays while a clean paragraph is typed", async () => {
  const pause = fc.constantFrom(1, 80, 700, QUIET_TIME - 1, QUIET_TIME);
  let steady = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(pause, { minLength: 1, maxLength: 9 }), async (pauses) => {
      const clock = virtualClock();
      const initializationOptions = { caret: true };
      const settings = { galley: { rules: EVERY_RULE } };
      const client = await connect({ initializationOptions, settings, host: { clock } });
      const desk = new Writer(client, clock);
      await client.open(URI, TEXT);
      const counted = new Set<number>();
      const look = async (): Promise<void> => {
        const listed = await client.diagnostics(URI);
        const [said, shown] = await saidOfLeft(client, URI, listed);
        expect(said).toEqual(shown);
        counted.add(listed.length);
      };
      await look();
      await desk.type(TEXT, "\n");
      for (const [index, letter] of Array.from(CLEAN).entries()) {
        await desk.type(client.textOf(URI), letter);
        await clock.advance(pauses[index % pauses.length] ?? 0);
        await look();
      }
      await desk.caretAfter(null);
      await look();
      if (!pauses.includes(QUIET_TIME)) {
        expect([...counted]).toEqual([2]);
        steady++;
      }
      await client.stop();
    }),
    { ...runs(6), examples: [[[700, QUIET_TIME - 1]]] },
  );
  expect(steady).toBeGreaterThan(0);
});

describe("a user's request is answered in full:", () => {
  test("code actions, and all fixes", async () => {
    const desk = await holding();
    const text = desk.client.textOf(URI);
    const actions = await desk.client.actions(URI, rangeOf(text, "the the"));
    expect(actions.length).toBeGreaterThan(0);
    const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const [all] = await desk.client.actions(URI, whole, ["source.fixAll"]);
    const edit = all && (await desk.client.resolve(all)).edit;
    // Only “the the” is deleted unasked, though it is still being written.
    const changes = JSON.stringify(edit?.documentChanges);
    expect(changes.match(/"newText"/g)).toHaveLength(1);
    expect(changes).toContain(`"start":{"line":${rangeOf(text, "the the").start.line},`);
  });

  test("the whole workspace, except the paragraph", async () => {
    const folder = newFolder({ "a.md": TEXT, "b.md": "It rained on on Monday.\n" });
    const desk = await writer({ folders: [folder.uri] });
    const [a, b] = [`${folder.uri}/a.md`, `${folder.uri}/b.md`];
    await desk.client.open(a, TEXT);
    expect(await desk.shown(a)).toEqual(["to to"]);
    const pull = desk.client.workspace();
    await pull.shows(a, 1);
    await pull.shows(b, 1);
    await desk.type("open at", " the the market", a);
    await desk.clock.advance(2000);
    folder.write("b.md", "It rained on on Monday, and and on Tuesday.\n");
    await desk.client.filesChanged(b);
    await desk.clock.advance(1000);
    await pull.shows(b, 2);
    expect(pull.messages(a)).toHaveLength(1);
    await desk.clock.advance(QUIET_TIME);
    await pull.shows(a, 2);
  });
});

describe("nothing is held back", () => {
  test.each<[string, ClientOptions]>([
    ["from a client that does not tell the caret", { initializationOptions: {} }],
    ["from one that tells something else", { initializationOptions: { caret: "yes" } }],
    ["from one that can't be asked to pull again", { capabilities: NOTIFY_ONLY }],
    ["where the setting is off", { settings: { galley: { quietWhileTyping: false } } }],
  ])("%s", async (_, options) => {
    const desk = await writer(options);
    await desk.type("open at", " the the market");
    expect(await desk.shown()).toEqual(["the the", "to to"]);
    await desk.caretAfter("ferry");
    await desk.clock.advance(2 * QUIET_TIME);
    expect(desk.client.refreshes).toBe(0);
  });

  test("once the setting is turned off", async () => {
    const desk = await holding();
    const off = { galley: { quietWhileTyping: false } };
    expect(await desk.refreshesDuring(() => desk.client.configure(off))).toBe(1);
    expect(await desk.shown()).toEqual(["the the", "to to"]);
  });

  test("if the whole text is replaced", async () => {
    const desk = await writer();
    await desk.client.change(URI, { text: TEXT.replace("at .", "at the the market.") });
    expect(await desk.shown()).toEqual(["the the", "to to"]);
  });
});

test("a client without pull diagnostics gets it later", async () => {
  const clock = virtualClock();
  const client = await connect({
    capabilities: {},
    initializationOptions: { caret: true },
    host: { clock },
  });
  const desk = new Writer(client, clock);
  await client.open(URI, TEXT);
  await clock.advance(1000);
  await desk.type("open at", " the the market");
  await clock.advance(1000);
  expect(client.published.map(({ diagnostics }) => diagnostics.length)).toEqual([1, 1]);
  await clock.advance(QUIET_TIME);
  expect(client.published.map(({ diagnostics }) => diagnostics.length)).toEqual([1, 1, 2]);
});

test("an invalid caret is refused, and has no effect", async () => {
  const desk = await holding();
  for (const params of [
    {},
    { uri: 1 },
    { uri: URI, position: { line: -1, character: 0 } },
    { uri: URI, position: "0" },
  ]) {
    await desk.client.notify(CARET, params);
  }
  expect(await desk.shown()).toEqual(["to to"]);
});

/** Events at a desk; places are fractions of the text. */
type Step =
  | { readonly kind: "type"; readonly at: number; readonly text: string; readonly looks: boolean }
  | { readonly kind: "caret"; readonly at: number }
  | { readonly kind: "wait"; readonly time: number }
  | { readonly kind: "save" | "leave" };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const step: fc.Arbitrary<Step> = fc.oneof(
  ofKind(5, "type", {
    at: place,
    text: fc.constantFrom(
      "a",
      " the the ",
      " at at ",
      "\n\n",
      "\n\n## On\n\n",
      "`",
      "<!-- stet -->",
    ),
    looks: fc.boolean(),
  }),
  ofKind(2, "caret", { at: place }),
  ofKind(1, "wait", { time: fc.constantFrom(10, 400, QUIET_TIME - 1, QUIET_TIME) }),
  { weight: 1, arbitrary: fc.constantFrom({ kind: "save" as const }, { kind: "leave" as const }) },
);

describe.each<["pulls" | "is pushed to"]>([["pulls"], ["is pushed to"]])(
  "a client that %s",
  (way) => {
    test("has all findings in the end, whatever was typed, and every refresh had a reason", async () => {
      const clock = virtualClock();
      const client = await connect({
        capabilities: way === "pulls" ? LIKE_VSCODE : {},
        initializationOptions: { caret: true },
        host: { clock },
      });
      const plain = await connect();
      let drafts = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
          const uri = `untitled:${drafts++}`;
          const desk = new Writer(client, clock);
          await client.open(uri, TEXT);
          const asked = async (): Promise<string> => JSON.stringify(await client.diagnostics(uri));
          let seen = way === "pulls" ? await asked() : "[]";
          for (const one of steps) {
            const text = client.textOf(uri);
            const { refreshes } = client;
            const at = "at" in one ? Math.floor(one.at * text.length) : 0;
            const position = positionAt(lineIndex(text), at);
            if (one.kind === "type") {
              const range = { start: position, end: position };
              await client.change(uri, { range, text: one.text });
              if (one.looks && way === "pulls") seen = await asked();
            } else if (one.kind === "caret") await client.notify(CARET, { uri, position });
            else if (one.kind === "save") await client.save(uri);
            else if (one.kind === "leave") await desk.caretAfter(null, uri);
            await clock.advance(one.kind === "wait" ? one.time : 0);
            // As an editor does: some time after an edit, and whenever it is asked to.
            if (client.refreshes > refreshes) {
              const now = await asked();
              expect(now).not.toBe(seen);
              seen = now;
            } else if (one.kind === "type" && way === "pulls") seen = await asked();
          }
          const { refreshes } = client;
          await clock.advance(QUIET_TIME);
          if (client.refreshes > refreshes) seen = await asked();
          // Links to rule pages are for clients that show them.
          const plainly = (all: readonly Diagnostic[] | undefined): string =>
            JSON.stringify(all?.map((one) => ({ ...one, codeDescription: undefined })));
          await plain.open(uri, client.textOf(uri));
          const all = await plain.diagnostics(uri);
          const last = client.published.findLast((one) => one.uri === uri);
          if (way === "pulls") expect(seen).toBe(JSON.stringify(all));
          else expect(plainly(last?.diagnostics)).toBe(plainly(all));
          await Promise.all([client.close(uri), plain.close(uri)]);
          await clock.advance(1000);
        }),
        runs(60),
      );
    });
  },
);
