import { expect, onTestFinished, test, vi } from "vitest";
import type { TextDocument, TreeItem, Uri } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { LeftView } from "../../client/src/left-view.ts";
import type { LeftInDraft, LeftRequest } from "../../server/src/protocol.ts";
import { EventEmitter, newDesk } from "../support/vscode.ts";

/* What “Ready to Publish?” asks, lists and looks up, and which answer it shows if the active draft changes before that. */

interface Request extends LeftRequest {
  /** Answers with a loss that can be restored with these words, if any. */
  answer(restores?: string, message?: string, severity?: "warning" | "hint"): Promise<void>;
  /** Answers with what is known so far. */
  answerPartly(restores?: string): Promise<void>;
  fail(): Promise<void>;
}

/** The view, which was just opened for one of two drafts. */
function openView() {
  vi.useFakeTimers();
  const desk = newDesk();
  const outdated = new EventEmitter<Uri>();
  const asked: Request[] = [];
  const client = {
    isRunning: () => true,
    clientOptions: {},
    code2ProtocolConverter: { asUri: String },
    sendRequest: (_: string, request: LeftRequest) =>
      new Promise((resolve, reject: (reason: Error) => void) => {
        const settle = async <T>(how: (answer: T) => void, answer: T): Promise<void> => {
          how(answer);
          await vi.advanceTimersByTimeAsync(0);
        };
        const { uri } = request;
        asked.push({
          ...request,
          answer: (...found) => settle(resolve, left(uri, ...found)),
          answerPartly: (restores) => settle(resolve, { ...left(uri, restores), isPartial: true }),
          fail: () => settle(reject, new Error("It is restarting.")),
        });
      }),
  } as unknown as BaseLanguageClient;
  const view = new LeftView(() => client, outdated.event);
  onTestFinished(() => {
    view.dispose();
    vi.useRealTimers();
  });
  const [a, b] = [desk.write("file:///a.md", "A."), desk.write("file:///b.md", "B.")];
  void view.showDocument(a);
  const look = (document: TextDocument): void => {
    desk.event("onDidChangeActiveTextEditor").fire({ document });
  };
  const find = ({ uri }: TextDocument): void => {
    desk.event("onDidChangeDiagnostics").fire({ uris: [uri] });
  };
  /** The requests since then, once nothing has changed for a while. */
  const nextRequest = async (): Promise<Request> => {
    await vi.advanceTimersByTimeAsync(1000);
    const request = asked.splice(0).at(-1);
    if (request === undefined) throw new Error("Nothing was asked.");
    return request;
  };
  /** Answers with what is left, and then with what the lookup finds. */
  const answerBoth = async (...found: Parameters<Request["answer"]>): Promise<void> => {
    const [, message, severity] = found;
    const listed = await nextRequest();
    expect(listed.restores).toBe(false);
    await listed.answer(undefined, message, severity);
    const lookup = await nextRequest();
    expect(lookup.restores).toBe(true);
    await lookup.answer(...found);
  };
  const rows = async (): Promise<string[]> => {
    const tops = await view.getChildren();
    const all = await Promise.all(tops.map(async (top) => [top, ...(await view.getChildren(top))]));
    return all.flat().map((row) => textOf(view.getTreeItem(row)));
  };
  return { desk, view, a, b, look, find, outdated, nextRequest, answerBoth, rows };
}

function left(
  uri: string,
  restores?: string,
  message = "Words are lost.",
  severity: "warning" | "hint" = "warning",
): LeftInDraft {
  const counts = { error: 0, warning: 1, information: 0, hint: 0 };
  const place = { line: 0, character: 0 };
  const finding = {
    ...{ uri, range: { start: place, end: place }, rule: "r" },
    ...{ severity, message, restores: restores === undefined ? [] : [restores] },
  };
  const groups = [{ kind: "Lost words", findings: [finding], ways: [] }];
  const state = { state: "on", counts, kinds: [], offInDraft: [], offInSettings: [] } as const;
  return { ...state, groups };
}

