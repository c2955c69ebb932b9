import type { Readable, Writable } from "node:stream";
import type { InitializeResult } from "vscode-languageserver/node";
import { expect, onTestFinished } from "vitest";
import type { Folder } from "../../support/folder.ts";
import { connectionOver, LIKE_VSCODE, oneRule, TestClient } from "../../support/lsp.ts";
import { type Ended, expectWithinLimits, start } from "./program.ts";

export interface HostileServer {
  readonly client: TestClient;
  /** What is waited for, or a failure where the server ends before. */
  readonly during: <T>(wanted: Promise<T>) => Promise<T>;
  /** Ends the session as a client does; the server ends well and within the limits. */
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  readonly folders: readonly string[];
  readonly cwd: string;
  readonly cacheDirectory?: string;
  /** Where VS Code has it store what is compiled. */
  readonly storage?: string;
  readonly galley?: object;
}

/** Starts the built language server, with every rule off but the one that these cases use. */
export async function serve(options: ServerOptions): Promise<HostileServer> {
  const { cwd, storage } = options;
  const program = storage === undefined ? "server/node.cjs" : "server/start.cjs";
  const { child, ended } = start(
    program,
    [...(storage === undefined ? [] : [storage]), "--stdio"],
    {
      cwd,
      stdio: ["pipe", "pipe", "pipe"],
      unheard: true,
    },
  );
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const { stdin, stdout } = pipesOf(child);
  const connection = connectionOver(stdout, stdin);
  connection.onError(() => undefined);
  stdin.on("error", () => undefined);
  const end = (): void => {
    void connection
      .sendNotification("exit")
      .catch(() => undefined)
      .finally(() => {
        connection.end();
      });
  };
  const client = new TestClient(connection, end, {
    settings: { galley: options.galley ?? {} },
  });
  const during = <T>(wanted: Promise<T>): Promise<T> =>
    Promise.race([wanted, ended.then((early) => failed(early))]);
  await during(
    connection.sendRequest<InitializeResult>("initialize", {
      processId: null,
      capabilities: LIKE_VSCODE,
      workspaceFolders: options.folders.map((uri) => ({ uri, name: uri })),
      initializationOptions: {
        settings: oneRule(options.galley ?? {}),
        ...(options.cacheDirectory === undefined ? {} : { cacheDirectory: options.cacheDirectory }),
      },
    }),
  );
  await connection.sendNotification("initialized", {});
  return {
    client,
    during,
    stop: async () => {
      await during(client.stop());
      const last = await ended;
      expectWithinLimits(last);
      expect(last.code).toBe(0);
    },
  };
}

export function pipesOf(child: {
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
}): { readonly stdin: Writable; readonly stdout: Readable } {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error("The server has no pipes.");
  return { stdin, stdout };
}

/**
 * The server looks through a folder, reports each of the drafts that hold a mistake, answers for one that
 * is opened, and ends well.
 */
export async function expectServed(
  folder: Folder,
  drafts: readonly string[],
  more: Partial<ServerOptions> = {},
): Promise<void> {
  const { client, during, stop } = await serve({
    folders: [folder.uri],
    cwd: folder.path,
    ...more,
  });
  const pull = client.workspace();
  for (const name of drafts) {
    await during(pull.shows(folder.uriOf(name), 1));
  }
  const opened = folder.uriOf("opened-by-the-test.md");
  await client.open(opened, "The stalls open at the the square.\n");
  expect(await during(client.diagnostics(opened))).toHaveLength(1);
  await stop();
}

function failed(early: Ended): never {
  expectWithinLimits(early);
  throw new Error(`The server ended, with ${early.code}: ${early.err}`);
}
