import type { Connection } from "vscode-languageserver";
import type { Files, Host } from "../project/host.ts";
import { schemeOf } from "../project/places.ts";
import { decodeConfig } from "../settings/config/read.ts";
import { decode } from "../text/decode.ts";
import type { Client } from "./client.ts";
import { clientFiles } from "./client-files.ts";

/** What files are read through: the host for its schemes, the client for the others. */
export interface FileSources {
  readonly host: Host;
  readonly connection: Connection;
  readonly client: Client;
}

/** The files of the URI's scheme. */
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

/** The text of a config file; undefined where it can't be read. */
export async function readConfigText(
  sources: FileSources,
  uri: string,
): Promise<string | undefined> {
  const bytes = await filesFor(sources, uri).read(uri);
  return bytes === undefined ? undefined : decodeConfig(bytes);
}