const textOf = ({ label, description }: TreeItem): string =>
  [label, description].map(String).join(" | ");

const shown = (name: string, restores?: string): string[] => [
  `Not yet: 1 warning | ${name}`,
  "Lost words | 1",
  ["Words are lost. | line 1", ...(restores === undefined ? [] : [restores])].join(" · "),
];

test("the verdict gets the focus, unless the draft was edited meanwhile", async () => {
  for (const isEdited of [false, true]) {
    const { desk, nextRequest } = openView();
    const request = await nextRequest();
    expect(request.uri).toBe("file:///a.md");
    if (isEdited) desk.write("file:///a.md", "A. More.");
    await request.answer();
    expect(desk.revealed).toHaveLength(isEdited ? 0 : 1);
  }
});

test("a draft is listed before its lost words are looked up, without those of the one before", async () => {
  const { a, b, look, nextRequest, answerBoth, rows } = openView();
  const listed = await nextRequest();
  expect(listed.restores).toBe(false);
  await listed.answer();
  expect(await rows()).toEqual(shown("a.md"));
  const lookup = await nextRequest();
  expect(lookup.restores).toBe(true);
  await lookup.answer("Restore “A”");
  expect(await rows()).toEqual(shown("a.md", "Restore “A”"));
  look(b);
  const next = await nextRequest();
  expect(next).toMatchObject({ uri: "file:///b.md", restores: false });
  await next.answer();
  expect(await rows()).toEqual(shown("b.md"));
  look(a);
  await answerBoth("Restore “A”");
  expect(await rows()).toEqual(shown("a.md", "Restore “A”"));
});

test("an answer about the previous draft is neither shown nor kept for the next", async () => {
  const { desk, view, b, look, find, nextRequest, answerBoth, rows } = openView();
  const first = await nextRequest();
  look(b);
  const second = await nextRequest();
  await first.answer("Restore “A”");
  await second.answer();
  const lookup = await nextRequest();
  expect(lookup).toMatchObject({ uri: "file:///b.md", restores: true });
  await lookup.answer("Restore “B”");
  expect(await rows()).toEqual(shown("b.md", "Restore “B”"));
  expect(desk.revealed).toEqual([]);
  find(b);
  const again = await nextRequest();
  expect(again.restores).toBe(false);
  await again.answer();
  expect(await rows()).toEqual(shown("b.md", "Restore “B”"));
  view.lookUp();
  await answerBoth("Restore “C”");
  expect(await rows()).toEqual(shown("b.md", "Restore “C”"));
});

test("an answer that arrives after the next draft's doesn't replace it", async () => {
  const { b, look, find, nextRequest, answerBoth, rows } = openView();
  await (await nextRequest()).answer();
  const first = await nextRequest();
  look(b);
  await answerBoth("Restore “B”");
  await first.answer("Restore “A”");
  expect(await rows()).toEqual(shown("b.md", "Restore “B”"));
  find(b);
  await (await nextRequest()).answer();
  expect(await rows()).toEqual(shown("b.md", "Restore “B”"));
});

test("a loss that appears when the file changes is looked up once", async () => {
  const { a, find, nextRequest, answerBoth, rows } = openView();
  await answerBoth("Restore “A”");
  find(a);
  await answerBoth("Restore “B”", "More is lost.");
  expect((await rows()).at(-1)).toBe("More is lost. | line 1 · Restore “B”");
  await expect(nextRequest()).rejects.toThrow("Nothing was asked.");
});

test("a hint that git makes a warning after the lookup is looked up again", async () => {
  const { a, find, nextRequest, answerBoth, rows } = openView();
  await answerBoth(undefined, "Words are lost.", "hint");
  find(a);
  await answerBoth("Restore “A”");
  expect(await rows()).toEqual(shown("a.md", "Restore “A”"));
  await expect(nextRequest()).rejects.toThrow("Nothing was asked.");
});

