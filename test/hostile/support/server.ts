import { expect, onTestFinished } from "vitest";
import type { Folder } from "../../support/folder.ts";
import { begin, connectionTo, oneRule, type TestClient } from "../../support/lsp.ts";
import { type Ended, expectWithinLimits, start } from "./program.ts";

export interface HostileServer {
  readonly client: TestClient;
  /** Waits for a promise; fails if the server ends first. */
  readonly during: <T>(wanted: Promise<T>) => Promise<T>;
  /** Ends the session as a client does; the server must exit normally and within the limits. */
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  readonly folders: readonly string[];
  readonly cwd: string;
  readonly cacheDirectory?: string;
  /** Where VS Code makes it store compiled code. */
  readonly storage?: string;
  readonly galley?: object;
}

/** Starts the built language server with only the rule on that these cases use. */
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
  const connection = connectionTo(child);
  connection.onError(() => undefined);
  child.stdin?.on("error", () => undefined);
  const end = (): void => {
    void connection
      .sendNotification("exit")
      .catch(() => undefined)
      .finally(() => {
        connection.end();
      });
  };
  const during = <T>(wanted: Promise<T>): Promise<T> =>
    Promise.race([wanted, ended.then((early) => failed(early))]);
  const { folders, galley = {}, cacheDirectory } = options;
  const initializationOptions = { settings: oneRule(galley), cacheDirectory };
  const client = await during(
    begin({ connection, end }, { folders, settings: { galley }, initializationOptions }),
  );
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

/**
 * The server looks through a folder, reports each draft with a mistake, answers for an open one, and exits normally.
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
