import { MessageType, type Connection } from "vscode-languageserver";
import { expect, test } from "vitest";
import { ancestorUri } from "../../server/src/lsp/settings.ts";
import { messageOnce, sendOptional } from "../../server/src/lsp/messages.ts";

test("each message is shown once, as a warning, even if sending fails", async () => {
  const sent: unknown[] = [];
  const connection = {
    sendNotification: (_type: unknown, params: unknown) => {
      sent.push(params);
      return Promise.reject(new Error("The connection is closed."));
    },
  } as unknown as Connection;
  const errors: unknown[] = [];
  const failed = (error: unknown): void => {
    errors.push(error);
  };
  process.on("unhandledRejection", failed);
  const show = messageOnce(connection);
  for (const message of ["one", "two", "one", ""]) show(message);
  sendOptional(Promise.reject(new Error("It is not supported.")));
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", failed);
  expect(sent).toEqual(
    ["one", "two", ""].map((message) => ({ type: MessageType.Warning, message })),
  );
  expect(errors).toEqual([]);
});

test.each([
  [
    "file:///c%3A/work/in/a.md",
    "file:///c:/work/in/a.md",
    "file:///c:/work/in",
    "file:///c%3A/work/in",
  ],
  ["file:///c%3A/work/in/a.md", "file:///c:/work/in/a.md", "file:///c:/work", "file:///c%3A/work"],
  ["vscode-vfs://x/a/50%2525.md", "vscode-vfs://x/a/50%25.md", "vscode-vfs://x", "vscode-vfs://x"],
])("the folder above %s keeps the spelling", (uri, path, folder, above) => {
  expect(ancestorUri(uri, path, folder)).toBe(above);
});
