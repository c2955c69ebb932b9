import path from "node:path";
import { describe, expect, test } from "vitest";
import { updateBaseline, writeBaseline } from "../../server/src/cli/baseline.ts";
import { check, examine, type CheckOptions } from "../../server/src/cli/check.ts";
import { compare, indexFor } from "../../server/src/cli/comparison.ts";
import { init } from "../../server/src/cli/init/init.ts";
import { findInputs } from "../../server/src/cli/inputs.ts";
import { compact } from "../../server/src/cli/reporters/compact.ts";
import { similarDrafts, withLostWords } from "../../server/src/cli/restore.ts";
import { stets } from "../../server/src/cli/stets.ts";
import type { Git } from "../../server/src/host/node/git.ts";
import { fingerprintsOf } from "../../server/src/repeats/fingerprints.ts";
import { BASELINE_NAME } from "../../server/src/settings/baseline-file.ts";
import { CONFIG_NAME } from "../../server/src/settings/config/config.ts";
import { draftOf } from "../support/rules.ts";
import { ioIn } from "./io.ts";
import { place, RIGHT, WRONG } from "./support.ts";

// The commands by themselves, without the reading of arguments around them.

const OPTIONS: CheckOptions = {
  paths: ["."],
  config: undefined,
  reporter: compact,
  reportFiles: [],
  maxWarnings: undefined,
  failOn: "warning",
  fix: false,
  fixRepeats: false,
  hints: false,
  only: undefined,
  showSkipped: false,
  changed: undefined,
  restore: false,
  baseline: undefined,
  overrides: {},
  stdinFilename: undefined,
};

describe("check", () => {
  test("tells the findings of all drafts in the order of their paths", async () => {
    const { folder } = place({ "b.md": WRONG, "a/c.md": RIGHT, "a.md": WRONG });
    const io = ioIn(folder);
    expect(await check(OPTIONS, io)).toBe(1);
    expect(io.out().match(/^[^:]+/gm)).toEqual(["a.md", "b.md"]);
  });

  test("nothing in a folder without drafts, and no success where a path is not there", async () => {
    const empty = ioIn(place({}).folder);
    expect(await check(OPTIONS, empty)).toBe(0);
    expect(empty.err()).toContain("nothing was checked");
    expect(await check({ ...OPTIONS, paths: ["none.md"] }, ioIn(place({}).folder))).toBe(2);
  });

  test("fixes what is safe, and tells what is left", async () => {
    const { folder, read } = place({ "a.md": WRONG });
    const { report } = await examine({ ...OPTIONS, fix: true }, ioIn(folder));
    expect(report).toMatchObject({ fixed: 1, files: [{ path: "a.md", findings: [] }] });
    expect(read("a.md")).not.toContain("the the");
  });

  test("has nothing to compare with outside of a repository", async () => {
    const io = ioIn(place({ "a.md": WRONG }).folder);
    expect(await check({ ...OPTIONS, changed: "main" }, io)).toBe(2);
    expect(io.err()).toMatch(/^galley: --changed: .* in no repository/);
    expect(io.out()).toBe("");
  });

  test("takes standard input beside files", async () => {
    const { report } = await examine(
      { ...OPTIONS, paths: ["-", "."] },
      ioIn(place({ "a.md": RIGHT }).folder, WRONG),
    );
    expect(report.files.map((file) => [file.path, file.findings.length])).toEqual([
      ["-", 1],
      ["a.md", 0],
    ]);
  });

  test("a config file or a baseline that is named and not there is fatal", async () => {
    for (const more of [{ config: "none.json" }, { baseline: "none.json" }]) {
      const { problems } = await examine(
        { ...OPTIONS, ...more },
        ioIn(place({ "a.md": RIGHT }).folder),
      );
      expect(problems).toMatchObject([{ path: "none.json", fatal: true }]);
    }
  });
});

describe("baseline", () => {
  const asked = { paths: ["."], config: undefined };

  test("lists what is found, so that a check tells nothing more", async () => {
    const { folder, read } = place({ "a.md": WRONG });
    const io = ioIn(folder);
    expect(await writeBaseline(asked, io)).toBe(0);
    expect(io.out()).toContain("1 finding of 1 draft");
    expect(read(BASELINE_NAME)).toContain("repeated-word/");
    expect(await check(OPTIONS, ioIn(folder))).toBe(0);
  });

  test("is not written where there are no drafts, or for those above", async () => {
    expect(await writeBaseline(asked, ioIn(place({}).folder))).toBe(2);
    const { folder } = place({ "a.md": WRONG, "b/c.md": WRONG });
    const below = ioIn(path.join(folder, "b"));
    expect(await writeBaseline({ ...asked, paths: [".."] }, below)).toBe(2);
    expect(below.err()).toContain("holds for its folder and below");
  });

  test("is brought up to date: what is gone is taken out, and nothing is put in", async () => {
    const { folder, write, read } = place({ "a.md": WRONG });
    expect(await updateBaseline(asked, ioIn(folder))).toBe(2);
    await writeBaseline(asked, ioIn(folder));
    const same = ioIn(folder);
    expect(await updateBaseline(asked, same)).toBe(0);
    expect(same.out()).toContain("nothing is gone");
    write("a.md", WRONG.replace("the the", "the").replace("council", "council council"));
    const io = ioIn(folder);
    expect(await updateBaseline(asked, io)).toBe(0);
    expect(io.out()).toContain("1 finding taken out, 0 left");
    expect(read(BASELINE_NAME)).not.toContain("repeated-word/");
  });
});

