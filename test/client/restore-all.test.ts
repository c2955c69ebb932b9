import { expect, onTestFinished, test } from "vitest";
import type { BaseLanguageClient } from "vscode-languageclient";
import { RestoreAll } from "../../client/src/restore-all.ts";
import type { UndoMessages } from "../../client/src/undo-message.ts";
import { newDesk, Uri, WorkspaceEdit } from "../support/vscode.ts";

/* “Restore Everything Git Still Has”: a draft before and after, and restoring the words. */

const DRAFT = "file:///market.md";

function openDraft(answer: () => Promise<unknown> = found) {
  const desk = newDesk();
  const document = desk.write(DRAFT, "The stalls open.");
  const client = {
    sendRequest: answer,
    code2ProtocolConverter: { asUri: String },
    protocol2CodeConverter: { asWorkspaceEdit: (edit: WorkspaceEdit) => Promise.resolve(edit) },
  } as unknown as BaseLanguageClient;
  const restored: unknown[] = [];
  const messages = {
    applyCurrent: (_title: string, _edit: WorkspaceEdit, draft: unknown, version: number) =>
      Promise.resolve(restored.push([draft === document, version])),
  } as unknown as UndoMessages;
  const restoring = new RestoreAll();
  onTestFinished(() => {
    restoring.dispose();
  });
  const show = () => restoring.show({ client, messages }, document);
  /** The URIs of the previews that were opened as diffs. */
  const previews = () =>
    desk.executed.filter(([name]) => name === "vscode.diff").map(([, , after]) => after as Uri);
  const text = (uri = previews().at(-1)) => desk.provided.get("galley-restored")?.(uri);
  return { desk, show, previews, text, restored };
}

function found(): Promise<unknown> {
  const edit = new WorkspaceEdit();
  const place = { line: 0, character: 10 };
  const newText = " on the quay";
  edit.set(Uri.parse(DRAFT), [{ range: { start: place, end: place }, newText }]);
  return Promise.resolve({ version: 1, count: 1, edit });
}

test("the draft is shown before and after, and changes only on request", async () => {
  const { desk, show, text, restored } = openDraft();
  desk.answer = ({ choices }) => {
    expect(choices).toEqual(["Restore"]);
    expect(text()).toBe("The stalls on the quay open.");
    return undefined;
  };
  await show();
  expect([restored, desk.said]).toEqual([[], []]);
});

test("“Restore” in the message restores it, even after the diff was closed", async () => {
  for (const isClosed of [false, true]) {
    const { desk, show, previews, text, restored } = openDraft();
    desk.answer = ({ choices }) => {
      const [uri] = previews();
      if (isClosed) desk.event("onDidCloseTextDocument").fire({ uri });
      expect(text() === undefined).toBe(isClosed);
      return choices[0];
    };
    await show();
    expect(restored).toEqual([[true, 1]]);
    expect(desk.said).toEqual(["Galley: words restored in 1 place"]);
  }
});

test("the tick above a diff restores that draft; a closed diff restores nothing", async () => {
  const { desk, show, previews, restored } = openDraft();
  await show();
  await show();
  const [closed, open] = previews();
  expect(String(closed)).not.toBe(String(open));
  desk.event("onDidCloseTextDocument").fire({ uri: closed });
  const tick = desk.commands.get("galley.restoreShown");
  await tick?.(closed);
  expect(restored).toEqual([]);
  await tick?.(open);
  expect(restored).toEqual([[true, 1]]);
});

test("if git has nothing, a message says so; after cancelling there is none", async () => {
  const nothing = openDraft(() => Promise.resolve(null));
  await nothing.show();
  expect(nothing.desk.messages.map(({ text }) => text)).toEqual([
    "Git has no words that are lost in this draft.",
  ]);
  const cancelled = openDraft(() => Promise.reject(new Error("Request was cancelled")));
  cancelled.desk.isCancelled = true;
  await cancelled.show();
  expect([cancelled.desk.messages, cancelled.previews()]).toEqual([[], []]);
});
