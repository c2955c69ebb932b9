import { isatty } from "node:tty";
import colors from "picocolors";
import type { AssistantTool } from "./cli/assistant-tools.ts";
import type { Io } from "./cli/check.ts";
import { run } from "./cli/program.ts";
import { raiseCompileBudget } from "./host/node/v8-flags.ts";
import { visible } from "./cli/visible.ts";

/** The command line's entry point. */
async function main(): Promise<void> {
  if (process.argv[2] === "check") raiseCompileBudget();
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader of the output may stop early, as `head` does. That is not a failure.
    if (error.code === "EPIPE") process.exit(0);
    const reason = error.code === "ENOSPC" ? "there is no space left" : error.message;
    process.stderr.write(`galley: The output can’t be written: ${reason}.\n`, () => {
      process.exit(2);
    });
  });
  process.stderr.on("error", () => undefined);
  const cwd = currentFolder();
  if (cwd === undefined) {
    process.stderr.write("galley: The current folder is gone.\n");
    process.exitCode = 2;
    return;
  }
  const io: Io = {
    cwd,
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    // `isTTY` is undefined if there is none, which would count as not given.
    color: colors.isColorSupported && isatty(process.stdout.fd),
  };
  try {
    const code = await run(process.argv.slice(2), io, { lsp: startServer, mcp: startMcp });
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`galley: It failed, which it should not: ${visible(reason)}\n`);
    process.exitCode = 2;
  }
}

/** Undefined if it was deleted. */
function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** Other editors start `galley lsp`; the server itself looks for the channel's name among the arguments. */
async function startServer(): Promise<void> {
  if (!process.argv.includes("--stdio")) process.argv.push("--stdio");
  await import("./node.ts");
}

/** The command line's package has it; the extension’s does not. */
async function startMcp(tools: readonly AssistantTool[]): Promise<void> {
  const { serveAssistant } = await import("./mcp.ts");
  await serveAssistant(tools, (message) => {
    process.stderr.write(`galley: ${visible(message)}\n`);
  });
}

await main();
