import { Console } from "node:console";
import { createConnection as connectSocket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { createConnection, IPCMessageReader, IPCMessageWriter } from "vscode-languageserver/node";
import { checkedFraming } from "./host/node/framing.ts";
import type { Connect } from "./lsp/server.ts";

/**
 * The arguments that tell a language server how to connect: `--stdio`, `--socket=PORT`, `--pipe=NAME` or `--node-ipc`.
 * The first one counts. The end of a stream ends the process.
 */
export function connectAs(args: readonly string[]): Connect {
  for (const [index, arg] of args.entries()) {
    const [name, value = args[index + 1]] = arg.split(/=(.*)/s);
    switch (name) {
      case "--node-ipc":
        return (options) =>
          createConnection(new IPCMessageReader(process), new IPCMessageWriter(process), options);
      case "--stdio":
        // Stray output must not get between messages.
        globalThis.console = new Console(process.stderr);
        return over(process.stdin, process.stdout);
      case "--socket": {
        const socket = connectSocket(Number(value), "127.0.0.1");
        return over(socket, socket);
      }
      case "--pipe": {
        const socket = connectSocket(value ?? "");
        return over(socket, socket);
      }
    }
  }
  return fail("Say how to speak: --stdio, --socket=PORT, --pipe=NAME or --node-ipc.");
}

/** Messages over streams of arbitrary bytes. */
function over(input: Readable, output: Writable): Connect {
  const checked = checkedFraming(fail);
  input.on("error", (error) => {
    fail(error.message);
  });
  return (options) => createConnection(input.pipe(checked), output, options);
}

function fail(reason: string): never {
  process.stderr.write(`galley: ${reason}\n`);
  process.exit(1);
}
