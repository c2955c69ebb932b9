import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { BASELINE_NAME } from "../../server/src/settings/baseline-file.ts";
import { MAX_BYTES } from "../../server/src/project/read-limits.ts";
import { place, RIGHT, WRONG } from "./support.ts";

describe("--format FORMAT=FILE", () => {
  test("writes each to its file, and the default to standard output", async () => {
    const { galley, read, folder } = place({ "a.md": WRONG, "out/old.xml": "old" });
    const args = ["--format", "sarif=out/a.sarif", "--format=junit=out/old.xml"];
    const { code, out, err } = await galley("check", ...args);
    expect([code, err]).toEqual([1, ""]);
    expect(out).toContain("1 warning in 1 draft");
    expect(JSON.parse(read("out/a.sarif"))).toMatchObject({ version: "2.1.0" });
    expect(read("out/old.xml")).toContain('name="a.md"');
    expect(readdirSync(path.join(folder, "out")).sort()).toEqual(["a.sarif", "old.xml"]);
  });

  test("besides one on standard output, in either order", async () => {
    const { galley, read } = place({ "a.md": WRONG });
    for (const formats of [
      ["compact", "json=b=c.json"],
      ["json=b=c.json", "compact"],
    ]) {
      const args = formats.flatMap((one) => ["--format", one]);
      expect((await galley("check", ...args)).out).toMatch(/^a\.md:1:20: warning: [^\n]+\n$/);
      expect(JSON.parse(read("b=c.json"))).toMatchObject({ summary: { findings: 1 } });
    }
  });

  test.each([
    [["sarif="], "Name a file"],
    [[""], "Allowed choices are pretty, "],
    [["=a"], "Allowed choices are pretty, "],
    [["nonsense"], "Allowed choices are pretty, "],
    [["nonsense=a"], "Allowed choices are pretty, "],
    [["json", "compact"], "Only one format can go to standard output"],
    [["json=a", "compact=a"], "Another format goes to that file."],
  ])("%j is a mistake, and nothing is checked or written", async (formats, message) => {
    const { galley, folder } = place({ "a.md": WRONG });
    const args = formats.flatMap((one) => ["--format", one]);
    const { code, out, err } = await galley("check", ...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
    expect(readdirSync(folder)).toEqual(["a.md"]);
  });

  test("a file that can't be written is reported, the others are written, and the exit code is 2", async () => {
    const { galley, folder, read } = place({ "a.md": WRONG, "b.md": RIGHT, "notes.txt": "" });
    mkdirSync(path.join(folder, "folder"));
    symlinkSync("nowhere", path.join(folder, "link"));
    symlinkSync("notes.txt", path.join(folder, "other"));
    symlinkSync("b.md", path.join(folder, "draft"));
    const wrong = ["folder", "link", "other", "no/such/file", "a.md", "draft"];
    const args = [...wrong, "good.json"].flatMap((file) => ["--format", `json=${file}`]);
    const { code, out, err } = await galley("check", ...args);
    expect(code).toBe(2);
    expect(out).toContain("1 warning");
    const told = err.split("\n").slice(0, -1);
    expect(told.map((line) => line.split(": ")[1])).toEqual(wrong);
    for (const line of told) expect(line).toContain("The report was not written there. ");
    expect([read("a.md"), read("b.md"), read("notes.txt")]).toEqual([WRONG, RIGHT, ""]);
    expect(existsSync(path.join(folder, "nowhere"))).toBe(false);
    expect(JSON.parse(read("good.json"))).toMatchObject({ summary: { findings: 1 } });
  });
});

test("two reports for one file under two names, or one for a config file, are refused", async () => {
  const { galley, read } = place({ "a.md": WRONG, ".galley.json": "{}" });
  const formats = ["compact=a.txt", "json=./a.txt", "json=.galley.json", `json=${BASELINE_NAME}`];
  const { code, err } = await galley("check", ...formats.flatMap((one) => ["--format", one]));
  expect(code).toBe(2);
  expect(err).toContain("./a.txt: The report was not written there. Another report of this run");
  expect(err).toContain(".galley.json: The report was not written there. It is a config file.");
  expect(err).toContain(`${BASELINE_NAME}: The report was not written there. It is a baseline.`);
  expect(read("a.txt")).toMatch(/^a\.md:1:20: warning/);
  expect(read(".galley.json")).toBe("{}");
});

test("a report overwrites no config file or baseline of its run, whatever their names", async () => {
  const texts = {
    "base.json": '{ "version": 2, "findings": [] }',
    "house.json": '{ "extends": ["./more.json"] }',
    "more.json": '{ "rules": { "repeated-block": "off" } }',
  };
  const { galley, read, write } = place({ "docs/a.md": WRONG, ...texts }, WRONG);
  const names = Object.keys(texts);
  const formats = names.flatMap((name) => ["--format", `json=${name}`]);
  for (const given of ["docs", "-"]) {
    const named = ["--baseline", "base.json", "--config", "house.json"];
    const { code, err } = await galley("check", given, ...named, ...formats);
    expect(code).toBe(2);
    for (const name of names) {
      expect(err).toContain(
        `${name}: The report was not written there. It is a config file or a baseline of this run.`,
      );
    }
    expect(Object.fromEntries(names.map((name) => [name, read(name)]))).toEqual(texts);
  }
  // Nor one that can't be read.
  write("base.json", new Uint8Array(MAX_BYTES.baseline + 1));
  const large = await galley("check", "--baseline=base.json", "--format=json=base.json");
  expect(large.err).toContain(
    "base.json: The report was not written there. It is a config file or",
  );
});

test("a run that could not read a draft is not a success in any report", async () => {
  const { galley, read } = place({ "a.md": RIGHT });
  const formats = ["sarif=a.sarif", "junit=a.xml"].flatMap((one) => ["--format", one]);
  expect((await galley("check", "gone.md", "a.md", ...formats)).code).toBe(2);
  expect(read("a.sarif")).toContain('"executionSuccessful":false');
  expect(read("a.sarif")).toMatch(/{"level":"error","message":{"text":"gone\.md: [^"]+"}}/);
  expect(read("a.xml")).toContain('<testsuites name="galley" tests="2" failures="0" errors="1"');
  expect(read("a.xml")).toMatch(/<testcase name="galley" classname="gone\.md" time="0"><error /);
});

describe("in GitHub Actions", () => {
  const ACTIONS = { GITHUB_ACTIONS: "true" };

  test("annotations are the default if no format is named and nobody is watching", async () => {
    const first = async (isTTY: boolean, ...args: string[]): Promise<string> => {
      const { galley } = place({ "a.md": WRONG }, "", ACTIONS, isTTY);
      return (await galley("check", ...args)).out.split("\n")[0] ?? "";
    };
    expect(await first(false)).toMatch(/^::warning file=a\.md,line=1,/);
    expect(await first(false, "--format", "json=b.json")).toMatch(/^::warning file=a\.md/);
    expect(await first(true)).toBe("a.md");
    expect(await first(false, "--format", "pretty")).toBe("a.md");
    expect((await place({ "a.md": WRONG }).galley("check")).out.split("\n")[0]).toBe("a.md");
  });

  test("the table is added to the step's summary, unless nothing was found", async () => {
    const summary = path.join(place({}).folder, "summary.md");
    const env = { ...ACTIONS, GITHUB_STEP_SUMMARY: summary };
    await place({ "a.md": RIGHT }, "", env).galley("check");
    expect(existsSync(summary)).toBe(false);
    const { galley } = place({ "a.md": WRONG }, "", env);
    await galley("check");
    await galley("check");
    expect(readFileSync(summary, "utf8").split("### Galley: 1 warning in 1 draft")).toHaveLength(3);
    await galley("check", "--format", "pretty");
    expect(readFileSync(summary, "utf8").split("### Galley")).toHaveLength(3);
    const nowhere = { ...ACTIONS, GITHUB_STEP_SUMMARY: "" };
    expect((await place({ "a.md": WRONG }, "", nowhere).galley("check")).err).toBe("");
  });

  test("a summary that can't be written is reported, and is not a failure", async () => {
    const env = { ...ACTIONS, GITHUB_STEP_SUMMARY: place({}).folder };
    const { galley } = place({ "a.md": WRONG }, "", env);
    const { code, err } = await galley("check");
    expect(code).toBe(1);
    expect(err).toContain("The report was not written there. It is no regular file.");
  });
});
