import type { Connection } from "vscode-languageserver";
import type { Files, Host } from "../project/host.ts";
import { schemeOf } from "../project/places.ts";
import { decodeConfig } from "../settings/config/read.ts";
import { decode } from "../text/decode.ts";
import type { Client } from "./client.ts";
import { clientFiles } from "./client-files.ts";

/** Who can read files, each of other schemes. */
export interface FileSources {
  readonly host: Host;
  readonly connection: Connection;
  readonly client: Client;
}

/** Where files of a scheme are read from. */
export function filesFor({ host, client, connection }: FileSources, uri: string): Files {
  if (host.reads(schemeOf(uri))) return host.files;
  return client.servesFiles ? clientFiles(connection) : NO_FILES;
}

const NO_FILES: Files = {
  entries: () => Promise.resolve(undefined),
  read: () => Promise.resolve(undefined),
};

export async function readText(sources: FileSources, uri: string): Promise<string | undefined> {
  const bytes = await filesFor(sources, uri).read(uri);
  return bytes === undefined ? undefined : decode(bytes);
}

/** The text of a config file; one that is there but is no text is no config either. */
export async function readConfigText(
  sources: FileSources,
  uri: string,
): Promise<string | undefined> {
  const bytes = await filesFor(sources, uri).read(uri);
  return bytes === undefined ? undefined : decodeConfig(bytes);
}
