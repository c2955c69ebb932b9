import { rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { run } from "../../server/src/cli/program.ts";
import { checkStdin } from "../../server/src/cli/stdin.ts";
import { MAX_BYTES } from "../../server/src/project/read-limits.ts";
import { ioIn } from "../support/command.ts";
import { place, WRONG } from "./support.ts";

const GIVEN = { sources: {}, config: undefined };

async function* chunks(...all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* all;
}

const check = (input: AsyncIterable<Uint8Array>, filename?: string) =>
  checkStdin(place({}).folder, input, { filename, reportedFixes: "none" }, GIVEN);

test("standard input is checked, in whatever chunks it arrives", async () => {
  const bytes = Buffer.from(`é ${WRONG}`);
  for (const at of [0, 1, 5, bytes.length]) {
    const { report } = await check(chunks(bytes.subarray(0, at), bytes.subarray(at)));
    expect(report).toMatchObject({ path: "-", findings: [{ rule: "repeated-word" }] });
  }
  expect((await check(chunks())).report).toMatchObject({ words: 0, findings: [] });
});

test("its name decides how it is read", async () => {
  const heading = Buffer.from("# The the end\n");
  expect((await check(chunks(heading), "a.md")).report).toMatchObject({ path: "a.md", words: 3 });
  const html = Buffer.from("<p>The <b>end</b>.</p>\n");
  expect((await check(chunks(html), "b/a.html")).report).toMatchObject({
    path: "b/a.html",
    words: 2,
  });
});

test("input that is not text, or too large, is a fatal problem", async () => {
  const { report, problems } = await check(chunks(Uint8Array.of(0xff, 0xfe, 0x00)));
  expect(report).toBeUndefined();
  expect(problems).toMatchObject([{ path: "-", fatal: true }]);
  const most = new Uint8Array(MAX_BYTES.draft);
  let isRead = false;
  const endless = (async function* () {
    await Promise.resolve();
    yield most;
    yield Uint8Array.of(0x20);
    isRead = true;
    yield most;
  })();
  expect((await check(endless)).problems).toMatchObject([{ fatal: true }]);
  expect(isRead).toBe(false);
});

test("a draft that vanishes after the walk is a note, and a named one is a failure", async () => {
  for (const [named, expected] of [
    [".", 0],
    ["a.md", 2],
  ] as const) {
    const { folder } = place({ "a.md": WRONG });
    // It is read after the walk and before the drafts.
    const stdin = (async function* () {
      await rm(path.join(folder, "a.md"));
      yield Buffer.from("");
    })();
    const io = ioIn(folder, "", { stdin });
    expect(await run(["check", "-", named], io)).toBe(expected);
    expect(io.err()).toBe("galley: a.md: It is gone.\n");
  }
});
