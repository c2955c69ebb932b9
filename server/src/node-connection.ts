import { Console } from "node:console";
import { createConnection, IPCMessageReader, IPCMessageWriter } from "vscode-languageserver/node";
import { checkedFraming } from "./host/node/framing.ts";
import type { Connect } from "./lsp/server.ts";

/**
 * The arguments that tell a language server how to connect: `--stdio` or `--node-ipc`. The first one counts. The end of
 * a stream ends the process.
 */
export function connectAs(args: readonly string[]): Connect {
  switch (args.find((arg) => arg === "--node-ipc" || arg === "--stdio")) {
    case "--node-ipc":
      return (options) =>
        createConnection(new IPCMessageReader(process), new IPCMessageWriter(process), options);
    case "--stdio":
      return overStdio();
    default:
      return fail("Say how to speak: --stdio or --node-ipc.");
  }
}

/** Messages over streams of arbitrary bytes. */
function overStdio(): Connect {
  // Stray output must not get between messages.
  globalThis.console = new Console(process.stderr);
  const checked = checkedFraming(fail);
  process.stdin.on("error", (error) => {
    fail(error.message);
  });
  return (options) => createConnection(process.stdin.pipe(checked), process.stdout, options);
}

function fail(reason: string): never {
  process.stderr.write(`galley: ${reason}\n`);
  process.exit(1);
}
