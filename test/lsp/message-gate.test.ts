import type { Connection } from "vscode-languageserver";
import { ErrorCodes, ResponseError } from "vscode-languageserver";
import { expect, test } from "vitest";
import { messageGate } from "../../server/src/lsp/message-gate.ts";

/** A gate, and what each message becomes behind it: its method, the code of its refusal, or nothing. */
function gate() {
  const made = messageGate();
  const logged: string[] = [];
  let refuse: ((error: unknown) => void) | undefined;
  made.attach({
    console: { error: (message: string) => logged.push(message) },
    onRequest: (_method: string, handler: (error: unknown) => void) => {
      refuse = handler;
    },
  } as unknown as Connection);
  const codeOf = (error: unknown): number => {
    try {
      refuse?.(error);
    } catch (thrown) {
      if (thrown instanceof ResponseError) return thrown.code;
    }
    throw new Error("it was not refused");
  };
  const send = (message: object): string | number | undefined => {
    let passed: string | number | undefined;
    void made.strategy.handleMessage({ jsonrpc: "2.0", ...message }, (next) => {
      const { method = "response", params } = next as { method?: string; params?: unknown };
      passed = method === "galley/refused" ? codeOf((params as unknown[])[0]) : method;
      return undefined;
    });
    return passed;
  };
  return { send, logged, codeOf };
}

const INITIALIZE = {
  id: 1,
  method: "initialize",
  params: { processId: null, rootUri: null, capabilities: {} },
};
const HOVER = {
  id: 2,
  method: "textDocument/hover",
  params: { textDocument: { uri: "file:///a.md" }, position: { line: 0, character: 0 } },
};
const CLOSE = {
  method: "textDocument/didClose",
  params: { textDocument: { uri: "file:///a.md" } },
};

test("before “initialize” nothing but that and “exit” passes, and it passes once", () => {
  const { send, logged } = gate();
  expect(send(HOVER)).toBe(ErrorCodes.ServerNotInitialized);
  expect(send(CLOSE)).toBeUndefined();
  expect(logged).toEqual([]);
  expect(send({ method: "exit" })).toBe("exit");
  expect(send(INITIALIZE)).toBe("initialize");
  expect(send(INITIALIZE)).toBe(ErrorCodes.InvalidRequest);
  expect([send(HOVER), send(CLOSE)]).toEqual([HOVER.method, CLOSE.method]);
});

test("after “shutdown” only “exit” passes", () => {
  const { send } = gate();
  send(INITIALIZE);
  expect(send({ id: 3, method: "shutdown" })).toBe("shutdown");
  expect(send(HOVER)).toBe(ErrorCodes.InvalidRequest);
  expect(send(INITIALIZE)).toBe(ErrorCodes.InvalidRequest);
  expect(send(CLOSE)).toBeUndefined();
  expect(send({ method: "exit" })).toBe("exit");
});

test("wrong parameters: a request is refused, a notification dropped and logged", () => {
  const { send, logged } = gate();
  send(INITIALIZE);
  expect(send({ ...HOVER, params: { position: 3 } })).toBe(ErrorCodes.InvalidParams);
  expect(logged).toEqual([]);
  expect(send({ ...CLOSE, params: {} })).toBeUndefined();
  expect(logged).toHaveLength(1);
});

test("answers to the server's own requests pass at any time", () => {
  const { send } = gate();
  expect(send({ id: 7, result: null })).toBe("response");
  expect(send({ id: 7, method: 3 })).toBe(3);
});

test("a client that calls the method of refusals by its name learns that there is none", () => {
  const { codeOf } = gate();
  for (const params of [undefined, null, {}, "x"])
    expect(codeOf(params)).toBe(ErrorCodes.MethodNotFound);
});
