import { linkSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { reportIn } from "../support/command.ts";
import { place, RIGHT, WRONG } from "./support.ts";
import { LONG_BRIDGE } from "../support/passages.ts";

const FILE = ".galley-baseline.json";
const OTHER = "The stalls open at the the market square at nine.\n";
const THIRD = "The barges pass under the the bridge at noon.\n";

const list = (text: string): string[] =>
  (JSON.parse(text) as { readonly findings: string[] }).findings;

/** The rules reported for each draft, by path. */
function rulesIn(out: string): Record<string, string[]> {
  return Object.fromEntries(
    reportIn(out)
      .files.filter(({ findings }) => findings.length > 0)
      .map((file) => [file.path, file.findings.map(({ rule }) => rule)]),
  );
}

test("findings in a baseline are no longer reported, and new ones are", async () => {
  const { galley, write, read } = place({ "a.md": WRONG, "in/b.md": OTHER });
  expect((await galley("check")).code).toBe(1);
  const written = await galley("baseline");
  expect(written).toMatchObject({ code: 0, err: "" });
  expect(written.out).toBe(`${FILE} lists 2 findings of 2 drafts.\n`);
  expect(await galley("check")).toMatchObject({ code: 0, err: "" });
  write("in/b.md", `${RIGHT}\n${OTHER}\n${THIRD}`);
  const after = await galley("check", "--format", "json");
  expect(after.code).toBe(1);
  expect(rulesIn(after.out)).toEqual({ "in/b.md": ["repeated-word"] });
  // Run in the folder itself or with the draft's name, it uses the same baseline.
  expect((await galley("check", "in/b.md", "a.md")).code).toBe(1);
  expect((await galley("check", "a.md")).code).toBe(0);
  expect(list(read(FILE))).toHaveLength(2);
});

test("writing a baseline again says what is new and what is gone", async () => {
  const { galley, write, folder } = place({ "a.md": WRONG, "b.md": OTHER });
  await galley("baseline");
  const says = async (...args: string[]): Promise<string> =>
    (await galley("baseline", ...args)).out.trim();
  expect(await says()).toBe(`${FILE} lists 2 findings of 2 drafts: 0 new, 0 gone.`);
  write("a.md", `${THIRD}\n${THIRD.replace("barges", "boats")}`);
  expect(await says()).toBe(`${FILE} lists 3 findings of 2 drafts: 2 new, 1 gone.`);
  renameSync(path.join(folder, "b.md"), path.join(folder, "c.md"));
  expect(await says()).toBe(`${FILE} lists 3 findings of 2 drafts: 0 new, 0 gone.`);
  write(FILE, "{");
  expect(await says()).toBe(`${FILE} lists 3 findings of 2 drafts.`);
});

test("entries of drafts that are not checked stay, by name or since they can’t be read", async () => {
  const { galley, write, read, folder } = place({ "a.md": WRONG, "in/b.md": OTHER, "in/c.md": "" });
  await galley("baseline");
  const [ofA] = list(read(FILE));
  write("in/c.md", THIRD);
  renameSync(path.join(folder, "in/b.md"), path.join(folder, "in/d.md"));
  expect((await galley("baseline", "in")).out).toBe(
    `${FILE} lists 2 findings of 2 drafts and keeps 1 of drafts not checked now: 1 new, 0 gone.\n`,
  );
  expect(list(read(FILE)).map((one) => one.split(" ")[0])).toEqual(["a.md", "in/c.md", "in/d.md"]);
  expect(await galley("check")).toMatchObject({ code: 0, err: "" });
  write("a.md", new Uint8Array([0xff, 0xfe, 0xfd]));
  await galley("baseline");
  expect(list(read(FILE))).toContain(ofA);
  write("a.md", RIGHT);
  expect((await galley("baseline")).out).toBe(
    `${FILE} lists 2 findings of 3 drafts: 0 new, 1 gone.\n`,
  );
});

test("entries of deleted drafts go if they are below what is named, also if another draft can’t be read", async () => {
  const { galley, write, folder } = place({
    "a.md": THIRD,
    "docs/b.md": OTHER,
    "docs/gone.md": WRONG,
  });
  const baseline = async (...args: string[]): Promise<string> =>
    (await galley("baseline", ...args)).out.trim();
  await baseline();
  rmSync(path.join(folder, "a.md"));
  rmSync(path.join(folder, "docs/gone.md"));
  expect(await baseline("docs/b.md")).toContain("keeps 2 of drafts not checked now: 0 new, 0 gone");
  expect(await baseline("docs/*.md")).toContain("keeps 1 of drafts not checked now: 0 new, 1 gone");
  write("docs/gone.md", WRONG);
  await baseline("docs");
  rmSync(path.join(folder, "docs/gone.md"));
  expect(await baseline("docs")).toContain("keeps 1 of drafts not checked now: 0 new, 1 gone");
  write("docs/b.md", new Uint8Array([0xff, 0xfe, 0xfd]));
  write("c.md", RIGHT);
  expect(await baseline()).toBe(
    `${FILE} lists 0 findings of 1 draft and keeps 1 of drafts not checked now: 0 new, 1 gone.`,
  );
});

test("entries of drafts that another config file leaves out stay, unless they are gone", async () => {
  const { galley, write, read, folder } = place({ "a.md": WRONG, "b.md": OTHER, "c.md": THIRD });
  await galley("baseline");
  const before = read(FILE);
  write("other.json", '{"exclude": ["b.md", "c.md"]}');
  await galley("baseline", "--config", "other.json");
  expect(read(FILE)).toBe(before);
  rmSync(path.join(folder, "c.md"));
  await galley("baseline", "--config", "other.json");
  expect(list(read(FILE)).map((one) => one.split(" ")[0])).toEqual(["a.md", "b.md"]);
  write(".galley.json", read("other.json"));
  await galley("baseline");
  expect(list(read(FILE)).map((one) => one.split(" ")[0])).toEqual(["a.md"]);
});

test("a draft that is named alone keeps its entries for what it shares with another", async () => {
  const { galley, read } = place({
    "a.md": `The mayor spoke of the budget on Monday.\n\n${LONG_BRIDGE}\n\nNobody from the port was there.\n`,
    "b.md": `A choir sang in the old library.\n\nMore is planned for May.\n\n${LONG_BRIDGE}\n`,
  });
  await galley("baseline");
  const whole = read(FILE);
  expect(list(whole).join("\n")).toContain("b.md repeated-elsewhere/");
  for (const named of ["b.md", "a.md"]) {
    expect((await galley("baseline", named)).out).toContain("0 new, 0 gone");
    expect(read(FILE)).toBe(whole);
  }
});

test("a mistake elsewhere does not keep the drafts that are named from being listed", async () => {
  const broken = '{"rules": {"nope": "off"}}';
  const { galley, read } = place({ "a.md": WRONG, "in/b.md": OTHER, "in/.galley.json": broken });
  expect(await galley("baseline")).toMatchObject({ code: 2, out: "" });
  expect(await galley("baseline", "in")).toMatchObject({ code: 2, out: "" });
  expect((await galley("baseline", "a.md")).code).toBe(0);
  expect(list(read(FILE)).map((one) => one.split(" ")[0])).toEqual(["a.md"]);
});

test("a moved draft keeps its entries, though only its old or another folder is named", async () => {
  const text = `${WRONG}\n${OTHER}`;
  const { galley, write, folder } = place({ "docs/a.md": text, "docs/b.md": RIGHT });
  await galley("baseline");
  mkdirSync(path.join(folder, "guide"));
  renameSync(path.join(folder, "docs/a.md"), path.join(folder, "guide/a.md"));
  write("in/b.md", WRONG);
  for (const named of ["docs", "in"]) {
    await galley("baseline", named);
    expect((await galley("check", "guide")).code).toBe(0);
  }
});

test("the file is sorted, has one entry per line, and is the same for the same drafts", async () => {
  const files = { "c.md": WRONG, "b.md": OTHER, "a.md": THIRD, "d.md": WRONG };
  const { galley, read } = place(files);
  await galley("baseline");
  const text = read(FILE);
  const lines = text.split("\n").filter((line) => line.includes("/"));
  expect(lines.map((line) => line.replace(/\b[\da-f]{8}\b/, "DIGEST"))).toEqual([
    '    "a.md repeated-word/DIGEST/1",',
    '    "b.md repeated-word/DIGEST/1",',
    '    "c.md repeated-word/DIGEST/1",',
    '    "d.md repeated-word/DIGEST/1"',
  ]);
  await galley("baseline");
  expect(read(FILE)).toBe(text);
});

/** Copies are not reported as repeats. */
const ALONE = ["--rule", "repeated-block=off", "--rule", "repeated-elsewhere=off"];

describe("an entry applies to its own draft", () => {
  test("the same sentence in a new draft, or once more in a listed one, is reported", async () => {
    const { galley, write } = place({ "a.md": `${WRONG}\n${WRONG}`, "b.md": WRONG });
    await galley("baseline");
    expect((await galley("check", ...ALONE)).code).toBe(0);
    write("c.md", WRONG);
    write("b.md", `${WRONG}\n${RIGHT}\n${WRONG}`);
    const told = { "b.md": ["repeated-word"], "c.md": ["repeated-word"] };
    expect(rulesIn((await galley("check", ...ALONE, "--format", "json")).out)).toEqual(told);
    expect((await galley("check", ...ALONE, "a.md")).code).toBe(0);
    expect((await galley("check", ...ALONE, "c.md")).code).toBe(1);
    const { out } = await galley("check", "--format", "json");
    expect(rulesIn(out)).toMatchObject({ "c.md": ["repeated-word"] });
  });

  test("a third copy of a listed passage is reported", async () => {
    const shared = `${LONG_BRIDGE}\n`;
    const files = { "2024-01-01-a.md": `${RIGHT}\n${shared}`, "2024-01-02-b.md": shared };
    const { galley, write } = place(files);
    await galley("baseline");
    expect((await galley("check")).code).toBe(0);
    write("2024-01-03-c.md", `${shared}\n${OTHER}`);
    expect(rulesIn((await galley("check", "--hints", "--format", "json")).out)).toMatchObject({
      "2024-01-03-c.md": ["repeated-elsewhere", "repeated-word"],
    });
  });

  test("a draft renamed in a linked folder keeps its entries", async () => {
    const { galley, folder } = place({ "real/z.md": WRONG });
    symlinkSync("real", path.join(folder, "way"));
    await galley("baseline", "way");
    renameSync(path.join(folder, "real/z.md"), path.join(folder, "real/y.md"));
    expect((await galley("check", "way")).code).toBe(0);
  });

  test("a renamed draft keeps its entries, checked alone or among all; --update writes its new name", async () => {
    const { galley, write, read, folder } = place({ "a.md": `${WRONG}\n${OTHER}`, "b.md": WRONG });
    await galley("baseline");
    mkdirSync(path.join(folder, "in"));
    renameSync(path.join(folder, "a.md"), path.join(folder, "in/z.md"));
    // It has less of it, though its name comes first.
    write("c.md", WRONG);
    const told = async (...paths: string[]): Promise<string[]> =>
      Object.keys(rulesIn((await galley("check", "--format", "json", ...paths)).out));
    expect(await told()).toEqual(["c.md"]);
    expect(await told("in/z.md")).toEqual([]);
    expect(await told("c.md")).toEqual(["c.md"]);
    expect(await told("in", "b.md")).toEqual([]);
    expect((await galley("baseline", "--update")).out).toBe(
      `${FILE} names the drafts of its 3 findings as they are now.\n`,
    );
    expect(list(read(FILE)).map((one) => one.split(" ")[0])).toEqual([
      "b.md",
      "in/z.md",
      "in/z.md",
    ]);
    expect(await told()).toEqual(["c.md"]);
    expect((await galley("baseline", "--update")).out).toBe(`${FILE}: nothing is gone.\n`);
  });

  test("the entries of a draft that exists but isn't checked don't pass to another", async () => {
    const { galley, write } = place({ "a.md": WRONG });
    await galley("baseline");
    write("b.md", WRONG);
    write(".galley.json", '{"exclude": ["a.md"]}');
    expect((await galley("check")).code).toBe(1);
  });

  test("the same file under another name is not a new draft", async () => {
    const { galley, write, folder } = place({ "b.md": WRONG });
    await galley("baseline");
    linkSync(path.join(folder, "b.md"), path.join(folder, "a.md"));
    symlinkSync("b.md", path.join(folder, "c.md"));
    expect((await galley("check", ...ALONE)).code).toBe(0);
    expect((await galley("check", ...ALONE, "c.md")).code).toBe(0);
    write("d.md", WRONG);
    expect((await galley("check", ...ALONE, "d.md")).code).toBe(1);
  });

  test("names of all kinds are listed and found again", async () => {
    const names = ["-x.md", "a b.md", '"q".md', "ü#?%41.md", "li\nne.md", "d/x repeated-word.md"];
    const { galley, read } = place(Object.fromEntries(names.map((name) => [name, WRONG])));
    await galley("baseline");
    expect(list(read(FILE)).map((one) => one.slice(0, one.lastIndexOf(" ")))).toEqual(
      [...names].sort(),
    );
    expect(await galley("check", ...ALONE)).toMatchObject({ code: 0, err: "" });
  });
});

test("the report says how many findings the baseline took out", async () => {
  const hint = '{"overrides": [{"files": ["b.md"], "rules": {"repeated-word": "hint"}}]}';
  const { galley, write } = place({ "a.md": `${WRONG}\n${OTHER}`, "b.md": OTHER });
  await galley("baseline");
  write("c.md", WRONG);
  const line =
    /^3 older findings not shown, as the baseline lists them; --no-baseline shows them\.$/m;
  expect((await galley("check")).out).toMatch(line);
  expect((await galley("check", "--summary")).out).toMatch(line);
  const listed = async (...args: string[]): Promise<unknown> =>
    reportIn((await galley("check", "--format", "json", ...args)).out).summary;
  expect(await listed()).toMatchObject({ findings: 1, listed: 3 });
  expect(await listed("--no-baseline")).toMatchObject({ findings: 4, listed: 0 });
  expect((await galley("check", "--no-baseline")).out).not.toContain("in the baseline");
  // It promises only what --no-baseline would show, with the same options.
  write(".galley.json", hint);
  expect(await listed()).toMatchObject({ findings: 1, listed: 2 });
  expect(await listed("--hints")).toMatchObject({ findings: 1, listed: 3 });
});

test("the report does not count listed losses that are shown only if git proves them", async () => {
  const lost =
    "Canalys, an international IT company, predicted last week that tablets will outsell computers.\n";
  const { galley, read } = place({ "a.md": lost });
  await galley("baseline");
  expect(list(read(FILE))).toHaveLength(1);
  for (const more of [[], ["--hints"], ["--no-baseline", "--hints"]]) {
    const { out } = await galley("check", "--format", "json", ...more);
    expect(reportIn(out).summary).toMatchObject({ findings: 0, listed: 0 });
  }
});

test("fingerprints in a report count in the whole draft", async () => {
  const { galley, write } = place({ "a.md": WRONG });
  const fingerprints = async (...more: string[]): Promise<string[]> => {
    const { out } = await galley("check", "--format", "sarif", ...more);
    return [...out.matchAll(/"galley\/v1":"(repeated-word[^"]*)"/g)].map(([, one = ""]) => one);
  };
  await galley("baseline");
  write("a.md", `${WRONG}\n${WRONG}`);
  const all = await fingerprints("--no-baseline");
  expect(all).toHaveLength(2);
  expect(await fingerprints()).toEqual(all.slice(1));
});

test("hints are not listed, and an entry for a hint is not reported as gone", async () => {
  const { galley, read } = place({ "a.md": WRONG, "b.md": OTHER });
  const config = '{"overrides": [{"files": ["b.md"], "rules": {"repeated-word": "hint"}}]}';
  const with_ = place({ "a.md": WRONG, "b.md": OTHER, ".galley.json": config });
  await galley("baseline");
  await with_.galley("baseline");
  expect(list(read(FILE))).toHaveLength(2);
  expect(list(with_.read(FILE))).toHaveLength(1);
  expect(rulesIn((await with_.galley("check", "--hints", "--format", "json")).out)).toEqual({
    "b.md": ["repeated-word"],
  });
  with_.write(FILE, read(FILE));
  expect(await with_.galley("check", "--hints")).toMatchObject({ code: 0, err: "" });
});

describe("entries that are gone", () => {
  test("are counted in one line if the whole folder is checked, and removed by --update", async () => {
    const { galley, write, read } = place({ "a.md": WRONG, "b.md": OTHER, "c/c.md": THIRD });
    await galley("baseline");
    const before = list(read(FILE));
    write("a.md", RIGHT);
    write("b.md", `${OTHER}\nThe mayor opened the the bridge.\n`);
    const line = /^galley: \.galley-baseline\.json: Of 3 findings 1 is gone .*--update.*\n$/;
    expect((await galley("check", "--format", "compact")).err).toMatch(line);
    expect((await galley("check", "c", "--format", "compact")).err).toBe("");
    expect((await galley("check", "a.md", "--format", "compact")).err).toBe("");
    const off = await galley("check", "--rule", "repeated-word=off", "--format", "compact");
    expect(off.err).toBe("");
    expect(await galley("baseline", "--update")).toMatchObject({
      code: 0,
      out: `${FILE}: 1 finding taken out, 2 left.\n`,
    });
    const after = list(read(FILE));
    expect(after).toHaveLength(2);
    expect(before).toEqual(expect.arrayContaining(after));
    expect((await galley("baseline", "--update")).out).toBe(`${FILE}: nothing is gone.\n`);
    expect(list(read(FILE))).toEqual(after);
    expect((await galley("check")).code).toBe(1);
  });

  test("are kept if the rule has another version, and if a draft can't be read", async () => {
    const { galley, write, read } = place({ "a.md": WRONG });
    await galley("baseline");
    const own = list(read(FILE));
    const foreign = "a.md next-years-rule/00000000/1";
    const all = [...own, foreign, "a.md repeated-word/00000000/1"];
    write(FILE, JSON.stringify({ version: 2, findings: all }));
    write("b.md", new Uint8Array([0xff, 0xfe, 0xfd]));
    const refused = await galley("baseline", "--update");
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("Nothing was written");
    expect(list(read(FILE))).toEqual(all);
    write("b.md", RIGHT);
    await galley("baseline", "--update");
    expect(list(read(FILE)).sort()).toEqual([...own, foreign].sort());
  });

  test("are not known under a config file with a mistake", async () => {
    const { galley, write, read } = place({ "a.md": WRONG });
    await galley("baseline");
    const before = read(FILE);
    write(".galley.json", '{"rules": {"repeated-word": "off", "nope": "off"}}');
    const { code, err } = await galley("check", "--format", "compact");
    expect(code).toBe(2);
    expect(err).not.toContain("gone");
    expect(await galley("baseline", "--update")).toMatchObject({ code: 2, out: "" });
    expect(read(FILE)).toBe(before);
  });

  test("--update needs a file, and drafts", async () => {
    const { galley, write, folder } = place({ "a.md": WRONG });
    expect(await galley("baseline", "--update")).toMatchObject({ code: 2, out: "" });
    expect(readdirSync(folder)).toEqual(["a.md"]);
    await galley("baseline");
    write(".galley.json", '{"exclude": ["**"]}');
    expect((await galley("baseline", "--update")).code).toBe(2);
    expect((await galley("baseline", "--update", "a.md")).code).toBe(2);
  });
});

describe("the baseline that applies", () => {
  test("is the nearest, up to the repository's root", async () => {
    const { galley, folder, write } = place({
      "repo/.git/HEAD": "",
      "repo/a.md": WRONG,
      "repo/in/b.md": OTHER,
      [FILE]: JSON.stringify({ version: 2, findings: [] }),
    });
    await galley("baseline");
    // A repository's drafts obey no file above its root.
    expect((await galley("check", "repo")).code).toBe(1);
    // Its paths are relative to its folder, in which all drafts have other names now.
    renameSync(path.join(folder, FILE), path.join(folder, "repo", FILE));
    expect((await galley("check", "repo")).code).toBe(0);
    expect((await galley("check", "repo/in/b.md")).code).toBe(0);
    write(`repo/in/${FILE}`, JSON.stringify({ version: 2, findings: [] }));
    expect((await galley("check", "repo/in/b.md")).code).toBe(1);
    expect((await galley("check", "repo/a.md")).code).toBe(0);
    expect((await galley("check", "repo/in/b.md", "--baseline", `repo/${FILE}`)).code).toBe(0);
    expect((await galley("check", "repo", "--no-baseline", "--quiet")).code).toBe(1);
  });

  test("works from any place if it is named, for known and for new drafts", async () => {
    const { galley, folder, write } = place({ "a.md": WRONG, "b.md": OTHER });
    await galley("baseline");
    mkdirSync(path.join(folder, "ci"));
    renameSync(path.join(folder, FILE), path.join(folder, "ci/old.json"));
    expect((await galley("check", "--baseline", "ci/old.json")).code).toBe(0);
    expect((await galley("check", "b.md", "--baseline", "ci/old.json")).code).toBe(0);
    write("c.md", OTHER);
    const told = await galley("check", "--baseline", "ci/old.json", "--format", "json", ...ALONE);
    expect(rulesIn(told.out)).toEqual({ "c.md": ["repeated-word"] });
  });

  test("also applies to standard input, by its name", async () => {
    const { galley, write, folder } = place({ "a.md": WRONG }, WRONG);
    await galley("baseline");
    expect((await galley("check", "-", "--stdin-filename", "a.md")).code).toBe(0);
    expect((await galley("check", "-", "--stdin-filename", "new/b.md")).code).toBe(1);
    expect((await galley("check", "-", "--stdin-filename", "a.md", "--no-baseline")).code).toBe(1);
    // A draft without a name is never listed.
    expect((await galley("check", "-", "--baseline", FILE)).code).toBe(1);
    renameSync(path.join(folder, "a.md"), path.join(folder, "b.md"));
    expect((await galley("check", "-", "--stdin-filename", "b.md")).code).toBe(0);
    mkdirSync(path.join(folder, "new"));
    write(`new/${FILE}`, JSON.stringify({ version: 2, findings: [] }));
    expect((await galley("check", "-", "--stdin-filename", "new/b.md")).code).toBe(1);
  });

  test("is the same for files and standard input together", async () => {
    const { galley, folder } = place({ "a.md": WRONG }, WRONG);
    await galley("baseline");
    const beside = await galley("check", ".", "-", "--stdin-filename", "n.md", ...ALONE);
    expect(beside).toMatchObject({ code: 1, err: "" });
    renameSync(path.join(folder, "a.md"), path.join(folder, "new.md"));
    // One entry is for one of the two.
    const args = ["-", "new.md", "--format", "json", ...ALONE];
    expect(Object.keys(rulesIn((await galley("check", ...args)).out))).toHaveLength(1);
  });

  test("lists no draft that has a nearer baseline, and none outside its folder", async () => {
    const { galley, read, folder } = place({
      "in/a.md": WRONG,
      "in/deep/b.md": OTHER,
      "in/deep/.galley-baseline.json": JSON.stringify({ version: 2, findings: [] }),
      "c.md": THIRD,
    });
    const { err, out } = await galley("baseline");
    expect(err).toContain("1 draft with a .galley-baseline.json nearer to it is not listed");
    expect(out).toContain("lists 2 findings of 2 drafts");
    expect(list(read(FILE))).toHaveLength(2);
    const other = place({ "a.md": WRONG });
    const refused = await other.galley("baseline", path.join(folder, "c.md"));
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("holds for its folder and below");
    expect(readdirSync(other.folder)).toEqual(["a.md"]);
    expect((await place({}).galley("baseline")).code).toBe(2);
  });
});

test("findings that are not reported are not fixed", async () => {
  const { galley, write, read } = place({ "a.md": WRONG });
  await galley("baseline");
  write("a.md", `${WRONG}\n${OTHER}`);
  expect((await galley("check", "--fix")).code).toBe(0);
  expect(read("a.md")).toBe(`${WRONG}\n${OTHER.replace("the the", "the")}`);
  await galley("check", "--fix", "--no-baseline");
  expect(read("a.md")).not.toContain("the the");
});

const CONFLICT = (entries: readonly string[]): string =>
  [
    '{\n  "version": 2,\n  "findings": [',
    "<<<<<<< ours",
    `    ${JSON.stringify(entries[0])},`,
    "=======",
    `    ${JSON.stringify(entries[1])}`,
    ">>>>>>> theirs",
    "  ]\n}\n",
  ].join("\n");

describe("a file with a mistake is reported once with exit code 2, and its valid entries apply", () => {
  test.each<[string, (entries: readonly string[]) => string | Uint8Array, RegExp, string[]]>([
    ["a conflict", CONFLICT, / 4:1: A merge conflict is left/, []],
    [
      "a line that is none",
      (entries) => JSON.stringify({ version: 2, findings: [...entries, 7] }, undefined, 2),
      / 6:5: This is not a baseline entry/,
      [],
    ],
    [
      "an end that is missing",
      (entries) => `{\n"version": 2,\n"findings": [\n"${entries.join('",\n"')}`,
      / 5:1: This line can’t be read/,
      [],
    ],
    [
      "a newer version",
      (entries) => JSON.stringify({ version: 3, findings: entries }),
      /newer version/,
      [],
    ],
    ["nothing", () => "", / 1:1: This line can’t be read/, ["a.md", "b.md"]],
    ["a list", () => "[]", / 1:1: This file is not a baseline/, ["a.md", "b.md"]],
    ["null", () => "null", / 1:1: This file is not a baseline/, ["a.md", "b.md"]],
    ["no text", () => new Uint8Array([0xc3, 0x28, 0]), /not text in UTF-8/, ["a.md", "b.md"]],
    ["brackets without end", () => "[".repeat(200_000), / 1:1: This line/, ["a.md", "b.md"]],
  ])("%s", async (_what, spoiled, message, told) => {
    const { galley, write, read } = place({ "a.md": WRONG, "b.md": OTHER });
    await galley("baseline");
    write(FILE, spoiled(list(read(FILE))));
    const ran = await galley("check", "--format", "json");
    expect(ran.code).toBe(2);
    expect(ran.err.split("\n")).toHaveLength(2);
    expect(ran.err).toMatch(message);
    expect(Object.keys(rulesIn(ran.out))).toEqual(told);
    const before = await galley("baseline", "--update");
    expect(before.code).toBe(2);
    expect(before.err).toMatch(message);
    // Writing it again repairs it.
    expect((await galley("baseline")).code).toBe(0);
    expect((await galley("check")).code).toBe(0);
  });

  test("a folder with the baseline's name is reported", async () => {
    const { galley, folder } = place({ "a.md": WRONG, [`${FILE}/b.md`]: RIGHT });
    const ran = await galley("check", "--format", "compact");
    expect(ran.code).toBe(2);
    expect(ran.err).toBe(`galley: ${FILE}: It is a folder. What it lists is reported.\n`);
    expect((await galley("baseline")).code).toBe(2);
    expect((await galley("baseline", "--update")).code).toBe(2);
    expect((await galley("check", "--baseline", FILE)).code).toBe(2);
    expect(await galley("check", "--baseline", "none.json")).toMatchObject({
      code: 2,
      err: "galley: none.json: There is no such baseline.\n",
    });
    expect((await galley("check", "--no-baseline")).code).toBe(1);
    expect(readdirSync(folder).sort()).toEqual([FILE, "a.md"]);
  });
});

test("duplicate entries, a trailing comma, other line endings and a byte order mark are not mistakes", async () => {
  const { galley, write, read } = place({ "a.md": WRONG });
  await galley("baseline");
  const [entry] = list(read(FILE));
  const line = `    ${JSON.stringify(entry)},\r\n`;
  const text = `{\r\n  "version": 2,\r\n  "findings": [\r\n${line}${line}  ]\r\n}\r\n`;
  write(FILE, text);
  expect(await galley("check")).toMatchObject({ code: 0, err: "" });
  write(FILE, Buffer.from(`\uFEFF${text}`, "utf16le"));
  expect(await galley("check")).toMatchObject({ code: 0, err: "" });
});

test("100,000 entries are read once and apply", async () => {
  const { galley, write, read } = place({ "a.md": WRONG, "b.md": OTHER });
  await galley("baseline");
  const more = Array.from({ length: 100_000 }, (_, n) => {
    const digest = n.toString(16).padStart(8, "0");
    return `c.md orphaned-fragment/${digest}/1`;
  });
  write(FILE, JSON.stringify({ version: 2, findings: [...more, ...list(read(FILE))] }));
  const ran = await galley("check", "--format", "compact");
  expect(ran.code).toBe(0);
  expect(ran.err).toMatch(/Of 100,002 findings 100,000 are gone/);
  expect((await galley("baseline", "--update")).out).toBe(
    `${FILE}: 100,000 findings taken out, 2 left.\n`,
  );
  expect((await galley("check")).code).toBe(0);
});

test("a passage shared by two drafts stays listed when they are renamed and its paragraph is moved", async () => {
  const shared = `${LONG_BRIDGE}\n`;
  const [first, second] = [
    `The mayor spoke of the budget on Monday.\n\n${shared}\nNobody from the port was there.\n`,
    `A choir sang in the old library.\n\nMore is planned for May.\n\n${shared}`,
  ];
  const { galley, write, folder } = place({ "a.md": first, "b.md": second });
  const rules = async (): Promise<string[]> =>
    Object.values(rulesIn((await galley("check", "--format", "json")).out)).flat();
  expect(await rules()).toContain("repeated-elsewhere");
  await galley("baseline");
  // The hint about the other copy has the same words.
  expect(await rules()).toEqual([]);
  renameSync(path.join(folder, "a.md"), path.join(folder, "z.md"));
  expect((await galley("check")).code).toBe(0);
  expect(await rules()).toEqual([]);
  write("b.md", `${shared}\n${second.replace(shared, "")}`);
  expect(await galley("check")).toMatchObject({ code: 0, err: "" });
  expect(await rules()).toEqual([]);
});
