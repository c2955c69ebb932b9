import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { AssistantTool } from "./cli/assistant-tools.ts";
import { VERSION } from "./version.ts";

/*
 * The Model Context Protocol over standard input and output. It is a bundle of its own, with the protocol's library, and
 * only `galley mcp` loads it.
 */

/** Answers one request after the other, until the assistant closes its end of the pipe. Then the process ends. */
export async function serveAssistant(
  tools: readonly AssistantTool[],
  log: (message: string) => void,
): Promise<void> {
  // Its other class takes schemas of a library that would be a third of the bundle.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const server = new Server({ name: "galley", version: VERSION }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name, description, inputSchema }) => {
      return { name, description, inputSchema, annotations: { readOnlyHint: true } };
    }),
  }));
  let last: Promise<unknown> = Promise.resolve();
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal }) => {
    const answer = last.then(() => call(tools, params.name, params.arguments, signal));
    last = answer;
    return answer;
  });
  server.onerror = ({ message }) => {
    log(message);
  };
  server.onclose = () => process.exit();
  // Requests made before the pipe was closed are answered first.
  const finish = (): void => {
    setImmediate(() => {
      void last.then(() => {
        setImmediate(() => process.stdout.write("", () => process.exit()));
      });
    });
  };
  for (const event of ["end", "close"]) process.stdin.on(event, finish);
  process.stdout.on("error", () => process.exit());
  await server.connect(new StdioServerTransport());
}

/** Never throws: a reason for giving no answer is an answer too. */
async function call(
  tools: readonly AssistantTool[],
  name: string,
  input: unknown,
  signal: AbortSignal,
): Promise<CallToolResult> {
  try {
    signal.throwIfAborted();
    const tool = tools.find((one) => one.name === name);
    if (tool === undefined) throw new Error("There is no such tool.");
    const texts = await tool.run(input);
    return { content: texts.map((text) => ({ type: "text", text })) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { content: [{ type: "text", text }], isError: true };
  }
}