test("one that appears while the draft is being written is looked up once that is saved", async () => {
  const { desk, a, find, nextRequest, answerBoth, rows } = openView();
  await answerBoth("Restore “A”");
  Object.assign(a, { isDirty: true });
  for (const message of ["Words are lost after “A”.", "Words are lost after “A B”."]) {
    find(a);
    const request = await nextRequest();
    expect(request.restores).toBe(false);
    await request.answer(undefined, message);
  }
  await expect(nextRequest()).rejects.toThrow("Nothing was asked.");
  Object.assign(a, { isDirty: false });
  desk.event("onDidSaveTextDocument").fire(a);
  await answerBoth("Restore “A”");
  expect(await rows()).toEqual(shown("a.md", "Restore “A”"));
});

test("a lookup that failed or was interrupted is repeated, and the rows stay until then", async () => {
  const { view, a, find, nextRequest, answerBoth, rows } = openView();
  await answerBoth("Restore “A”");
  for (const isInterrupted of [false, true]) {
    view.lookUp();
    await (await nextRequest()).answer();
    const lookup = await nextRequest();
    expect(lookup.restores).toBe(true);
    if (!isInterrupted) await lookup.fail();
    expect(await rows()).toEqual(shown("a.md", "Restore “A”"));
    find(a);
    await answerBoth("Restore “A”");
  }
  view.lookUp();
  await (await nextRequest()).fail();
  expect(await rows()).toEqual(shown("a.md", "Restore “A”"));
  find(a);
  await answerBoth("Restore “B”");
  expect(await rows()).toEqual(shown("a.md", "Restore “B”"));
});

test("a save during a lookup is followed by another, though the first is answered before", async () => {
  const { desk, a, nextRequest, answerBoth, rows } = openView();
  await (await nextRequest()).answer();
  const lookup = await nextRequest();
  expect(lookup.restores).toBe(true);
  desk.event("onDidSaveTextDocument").fire(a);
  await lookup.answer("Restore “A”");
  await answerBoth("Restore “B”");
  expect(await rows()).toEqual(shown("a.md", "Restore “B”"));
  await expect(nextRequest()).rejects.toThrow("Nothing was asked.");
});

test("what is known soon is listed, with what was known, before the rest is waited for", async () => {
  const { view, nextRequest, answerBoth, rows } = openView();
  for (const [soon, known] of [
    [undefined, undefined],
    ["Restore “B”", "Restore “B”"],
    [undefined, "Restore “C”"],
  ] as const) {
    await (await nextRequest()).answer();
    const partial = await nextRequest();
    expect(partial).toMatchObject({ restores: true, waits: false });
    await partial.answerPartly(soon);
    expect(await rows()).toEqual(shown("a.md", known));
    const rest = await nextRequest();
    expect(rest).toMatchObject({ restores: true, waits: true });
    await rest.answer("Restore “C”");
    expect(await rows()).toEqual(shown("a.md", "Restore “C”"));
    view.lookUp();
  }
  await answerBoth("Restore “D”");
  expect(await rows()).toEqual(shown("a.md", "Restore “D”"));
});

test("a draft that one switches to is looked up, also while it is not saved", async () => {
  const { b, look, answerBoth, rows } = openView();
  await answerBoth("Restore “A”");
  Object.assign(b, { isDirty: true });
  look(b);
  await answerBoth("Restore “B”");
  expect(await rows()).toEqual(shown("b.md", "Restore “B”"));
});

test("it is listed again when the server says that its answer is outdated, but not for another draft", async () => {
  const { a, b, outdated, nextRequest, answerBoth, rows } = openView();
  await answerBoth("Restore “A”");
  outdated.fire(b.uri);
  await expect(nextRequest()).rejects.toThrow("Nothing was asked.");
  outdated.fire(a.uri);
  const again = await nextRequest();
  expect(again).toMatchObject({ uri: "file:///a.md", restores: false });
  await again.answer();
  expect(await rows()).toEqual(shown("a.md", "Restore “A”"));
});
