import type { Connection } from "vscode-languageserver";
import type { Files, Host, Entry, Disposable } from "../project/host.ts";
import { uriScheme, toKey } from "../project/places.ts";
import { isBoolean, isText, shape } from "../project/shape.ts";
import { maxBytes } from "../project/read-limits.ts";
import { READ_DIRECTORY, READ_FILE } from "../protocol.ts";
import { decode } from "../text/decode.ts";
import type { Client } from "./client.ts";

/** How files are read: by the host for its schemes, by the client for the others. */
interface FileSources {
  readonly host: Host;
  readonly connection: Connection;
  readonly client: Client;
}

/** The reader for the URI's scheme. */
export function filesFor({ host, client, connection }: FileSources, uri: string): Files {
  if (host.reads(uriScheme(uri))) return host.files;
  return client.servesFiles ? clientFiles(connection) : NO_FILES;
}

const NO_FILES: Files = {
  entries: () => Promise.resolve(undefined),
  read: () => Promise.resolve("gone"),
};

/** The text of a file; undefined if it can't be read. Config files are decoded by `decodeConfig`. */
export async function readText(
  sources: FileSources,
  uri: string,
  decoded: (bytes: Uint8Array) => string | undefined = decode,
): Promise<string | undefined> {
  const bytes = await filesFor(sources, uri).read(uri);
  return typeof bytes === "string" ? undefined : decoded(bytes);
}

/**
 * Files that only the client can read: in a web worker, or in a virtual workspace. With `initializationOptions.files`
 * the client announces that it answers these requests.
 */
export function clientFiles(connection: Connection): Files {
  const ask = async (method: string, uri: string): Promise<unknown> => {
    try {
      return await connection.sendRequest(method, { uri });
    } catch {
      return undefined;
    }
  };
  return {
    entries: async (folder) => {
      const answer = await ask(READ_DIRECTORY, folder);
      return Array.isArray(answer) ? answer.filter(isEntry) : undefined;
    },
    read: async (uri) => {
      const answer = await ask(READ_FILE, uri);
      const bytes = typeof answer === "string" ? decodeBase64(answer) : undefined;
      if (bytes === undefined) return "gone";
      return bytes.length > maxBytes(uri) ? "too large" : bytes;
    },
  };
}

/** Bytes travel in base64: the protocol is JSON. */
function decodeBase64(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
  } catch {
    return undefined;
  }
}

const isEntry = shape<Entry>({ name: isText, isFolder: isBoolean });

interface Watchers {
  /** Watches exactly these folders, by their paths. */
  watch(folders: readonly string[]): void;
}

/** Calls `changed` with the URIs of what may have changed. */
export function newWatchers(
  { reads, watch }: Pick<Host, "reads"> & { readonly watch?: Host["watch"] | undefined },
  changed: (uris: readonly string[]) => void,
): Watchers {
  const watching = new Map<string, Disposable>();
  return {
    watch: (folders) => {
      for (const [folder, watcher] of watching) {
        if (folders.includes(folder)) continue;
        watcher.dispose();
        watching.delete(folder);
      }
      for (const folder of folders) {
        const uri = toKey(folder);
        if (watch === undefined || watching.has(folder) || !reads(uriScheme(uri))) continue;
        watching.set(folder, watch(uri, changed));
      }
    },
  };
}
