import { expect, onTestFinished, test } from "vitest";
import {
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { newFolder } from "../support/for-one-test.ts";
import { type Ended, expectWithinLimits, start } from "./support/program.ts";
import { pipesOf } from "./support/server.ts";

function began(): { connection: MessageConnection; ended: Promise<Ended> } {
  const { child, ended } = start("server/node.cjs", ["--stdio"], {
    cwd: newFolder().path,
    stdio: ["pipe", "pipe", "pipe"],
    unheard: true,
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const { stdin, stdout } = pipesOf(child);
  stdin.on("error", () => undefined);
  const connection = createMessageConnection(
    new StreamMessageReader(stdout),
    new StreamMessageWriter(stdin),
  );
  connection.onError(() => undefined);
  connection.listen();
  return { connection, ended };
}

/** The code of the error that answers a request; undefined: it was answered well. */
async function errorOf(answer: Promise<unknown>, ended: Promise<Ended>): Promise<unknown> {
  const early = ended.then((end) => {
    expectWithinLimits(end);
    throw new Error(`It ended, with ${end.code}.`);
  });
  try {
    await Promise.race([answer, early]);
    return undefined;
  } catch (error) {
    if (error instanceof ResponseError) return error.code;
    throw error;
  }
}

const INITIALIZE = { processId: null, rootUri: null, capabilities: {} };
const PULL = { textDocument: { uri: "file:///a.md" } };

test("a request before initialize is answered with an error, and the session goes on", async () => {
  const { connection, ended } = began();
  const early = connection.sendRequest("textDocument/diagnostic", PULL);
  expect(await errorOf(early, ended)).toBe(-32002);
  expect(await errorOf(connection.sendRequest("initialize", INITIALIZE), ended)).toBeUndefined();
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  const end = await ended;
  expectWithinLimits(end);
  expect(end.code).toBe(0);
});

test("a request after shutdown is answered with an error", async () => {
  const { connection, ended } = began();
  await connection.sendRequest("initialize", INITIALIZE);
  await connection.sendRequest("shutdown");
  const late = connection.sendRequest("textDocument/diagnostic", PULL);
  expect(await errorOf(late, ended)).toBe(-32600);
  await connection.sendNotification("exit");
  const end = await ended;
  expectWithinLimits(end);
  expect(end.code).toBe(0);
});

test.each([
  ["below nothing", "Content-Length: -5\r\n\r\n{}"],
  ["of 100 GB", "Content-Length: 99999999999\r\n\r\n{}"],
  ["above 64 MB", "Content-Length: 70000000\r\n\r\n{}"],
  ["that is no number", "Content-Length: many\r\n\r\n{}"],
  ["that is missing", "Content-Type: a\r\n\r\n{}"],
])("a length %s ends the server, with a word and 1", async (_name, bytes) => {
  const { child, ended } = start("server/node.cjs", ["--stdio"], {
    cwd: newFolder().path,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const { stdin } = pipesOf(child);
  stdin.on("error", () => undefined);
  stdin.write(bytes);
  const end = await ended;
  expectWithinLimits(end);
  expect(end.code).toBe(1);
  expect(end.out + end.err).not.toBe("");
});

test.each([
  ["no JSON", "Content-Length: 5\r\n\r\nhello"],
  ["JSON that is no message", "Content-Length: 2\r\n\r\n[]"],
  ["JSON that is null", "Content-Length: 4\r\n\r\nnull"],
  ["nested 5,000 deep", `Content-Length: 10000\r\n\r\n${"[".repeat(5000)}${"]".repeat(5000)}`],
])("%s, and then the end of input, ends the server", async (_name, bytes) => {
  const { child, ended } = start("server/node.cjs", ["--stdio"], {
    cwd: newFolder().path,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const { stdin } = pipesOf(child);
  stdin.on("error", () => undefined);
  stdin.end(bytes);
  const end = await ended;
  expectWithinLimits(end);
});
