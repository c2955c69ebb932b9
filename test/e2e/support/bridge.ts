import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { host } from "./host.ts";

/** How long a call may take, in milliseconds. */
const PATIENCE = 90_000;

type Functions = typeof host;

/** What runs in an editor's extension host, as tests call it. */
export type Host = {
  readonly [Name in keyof Functions]: (
    ...args: Parameters<Functions[Name]>
  ) => Promise<Awaited<ReturnType<Functions[Name]>>>;
};

export interface Bridge {
  readonly host: Host;
  /** The folder of the extension that must be loaded. */
  readonly extension: string;
  close(): void;
}

interface Done {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/**
 * Writes the extension into a folder, and waits for it to connect. `answers`: tests answer Galley's questions to the
 * user.
 */
export async function openBridge(folder: string, answers: boolean): Promise<Bridge> {
  const calls: string[] = [];
  const pending = new Map<number, (done: Done) => void>();
  let idle: ServerResponse | undefined;
  let count = 0;

  const hand = (): void => {
    const call = idle === undefined ? undefined : calls.shift();
    if (call === undefined) return;
    idle?.end(call);
    idle = undefined;
  };
  const server = createServer((request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    if (request.method === "GET") {
      idle = response;
      // A call must not go to an extension host that has ended.
      response.once("close", () => {
        if (idle === response) idle = undefined;
      });
      hand();
      return;
    }
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.once("end", () => {
      const done = JSON.parse(body) as Done;
      pending.get(done.id)?.(done);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const extension = join(folder, "bridge");
  writeExtension(extension, `http://127.0.0.1:${port}`, answers);

  const call = (name: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = count++;
      const timer = setTimeout(() => {
        reject(new Error(`Not done in ${PATIENCE} ms: ${name} ${JSON.stringify(args)}`));
      }, PATIENCE);
      pending.set(id, ({ value, error }) => {
        clearTimeout(timer);
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
      calls.push(JSON.stringify({ id, name, args }));
      hand();
    });
  const host = new Proxy({} as Host, {
    // Not a promise, whatever asks.
    get: (_, name) =>
      name === "then" ? undefined : (...args: unknown[]) => call(String(name), args),
  });
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { host, extension, close };
}

function writeExtension(folder: string, address: string, answers: boolean): void {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    ...{ name: "bridge", publisher: "tests", version: "1.0.0", engines: { vscode: "^1.91.0" } },
    ...{ activationEvents: ["*"], main: "./main.js", browser: "./main.js" },
    ...{ capabilities: { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true } },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  buildSync({
    entryPoints: [join(import.meta.dirname, "host.ts")],
    outfile: join(folder, "main.js"),
    bundle: true,
    format: "cjs",
    external: ["vscode", "node:module"],
    define: { BRIDGE: JSON.stringify(address), ANSWERS: String(answers) },
  });
}
