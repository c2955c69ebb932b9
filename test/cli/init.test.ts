import { lstatSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../../server/src/settings/config/config.ts";
import { place, RIGHT, WRONG } from "./support.ts";

const CONFIG = ".galley.json";

describe("galley init", () => {
  test("writes a file that changes nothing, and whose comments are right", async () => {
    const { galley, read } = place({ "a.md": WRONG });
    const report = (await galley("check", "--format", "compact")).out;
    const { code, out, err } = await galley("init");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Wrote \.galley\.json, .*\nNext: galley check\n$/);
    expect(parseConfig(read(CONFIG))).toMatchObject({ config: {}, problems: [] });
    expect((await galley("check", "--format", "compact")).out).toBe(report);
    const { config, problems } = parseConfig(read(CONFIG).replaceAll('// "', '"'));
    expect(problems).toEqual([]);
    // What can be copied has straight quotes.
    expect(read(CONFIG)).toContain('"off", "hint", "information", "warning" or "error"');
    expect(Object.keys(config).sort()).toEqual(["accept", "exclude", "include", "rules"]);
  });

  test("extends the config file that applied here before", async () => {
    const { galley, read } = place({
      ".git/HEAD": "",
      ".galley.json": '{ "rules": { "repeated-word": "error" } }',
      "in/“a\\b”/a.md": WRONG,
    });
    await galley("init", "in/“a\\b”");
    const { config, problems } = parseConfig(read("in/“a\\b”/.galley.json"));
    expect([config.extends, problems]).toEqual([["../../.galley.json"], []]);
    expect((await galley("check", "--format", "compact")).out).toContain(": error: ");
  });

  test("never writes over anything, also through a link", async () => {
    const { galley, read, folder } = place({ "a.md": RIGHT, [CONFIG]: "{}" });
    expect(await galley("init")).toEqual({
      code: 2,
      out: "",
      err: "galley: .galley.json already exists and was not changed.\n",
    });
    expect(read(CONFIG)).toBe("{}");
    const other = place({ "a.md": RIGHT });
    symlinkSync(path.join(folder, "new.json"), path.join(other.folder, CONFIG));
    expect((await other.galley("init")).code).toBe(2);
    expect(lstatSync(path.join(folder, "new.json"), { throwIfNoEntry: false })).toBeUndefined();
  });

  test("says so if the folder doesn't exist", async () => {
    expect(await place({}).galley("init", "nowhere")).toMatchObject({
      code: 2,
      err: "galley: nowhere/.galley.json: It was not written. There is no such file or folder.\n",
    });
  });
});
