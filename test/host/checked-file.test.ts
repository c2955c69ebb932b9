import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkedBytes, digest, DIGEST_BYTES } from "../../server/src/host/node/checked-file.ts";
import { readFileBounded } from "../../server/src/host/node/read-file.ts";

const folder = mkdtempSync(path.join(tmpdir(), "galley-checked-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function checked(bytes: Uint8Array): string | undefined {
  const file = path.join(folder, "stored.bin");
  writeFileSync(file, bytes);
  return checkedBytes(readFileBounded(file, 100))?.toString();
}

const whole = Buffer.concat([digest("The bridge"), Buffer.from("The bridge")]);

test("bytes are read that stand behind their digest", () => {
  expect(checked(whole)).toBe("The bridge");
  expect(checked(digest(""))).toBe("");
});

test("no part of a file is read that is damaged, cut off or too long", () => {
  for (let length = 0; length < whole.length; length++) {
    expect(checked(whole.subarray(0, length))).toBeUndefined();
  }
  for (let at = 0; at < whole.length; at++) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect(checked(damaged)).toBeUndefined();
  }
  expect(checked(Buffer.concat([whole, Buffer.of(0)]))).toBeUndefined();
});

test("nothing is read of a file that can't be", () => {
  expect(checkedBytes({ unread: "gone" })).toBeUndefined();
});

test("the digest of parts is that of all of them in a row", () => {
  expect(digest("The ", Buffer.from("bridge"))).toEqual(digest("The bridge"));
  expect(digest("").length).toBe(DIGEST_BYTES);
});
