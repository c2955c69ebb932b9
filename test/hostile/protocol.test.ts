import { test } from "vitest";
import { newFolder } from "../support/for-one-test.ts";
import { expectWithinLimits, start } from "./support/program.ts";

/* Input that is not a message; test/lsp/framing.test.ts and lifecycle.test.ts have other wrong input from clients. */

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
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(bytes);
  expectWithinLimits(await ended);
});
