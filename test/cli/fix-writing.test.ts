import fs, {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { removeLeftovers, writeWhole } from "../../server/src/host/node/replace-file.ts";
import { reportIn } from "../support/command.ts";
import { place, RIGHT, WRONG } from "./support.ts";

const MENDED = WRONG.replace("the the", "the");

/** `--fix` leaves a file unchanged, says why, and still reports its findings. */
async function expectUnwritten(
  there: ReturnType<typeof place>,
  args: readonly string[],
  file: string,
  why: RegExp,
): Promise<void> {
  const before = readdirSync(there.folder, { recursive: true });
  const { code, out, err } = await there.galley("check", ...args, "--fix", "--format", "compact");
  expect(err).toMatch(/^galley: [^\n]+: It was not fixed\. [^\n]+\n$/m);
  expect(err).toMatch(why);
  expect(code).toBe(2);
  expect(out).toContain("[repeated-word]");
  expect(there.read(file)).toBe(WRONG);
  expect(readdirSync(there.folder, { recursive: true })).toEqual(before);
}

test("a read-only file is not written, even by root", async () => {
  const there = place({ "a.md": WRONG, "b.md": WRONG });
  chmodSync(path.join(there.folder, "a.md"), 0o444);
  await expectUnwritten(there, [], "a.md", /a\.md: .*read-only/);
  expect(there.read("b.md")).toBe(MENDED);
});

test("a file with several names keeps them all", async () => {
  const there = place({ "in/a.md": WRONG });
  linkSync(path.join(there.folder, "in/a.md"), path.join(there.folder, "other"));
  await expectUnwritten(there, ["in"], "in/a.md", /hard links/);
  expect(there.read("other")).toBe(WRONG);
});

test("nothing is written through a link that leads out of the named folder", async () => {
  const there = place({ "in/b.md": RIGHT, "out/a.md": WRONG, "in-side/a.md": RIGHT });
  symlinkSync("../out/a.md", path.join(there.folder, "in/link.md"));
  await expectUnwritten(there, ["in"], "out/a.md", /in\/link\.md: .*was not named/);
  await expectUnwritten(there, ["in/link.md"], "out/a.md", /in\/link\.md: .*was not named/);
  await expectUnwritten(there, ["in/link.md", "in-side"], "out/a.md", /was not named/);
  await there.galley("check", "in", "out/a.md", "--fix");
  expect(there.read("out/a.md")).toBe(MENDED);
});

test("a pattern names the drafts that it matches, not the targets of links among them", async () => {
  const there = place({ "p/other.txt": WRONG, "q/real.md": WRONG });
  symlinkSync("other.txt", path.join(there.folder, "p/x.md"));
  symlinkSync("../q/real.md", path.join(there.folder, "p/y.md"));
  await expectUnwritten(there, ["p/*.md"], "p/other.txt", /p\/x\.md: .*was not named/);
  await expectUnwritten(there, ["p/y*"], "q/real.md", /p\/y\.md: .*was not named/);
  expect((await there.galley("check", "p/y*", "q/*.md", "--fix")).err).toBe("");
  expect(there.read("q/real.md")).toBe(MENDED);
});

test("a link within a named folder stays a link, and its target is fixed", async () => {
  const there = place({ "real/a.md": WRONG });
  symlinkSync("real/a.md", path.join(there.folder, "link.md"));
  symlinkSync(there.folder, path.join(there.folder, "way"));
  expect((await there.galley("check", ".", "--fix")).code).toBe(0);
  expect(there.read("real/a.md")).toBe(MENDED);
  expect(lstatSync(path.join(there.folder, "link.md")).isSymbolicLink()).toBe(true);
  // A folder may be named by a link, and a file by a path that contains one.
  for (const named of ["way", "way/real/a.md"]) {
    there.write("real/a.md", WRONG);
    expect((await there.galley("check", named, "--fix")).code).toBe(0);
    expect(there.read("real/a.md")).toBe(MENDED);
  }
});

test("every mode is preserved, and a file is only written where its owner may write", async () => {
  for (let mode = 0o400; mode <= 0o777; mode += 0o11) {
    const there = place({ "a.md": WRONG });
    const file = path.join(there.folder, "a.md");
    chmodSync(file, mode);
    await there.galley("check", "--fix");
    expect(statSync(file).mode & 0o7777).toBe(mode);
    chmodSync(file, 0o600);
    expect(there.read("a.md"), mode.toString(8)).toBe((mode & 0o200) === 0 ? WRONG : MENDED);
  }
});

test.runIf(process.getuid?.() === 0)("a file keeps its owner and group", async () => {
  const there = place({ "a.md": WRONG });
  const file = path.join(there.folder, "a.md");
  chownSync(file, 1234, 2345);
  chmodSync(file, 0o4640);
  expect((await there.galley("check", "--fix")).code).toBe(0);
  const { uid, gid, mode } = statSync(file);
  expect([uid, gid, mode & 0o7777]).toEqual([1234, 2345, 0o4640]);
  expect(there.read("a.md")).toBe(MENDED);
});

test("a file that changed meanwhile is not overwritten", () => {
  const { folder, read } = place({ "a.md": WRONG });
  const file = path.join(folder, "a.md");
  const isNamed = () => true;
  const before = statSync(file);
  writeFileSync(file, RIGHT);
  utimesSync(file, 1, 1);
  expect(writeWhole(file, Buffer.from("x"), { before, isNamed })).toMatch(/changed/);
  expect(read("a.md")).toBe(RIGHT);
  expect(writeWhole(file, Buffer.from("x"), { before: statSync(file), isNamed })).toBeUndefined();
  expect(read("a.md")).toBe("x");
  expect(readdirSync(folder)).toEqual(["a.md"]);
});

/** Until the test ends, runs `act` just before a file is renamed or linked. */
function beforePutInPlace(act: () => void): void {
  const { linkSync: link, renameSync: rename } = fs;
  const restore = (): void => {
    Object.assign(fs, { linkSync: link, renameSync: rename });
    syncBuiltinESMExports();
  };
  onTestFinished(restore);
  const before = (call: typeof link): typeof link => {
    return (from, to) => {
      act();
      call(from, to);
    };
  };
  Object.assign(fs, { linkSync: before(link), renameSync: before(rename) });
  syncBuiltinESMExports();
}

test("a file created just before a new one is renamed into place is kept", () => {
  const { folder, read } = place({});
  const file = path.join(folder, ".galley.json");
  beforePutInPlace(() => {
    writeFileSync(file, "theirs");
  });
  expect(writeWhole(file, Buffer.from("ours"), { before: "absent" })).toMatch(/changed/);
  expect(read(".galley.json")).toBe("theirs");
  expect(readdirSync(folder)).toEqual([".galley.json"]);
});

test("a new file is written even if the file system has no hard links", () => {
  const { folder, read } = place({});
  let isFirst = true;
  beforePutInPlace(() => {
    if (!isFirst) return;
    isFirst = false;
    throw Object.assign(new Error("no links here"), { code: "EPERM" });
  });
  expect(writeWhole(path.join(folder, "a"), Buffer.from("x"))).toBeUndefined();
  expect(read("a")).toBe("x");
  expect(readdirSync(folder)).toEqual(["a"]);
});

test("a new file can be written again after a killed run left its temporary name", () => {
  const { folder, read } = place({ a: "x" });
  const left = path.join(folder, ".galley-fix-999999999-abc");
  linkSync(path.join(folder, "a"), left);
  expect(writeWhole(path.join(folder, "a"), Buffer.from("y"))).toBeUndefined();
  expect([read("a"), readdirSync(folder)]).toEqual(["y", ["a"]]);
});

test("the temporary files of a killed run are deleted by the next, and are not drafts", async () => {
  const there = place({ "a.md": WRONG, ".galley.json": `{"include": ["**/*"]}` });
  // No process has such a high number.
  const left = path.join(there.folder, ".galley-fix-999999999-abc");
  const working = path.join(there.folder, `.galley-fix-${process.pid}-abc`);
  const mine = path.join(there.folder, ".galley-fix-notes");
  for (const file of [left, working, mine]) writeFileSync(file, WRONG);
  const { out } = await there.galley("check", "--format", "json");
  expect(reportIn(out).summary).toMatchObject({ files: 1 });
  expect(readdirSync(there.folder)).toHaveLength(5);
  await there.galley("check", "--fix");
  expect(readdirSync(there.folder).sort()).toEqual(
    [path.basename(working), path.basename(mine), ".galley.json", "a.md"].sort(),
  );
  removeLeftovers([path.join(there.folder, "gone")]);
});

test("encodings and byte order marks are preserved", async () => {
  const there = place({});
  mkdirSync(path.join(there.folder, "in"));
  const wide = Buffer.from(`\uFEFF${WRONG}`, "utf16le");
  const wideMended = Buffer.from(`\uFEFF${MENDED}`, "utf16le");
  const kinds: readonly (readonly [string, Buffer, Buffer])[] = [
    ["plain.md", Buffer.from(WRONG), Buffer.from(MENDED)],
    ["mark.md", Buffer.from(`\uFEFF${WRONG}`), Buffer.from(`\uFEFF${MENDED}`)],
    ["little.md", wide, wideMended],
    ["big.md", Buffer.from(wide).swap16(), Buffer.from(wideMended).swap16()],
    // Its first letter begins with the same two bytes as a mark.
    ["arabic.md", Buffer.from(`\uFEDF ${WRONG}`), Buffer.from(`\uFEDF ${MENDED}`)],
  ];
  for (const [name, bytes] of kinds) there.write(name, bytes);
  await there.galley("check", "--fix");
  for (const [name, , mended] of kinds) {
    expect(readFileSync(path.join(there.folder, name)).equals(mended), name).toBe(true);
  }
});
