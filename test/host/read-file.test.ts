import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { maxBytes, MAX_BYTES, readFailureText } from "../../server/src/project/read-limits.ts";
import {
  type Read,
  readFileBounded,
  readFileBoundedLater,
} from "../../server/src/host/node/read-file.ts";

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "galley-read-")));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function at(name: string): string {
  return path.join(folder, name);
}

/** The result of both ways of reading, which must be equal. */
async function readBoth(file: string, most: number): Promise<Uint8Array | string> {
  const plain = (read: Read): Uint8Array | string => ("unread" in read ? read.unread : read.bytes);
  const now = plain(readFileBounded(file, most));
  expect(plain(await readFileBoundedLater(file, most))).toEqual(now);
  return now;
}

const SIZES = [...Array(71).keys(), 4095, 4096, 65_535, 65_536, 65_537, 200_000];

test("a file within the size limit is read completely, and a larger one not at all", async () => {
  for (const size of SIZES) {
    const bytes = Uint8Array.from({ length: size }, (_, index) => index % 251);
    writeFileSync(at("file"), bytes);
    for (const most of [size, size + 1, 1_000_000]) {
      expect(Buffer.from(await readBoth(at("file"), most)).equals(bytes), `${size}`).toBe(true);
    }
    if (size > 0) expect(await readBoth(at("file"), size - 1)).toBe("too large");
  }
});

test.runIf(process.platform === "linux")(
  "a file that claims to be empty and goes on is read up to the limit",
  async () => {
    const text = readFileSync("/proc/self/limits");
    expect(text.length).toBeGreaterThan(500);
    expect(await readBoth("/proc/self/limits", text.length)).toEqual(new Uint8Array(text));
    expect(await readBoth("/proc/self/limits", text.length - 1)).toBe("too large");
    // It never really ends, and returns limited numbers of bytes.
    expect(await readBoth("/proc/self/pagemap", 299_999)).toMatch(/^(?:too large|failed)$/);
  },
);

test.runIf(process.platform !== "win32")(
  "anything but a regular file is not opened, by its own name or through a link",
  async () => {
    mkdirSync(at("folder"));
    execFileSync("mkfifo", [at("pipe")]);
    const server = createServer().listen(at("socket"));
    await new Promise((resolve) => server.once("listening", resolve));
    const kinds: Record<string, string> = {
      folder: at("folder"),
      pipe: at("pipe"),
      socket: at("socket"),
      device: "/dev/zero",
      gone: at("nowhere"),
    };
    for (const [kind, target] of Object.entries(kinds)) {
      symlinkSync(target, at(`to-${kind}`));
      expect(await readBoth(target, 1000)).toBe(kind);
      expect(await readBoth(at(`to-${kind}`), 1000)).toBe(kind);
    }
    symlinkSync("self", at("self"));
    expect(await readBoth(at("self"), 1000)).toBe("gone");
    expect(await readBoth(path.join(at("pipe"), "below"), 1000)).toBe("gone");
    expect(await readBoth("a\0b", 1000)).toBe("failed");
    server.close();
  },
);

test("a sparse file costs nothing", async () => {
  writeFileSync(at("sparse"), "");
  truncateSync(at("sparse"), 400_000_000);
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 6; count++) {
    expect(await readBoth(at("sparse"), MAX_BYTES.draft)).toBe("too large");
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
});

test("each kind of file has its limit, by its name", () => {
  expect(maxBytes("file:///a/.galley.json")).toBe(MAX_BYTES.config);
  expect(maxBytes("/a/.gitignore")).toBe(MAX_BYTES.ignore);
  expect(maxBytes("/a/.git/info/exclude")).toBe(MAX_BYTES.ignore);
  expect(maxBytes("/a/exclude")).toBe(MAX_BYTES.draft);
  expect(maxBytes("/a/not.galley.json")).toBe(MAX_BYTES.draft);
  expect(readFailureText("too large", MAX_BYTES.draft)).toBe("It is larger than 3 MB.");
});
