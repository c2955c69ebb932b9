import type { Connection } from "vscode-languageserver";
import { maxBytesOf } from "../project/size-limits.ts";
import type { Entry, Files } from "../project/host.ts";
import { READ_DIRECTORY, READ_FILE } from "../protocol.ts";

/** Requests in flight; several, because each may take a round trip to a remote machine. */
const MAX_CONCURRENT = 16;

interface ConcurrencyLimit {
  running: number;
  readonly waiting: (() => void)[];
}

const limits = new WeakMap<Connection, ConcurrencyLimit>();

/**
 * Files that only the client can read: in a web worker, or in a virtual workspace. The client announces by
 * `initializationOptions.files` that it answers these requests.
 */
export function clientFiles(connection: Connection): Files {
  const limit = limits.get(connection) ?? { running: 0, waiting: [] };
  limits.set(connection, limit);
  const ask = async (method: string, uri: string): Promise<unknown> => {
    if (limit.running < MAX_CONCURRENT) {
      limit.running++;
    } else {
      await new Promise<void>((resolve) => {
        limit.waiting.push(resolve);
      });
    }
    try {
      return await connection.sendRequest(method, { uri });
    } catch {
      return undefined;
    } finally {
      // The place is handed on: were it free for a moment, another request could take it, and there would be one too many.
      const next = limit.waiting.shift();
      if (next === undefined) limit.running--;
      else next();
    }
  };
  return {
    entries: async (folder) => {
      const answer = await ask(READ_DIRECTORY, folder);
      return Array.isArray(answer) ? answer.filter(isEntry) : undefined;
    },
    read: async (uri) => {
      const answer = await ask(READ_FILE, uri);
      const bytes = typeof answer === "string" ? bytesOf(answer) : undefined;
      return bytes === undefined || bytes.length > maxBytesOf(uri) ? undefined : bytes;
    },
  };
}

/** Bytes travel in base64: the protocol is JSON. */
function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const { name, isFolder } = value as Partial<Entry>;
  return typeof name === "string" && typeof isFolder === "boolean";
}
