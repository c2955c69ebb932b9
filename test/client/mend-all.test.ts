import { expect, test } from "vitest";
import type { BaseLanguageClient } from "vscode-languageclient";
import { mendAll } from "../../client/src/mend-all.ts";
import type { UndoMessages } from "../../client/src/undo-message.ts";
import type { KindRequest, KindWay } from "../../server/src/protocol.ts";
import { newDesk, Uri, WorkspaceEdit } from "../support/vscode.ts";

/* What “Fix All That Is Safe” and “Mark” ask before they change several drafts, and what they do then. */

const [A, B, C] = ["file:///a.md", "file:///b.md", "file:///c.md"] as const;

/** Fixes some of the findings of three drafts, by an "x" each; the same number is marked. */
function openDrafts(
  ...counts: readonly (readonly [mended: number, findings: number, marked?: number])[]
) {
  const desk = newDesk();
  const uris = [A, B, C];
  for (const uri of uris) desk.write(uri, "");
  const client = {
    sendRequest: (_: string, { uri, way }: KindRequest) => {
      const [mended, findings, marked = mended] = counts[uris.findIndex((one) => one === uri)] ?? [
        0, 0,
      ];
      const count = way === "mark" ? marked : mended;
      const edit = new WorkspaceEdit();
      const start = { line: 0, character: 0 };
      edit.set(Uri.parse(uri), [{ range: { start, end: start }, newText: "x".repeat(count) }]);
      const { version } = desk.drafts.get(uri) ?? {};
      return Promise.resolve(findings === 0 ? null : { version, edit, count, findings });
    },
    protocol2CodeConverter: { asWorkspaceEdit: (edit: WorkspaceEdit) => Promise.resolve(edit) },
  } as unknown as BaseLanguageClient;
  const messages = {
    applyCurrent: (title: string) => Promise.resolve(desk.said.push(`one draft: ${title}`)),
  } as unknown as UndoMessages;
  const mend = (way: KindWay = "fix", chosen: readonly string[] = uris) =>
    mendAll(
      { client, messages },
      chosen.map((uri) => ({ uri })),
      way,
    );
  const texts = () => uris.map((uri) => desk.drafts.get(uri)?.text);
  return { desk, mend, texts };
}

const UNDO = "One undo takes all of it back. Nothing is saved.";

test("the question says how many fixes are safe, and exactly those are made", async () => {
  const { desk, mend, texts } = openDrafts([3, 4], [0, 4], [1, 1]);
  desk.answer = ({ choices }) => choices[0];
  await mend();
  expect(desk.messages).toEqual([
    {
      text: "Fix 4 of 9 in 3 drafts: all kinds?",
      detail: `The other 5 need a look.\n${UNDO}`,
      choices: ["Fix"],
    },
  ]);
  expect(texts()).toEqual(["xxx", "", "x"]);
  expect(desk.said).toEqual(["Galley: 4 corrections made"]);
});

test("the question names a single finding or none, and declining changes nothing", async () => {
  for (const [last, left] of [
    [1, []],
    [2, ["The other one needs a look."]],
  ] as const) {
    const { desk, mend, texts } = openDrafts([3, 3], [1, last]);
    await mend();
    expect(desk.messages.map(({ detail }) => detail)).toEqual([[...left, UNDO].join("\n")]);
    expect([texts(), desk.said]).toEqual([["", "", ""], []]);
  }
});

test("marks are counted in places, and other findings are not mentioned", async () => {
  const { desk, mend } = openDrafts([2, 3], [1, 1]);
  await mend("mark");
  const text = "Mark 3 places in 2 drafts: all kinds?";
  expect(desk.messages).toEqual([{ text, detail: UNDO, choices: ["Mark"] }]);
});

test("nothing is asked if no fix is safe, or if one draft was chosen", async () => {
  const nothing = openDrafts([0, 3], [0, 1]);
  await nothing.mend();
  const said = nothing.desk.messages.map(({ text }) => text);
  expect(said).toEqual([expect.stringMatching(/^Nothing here can be corrected safely/)]);
  const one = openDrafts([2, 3]);
  await one.mend("fix", [A]);
  expect(one.desk.messages).toEqual([]);
  expect(one.desk.said[0]).toBe("one draft: 2 corrections made");
});

test("if several drafts were chosen, it asks even if only one still has findings", async () => {
  for (const [way, text] of [
    ["fix", "Fix 2 of 3 in 1 draft: all kinds?"],
    ["mark", "Mark 2 places in 1 draft: all kinds?"],
  ] as const) {
    const { desk, mend, texts } = openDrafts([0, 0], [0, 0], [2, 3]);
    await mend(way);
    expect(desk.messages.map((message) => message.text)).toEqual([text]);
    expect(texts()).toEqual(["", "", ""]);
    desk.answer = ({ choices }) => choices[0];
    await mend(way);
    expect(texts()).toEqual(["", "", "xx"]);
  }
});

test("if only losses are left, which have no safe fix, it offers to mark them", async () => {
  const { desk, mend, texts } = openDrafts([0, 3, 2], [0, 1, 1]);
  desk.answer = ({ choices }) => choices[0];
  await mend();
  expect(desk.messages.map(({ text, choices }) => [text.slice(0, 38), choices])).toEqual([
    ["Nothing here can be corrected safely. ", ["Mark Every Loss"]],
    ["Mark 3 places in 2 drafts: all kinds?", ["Mark"]],
  ]);
  expect(texts()).toEqual(["xx", "x", ""]);
});

test.each([
  ["edited", false, true],
  ["closed, and changed on disk", false, false],
  ["closed", true, false],
])("if a draft is %s while it asks", async (_, isDone, isOpen) => {
  const { desk, mend, texts } = openDrafts([1, 1], [1, 1]);
  desk.answer = ({ choices }) => {
    if (!isOpen) desk.close(A);
    desk.write(A, isDone ? "" : "New.");
    return choices[0];
  };
  await mend();
  expect(texts()).toEqual(isDone ? ["x", "x", ""] : ["New.", "", ""]);
  const done = isDone ? "2 corrections made" : "nothing was changed";
  expect(desk.said).toEqual([`Galley: ${done}`]);
});
