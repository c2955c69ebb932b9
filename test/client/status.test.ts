import { expect, onTestFinished, test } from "vitest";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { Pause } from "../../client/src/pause.ts";
import { DraftStatus } from "../../client/src/status.ts";
import type { DraftState } from "../../server/src/protocol.ts";
import { newDesk } from "../support/vscode.ts";

/** The server's answer about the active document; undefined if it doesn't answer. */
async function shown(state: DraftState["state"] | undefined, isOn: boolean): Promise<string> {
  const desk = newDesk();
  desk.activeEditor = { document: desk.write("file:///a.md", "") };
  const counts = { error: 0, warning: 1, information: 2, hint: 0 };
  const told = { state, counts, kinds: [], offInDraft: [], offInSettings: [] };
  const client = {
    isRunning: () => true,
    onNotification: () => undefined,
    code2ProtocolConverter: { asUri: String },
    sendRequest: () =>
      state === undefined ? Promise.reject(new Error("No answer.")) : Promise.resolve(told),
  } as unknown as BaseLanguageClient;
  const status = new DraftStatus({
    isOn,
    onDidChange: () => ({ dispose: () => undefined }),
  } as unknown as Pause);
  onTestFinished(() => {
    status.dispose();
  });
  status.follow(client, []);
  await new Promise(setImmediate);
  return desk.bar.isShown ? desk.bar.text : "hidden";
}

test("during a pause the status bar says so for drafts, and is hidden for other documents", async () => {
  for (const [state, before, paused] of [
    ["on", "$(book) \u20073", "$(book) paused"],
    ["off", "$(book) off", "$(book) paused"],
    ["paused", "$(book) paused", "$(book) paused"],
    ["no draft", "hidden", "hidden"],
    [undefined, "hidden", "hidden"],
  ] as const) {
    expect([state, await shown(state, false)]).toEqual([state, before]);
    expect([state, await shown(state, true)]).toEqual([state, paused]);
  }
});
