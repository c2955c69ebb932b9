import { onTestFinished } from "vitest";
import { newFolder as begin, type Folder } from "./folder.ts";
import { connect as start, type ClientOptions, type TestClient } from "./lsp.ts";

/* Folders and clients that end with the test that asked for them, whether it fails or not. */

export function newFolder(files?: Readonly<Record<string, string>>): Folder {
  const folder = begin(files);
  onTestFinished(() => {
    folder.dispose();
  });
  return folder;
}

export async function connect(options?: ClientOptions): Promise<TestClient> {
  const client = await start(options);
  onTestFinished(() => client.stop());
  return client;
}
