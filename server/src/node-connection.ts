import { Console } from "node:console";
import { createConnection as connectSocket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { createConnection, IPCMessageReader, IPCMessageWriter } from "vscode-languageserver/node";
import { checkedFraming } from "./host/node/framing.ts";
import type { Connect } from "./lsp/server.ts";

/**
 * How the arguments of a language server say to connect: `--stdio`, `--socket=PORT`, `--pipe=NAME` or
 * `--node-ipc`, the first that is there. The ends of the streams end the process.
 */
export function connectAs(args: readonly string[]): Connect {
  for (const [index, arg] of args.entries()) {
    const [name, value = args[index + 1]] = arg.split(/=(.*)/s);
    switch (name) {
      case "--node-ipc":
        return (options) =>
          createConnection(new IPCMessageReader(process), new IPCMessageWriter(process), options);
      case "--stdio":
        // What is printed by mistake must not stand between messages.
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

/** Messages over streams of bytes, which can be anything. */
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
