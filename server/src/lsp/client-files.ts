import type { Connection } from "vscode-languageserver";
import { mostBytesOf } from "../project/most-bytes.ts";
import type { Entry, Files } from "../project/host.ts";
import { READ_DIRECTORY, READ_FILE } from "../protocol.ts";

/** As many at once: what is asked for may be on another continent. */
const MOST_AT_ONCE = 16;

interface Gate {
  running: number;
  readonly waiting: (() => void)[];
}

const gates = new WeakMap<Connection, Gate>();

/**
 * Files that only the client can reach: in a web worker, or of a virtual workspace. It says by
 * `initializationOptions.files` that it answers.
 */
export function clientFiles(connection: Connection): Files {
  const gate = gates.get(connection) ?? { running: 0, waiting: [] };
  gates.set(connection, gate);
  const ask = async (method: string, uri: string): Promise<unknown> => {
    if (gate.running >= MOST_AT_ONCE) {
      await new Promise<void>((resolve) => {
        gate.waiting.push(resolve);
      });
    }
    gate.running++;
    try {
      return await connection.sendRequest(method, { uri });
    } catch {
      return undefined;
    } finally {
      gate.running--;
      gate.waiting.shift()?.();
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
      return bytes === undefined || bytes.length > mostBytesOf(uri) ? undefined : bytes;
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
