import { spawn } from "node:child_process";
import { Writable } from "node:stream";
import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkedFraming, MAX_MESSAGE_BYTES } from "../../server/src/host/node/framing.ts";
import { BUNDLE } from "../support/lsp.ts";
import { runs } from "../support/property.ts";

/* The framing of messages: a client can send anything, and is always answered. */

const GARBAGE = [
  ["a length below 0", "Content-Length: -1\r\n\r\n{}"],
  ["no number", "Content-Length: many\r\n\r\n{}"],
  ["a number and more", "Content-Length: 2 bytes\r\n\r\n{}"],
  ["not a number", "Content-Length: NaN\r\n\r\n{}"],
  ["a fraction", "Content-Length: 2.5\r\n\r\n{}"],
  ["another base", "Content-Length: 0x10\r\n\r\n{}"],
  ["nothing", "Content-Length:\r\n\r\n{}"],
  ["more than 64 MB", `Content-Length: ${MAX_MESSAGE_BYTES + 1}\r\n\r\n{}`],
  ["a number beyond all numbers", `Content-Length: ${"9".repeat(400)}\r\n\r\n{}`],
  ["no length", "Content-Type: application/json\r\n\r\n{}"],
  ["no headers", '{"jsonrpc":"2.0","id":1,"method":"shutdown"}'],
  ["no headers but an empty line", "\r\n\r\n{}"],
  ["lines without a carriage return", "Content-Length: 2\n\n{}"],
  ["words", "Hello there\r\n\r\n"],
  ["another protocol", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"],
  ["bytes", "\u0000\u0001\u00ff\u00fe"],
  ["headers without an end", "Content-Length: 2\r\n".repeat(1000)],
  ["a header without an end", `X: ${"a".repeat(100_000)}`],
] as const;

/** The output for some chunks of input, and the problems that were logged. */
async function passed(chunks: readonly Buffer[]): Promise<{ out: Buffer; refused: string[] }> {
  const refused: string[] = [];
  const out: Buffer[] = [];
  const framing = checkedFraming((reason) => refused.push(reason));
  const end = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      out.push(chunk);
      done();
    },
  });
  framing.pipe(end);
  for (const chunk of chunks) framing.write(chunk);
  framing.end();
  await new Promise((resolve) => end.on("finish", resolve));
  return { out: Buffer.concat(out), refused };
}

/** Bytes split at these offsets. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length])];
  at.sort((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

const body = fc.string({ unit: "binary", maxLength: 60 }).map((text) => Buffer.from(text));
const header = fc.constantFrom(
  (length: number) => `Content-Length: ${length}\r\n\r\n`,
  (length: number) => `content-length:${length}\r\nX-Own: a: b\r\n\r\n`,
  (length: number) =>
    `Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: ${length} \r\n\r\n`,
);
const messages = fc
  .array(fc.tuple(header, body), { maxLength: 6 })
  .map((all) =>
    Buffer.concat(all.flatMap(([head, bytes]) => [Buffer.from(head(bytes.length)), bytes])),
  );
const places = fc.array(fc.nat(2000), { maxLength: 30 });

test("messages arrive intact, however they are split", async () => {
  await fc.assert(
    fc.asyncProperty(messages, places, async (bytes, at) => {
      const { out, refused } = await passed(cut(bytes, at));
      expect(refused).toEqual([]);
      expect(out.equals(bytes)).toBe(true);
    }),
    runs(300),
  );
  const letters = Buffer.from("Content-Length: 2\r\n\r\n{}Content-Length: 2\r\n\r\n[]");
  const { out, refused } = await passed([...letters].map((byte) => Buffer.from([byte])));
  expect([out.equals(letters), refused]).toEqual([true, []]);
});

test("garbage after messages is refused once, however it is split, and nothing follows", async () => {
  const garbage = fc.constantFrom(...GARBAGE.map(([, text]) => Buffer.from(text, "latin1")));
  await fc.assert(
    fc.asyncProperty(messages, garbage, messages, places, async (before, bad, after, at) => {
      const { out, refused } = await passed(cut(Buffer.concat([before, bad, after]), at));
      expect(refused).toHaveLength(1);
      expect(out.length).toBeLessThan(before.length + bad.length);
    }),
    runs(300),
  );
});

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

/** A server started with these arguments, and its exit. */
function server(args: readonly string[]): {
  send: (bytes: Buffer) => void;
  close: () => void;
  ended: Promise<Ended>;
} {
  const child = spawn(process.execPath, [BUNDLE, ...args]);
  onTestFinished(() => void child.kill());
  let err = "";
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  child.stdin.on("error", () => undefined);
  return {
    send: (bytes) => child.stdin.write(bytes),
    close: () => child.stdin.end(),
    ended: new Promise((resolve) => {
      child.on("close", (code) => {
        resolve({ code, err });
      });
    }),
  };
}

describe.runIf(existsSync(BUNDLE))("the built server", () => {
  // Each kind of garbage is refused above; refusing does the same for all.
  test.each(GARBAGE.filter((_, at) => at % 6 === 0))("ends with 1 after %s", async (_, text) => {
    const { send, ended } = server(["--stdio"]);
    send(Buffer.from(text, "latin1"));
    const { code, err } = await ended;
    expect(err).toMatch(/^galley: [^\n]+\n$/);
    expect(code).toBe(1);
  });

  test("says which transport it needs when none is given", async () => {
    const { code, err } = await server([]).ended;
    expect([code, err]).toEqual([1, expect.stringContaining("--stdio")]);
  });

  test("exits with 0 after “shutdown” and “exit”, and with 1 if its client just disconnects", async () => {
    const message = (value: object): Buffer => {
      const text = JSON.stringify({ jsonrpc: "2.0", ...value });
      return Buffer.from(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    };
    const params = { processId: null, rootUri: null, capabilities: {} };
    const polite = server(["--stdio"]);
    polite.send(message({ id: 1, method: "initialize", params }));
    polite.send(message({ id: 2, method: "shutdown" }));
    polite.send(message({ method: "exit" }));
    expect(await polite.ended).toEqual({ code: 0, err: "" });
    const early = server(["--stdio"]);
    early.send(message({ method: "exit" }));
    expect(await early.ended).toEqual({ code: 1, err: "" });
    const left = server(["--stdio"]);
    left.send(message({ id: 1, method: "initialize", params }));
    left.close();
    expect(await left.ended).toEqual({ code: 1, err: "" });
  });
});
