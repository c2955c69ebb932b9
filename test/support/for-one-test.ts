import { onTestFinished } from "vitest";
import { newFolder as begin, type Folder } from "./folder.ts";
import { connect as start, type ClientOptions, type TestClient } from "./lsp.ts";

/* Folders and clients that end with their test, whether it passes or fails. */

export function newFolder(files?: Readonly<Record<string, string | Uint8Array>>): Folder {
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

/** A folder with these files, and a client that has it open. */
export async function openFolder(
  files?: Readonly<Record<string, string>>,
  options: ClientOptions = {},
): Promise<{ readonly folder: Folder; readonly client: TestClient }> {
  const folder = newFolder(files);
  return { folder, client: await connect({ folders: [folder.uri], ...options }) };
}

/** A draft that is open under this URI, without a folder, and the client that has it open. */
export async function openDraft(
  text: string,
  options: ClientOptions = {},
  uri = "untitled:a",
): Promise<{ readonly client: TestClient; readonly uri: string }> {
  const client = await connect(options);
  await client.open(uri, text);
  return { client, uri };
}

/** Writes files, or deletes those without a text, and waits until the server has noticed. */
export async function changeFiles(
  client: TestClient,
  folder: Folder,
  texts: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  for (const [name, text] of Object.entries(texts)) {
    if (text === undefined) folder.remove(name);
    else folder.write(name, text);
  }
  await client.filesChanged(...Object.keys(texts).map(folder.uriOf));
  await client.settled();
}
