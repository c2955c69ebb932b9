import { expect, onTestFinished, test } from "vitest";
import type { BaseLanguageClient } from "vscode-languageclient";
import { DraftsView } from "../../client/src/drafts-view.ts";
import { newDesk } from "../support/vscode.ts";

/* The text of an empty view of all drafts: nothing is left, or nothing was checked. */

test.each([
  [0, "none"],
  [1, "some"],
])("after %i checked drafts and no findings", async (drafts, words) => {
  const desk = newDesk();
  const answer = { drafts, hints: 0, notReady: [], hinted: [] };
  const client = {
    isRunning: () => true,
    sendRequest: () => Promise.resolve(answer),
  } as unknown as BaseLanguageClient;
  const view = new DraftsView(() => client);
  onTestFinished(() => {
    view.dispose();
  });
  await view.focus();
  expect(await view.getChildren()).toEqual([]);
  expect(desk.executed).toContainEqual(["setContext", "galley.drafts.checked", words]);
});