describe("init", () => {
  test("writes a config file once, and never over one", async () => {
    const { folder, read } = place({ "a.md": RIGHT });
    const io = ioIn(folder);
    expect(await init({ folder: ".", baseline: false }, io)).toBe(0);
    expect(io.out()).toContain("Drafts: 1 draft");
    const written = read(CONFIG_NAME);
    expect(await init({ folder: ".", baseline: false }, ioIn(folder))).toBe(2);
    expect(read(CONFIG_NAME)).toBe(written);
  });

  test("writes nothing where there is nothing to check", async () => {
    const io = ioIn(place({}).folder);
    expect(await init({ folder: ".", baseline: false }, io)).toBe(2);
    expect(io.err()).toContain("No drafts here");
  });

  test("asks for a baseline on a terminal alone", async () => {
    const answered = async (answer: string): Promise<string> => {
      const { folder, galley } = place({ "a.md": WRONG });
      let out = "";
      const stdout = { write: (text: string) => (out += text), isTTY: true };
      await init(
        { folder: ".", baseline: undefined },
        ioIn(folder, answer, { stdout, stdinIsTTY: true }),
      );
      return `${out.includes("[y/N]") ? "asked" : ""} ${(await galley("check")).code ?? ""}`;
    };
    expect(await answered("y\n")).toBe("asked 0");
    expect(await answered("no\n")).toBe("asked 1");
    expect(await answered("")).toBe("asked 1");
  });
});

describe("stets", () => {
  const STET = "<!-- stet repeated-word -->\n\n";

  test("are listed with what they let stand, and fail where that is nothing", async () => {
    const used = ioIn(place({ "a.md": STET + WRONG }).folder);
    expect(await stets({ paths: ["."], asJson: false }, used)).toBe(0);
    expect(used.out()).toMatch(/^a\.md\n {2}1:1 .*stet repeated-word/);
    const unused = ioIn(place({ "a.md": STET + RIGHT }).folder);
    expect(await stets({ paths: ["."], asJson: false }, unused)).toBe(1);
    expect(unused.out()).toContain("1 of them lets nothing stand");
    const none = ioIn(place({ "a.md": RIGHT }).folder);
    expect(await stets({ paths: ["."], asJson: false }, none)).toBe(0);
    expect(none.out()).toBe("Nothing is let stand.\n");
  });

  test("as JSON, with the phrases and passages of config files", async () => {
    const config = '{ "accept": ["the the"], "stet": [] }';
    const io = ioIn(place({ "a.md": WRONG, [CONFIG_NAME]: config }).folder);
    expect(await stets({ paths: ["."], asJson: true }, io)).toBe(0);
    expect(JSON.parse(io.out())).toMatchObject({
      stets: [{ path: CONFIG_NAME, kind: "phrase", text: "the the", unused: null }],
      problems: [],
    });
  });
});

describe("drafts beside each other", () => {
  const passage = `${Array.from({ length: 60 }, (_, at) => `word${at}`).join(" ")}.\n`;
  const filler = (name: string): string =>
    `${Array.from({ length: 90 }, (_, at) => `${name}${at}`).join(" ")}.\n`;
  const FILES = {
    "a.md": `${filler("a")}\n${passage}\n${filler("b")}`,
    "b.md": `${filler("c")}\n${passage}\n${filler("d")}`,
    "c.md": filler("e"),
  };

  async function checkedIn(folder: string) {
    const { inputs } = await findInputs(folder, ["."], { sources: {}, config: undefined });
    const index = indexFor(inputs);
    const checked = inputs.map((input) => {
      const text = FILES[input.shown as keyof typeof FILES];
      index.add(input.shown, fingerprintsOf(draftOf(text)));
      return { input, report: { path: input.shown, words: 1, findings: [] } };
    });
    return { checked, index };
  }

  test("only those that share a passage get another report", async () => {
    const { checked, index } = await checkedIn(place(FILES).folder);
    const { reports, boilerplate } = compare(checked, index, "none");
    expect(boilerplate).toBe(0);
    expect([...reports.values()].map((report) => report.path).sort()).toEqual(["a.md", "b.md"]);
    for (const { findings } of reports.values()) {
      expect(findings.map(({ rule }) => rule)).toEqual(["repeated-elsewhere"]);
    }
    const [first] = checked;
    const asked = compare(checked, index, "none", first === undefined ? [] : [first]);
    expect([...asked.reports.values()].map((report) => report.path)).toEqual(["a.md"]);
    expect(compare(checked.slice(0, 1), index, "none").reports.size).toBe(0);
  });

  test("a draft with findings has similar ones; lost words are looked for where there is a hole", async () => {
    const { checked, index } = await checkedIn(place(FILES).folder);
    expect([...similarDrafts(checked, index).values()]).toEqual([[], [], []]);
    const found = { ...OPTIONS, paths: ["."] };
    const { folder } = place({ "a.md": WRONG });
    const { report } = await examine(found, ioIn(folder));
    const [file] = report.files;
    const { inputs } = await findInputs(folder, ["."], { sources: {}, config: undefined });
    const [input] = inputs;
    if (file === undefined || input === undefined) throw new Error("not checked");
    const git: Git = {
      run: () => {
        throw new Error("asked git");
      },
    };
    // A repeated word is no hole.
    expect(await withLostWords(file, input, [], git)).toBe(file);
  });
});
