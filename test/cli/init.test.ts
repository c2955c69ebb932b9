import fc from "fast-check";
import { lstatSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { starterText } from "../../server/src/cli/init/starter.ts";
import { type Config, parseConfig } from "../../server/src/settings/config/config.ts";
import { runs } from "../support/property.ts";
import { place, RIGHT, WRONG } from "./support.ts";

const CONFIG = ".galley.json";

function configOf(text: string): Config {
  const { config, problems } = parseConfig(text);
  expect(problems).toEqual([]);
  return config;
}

/** The generator, the files and what is included; test/cli/init/site.test.ts knows all generators. */
const SITES: readonly [string, readonly string[], readonly string[]][] = [
  ["Hugo", ["config.toml", "themes/x/theme.toml", "content/a.md"], ["content/**"]],
  ["Jekyll", ["_config.yml", "_posts/2024-01-01-a.md", "_site/a.md"], []],
  ["Docusaurus", ["docusaurus.config.ts", "docs/a.md", "blog/a.md"], ["docs/**", "blog/**"]],
  ["Docusaurus", ["website/docusaurus.config.js", "website/docs/a.mdx"], ["website/docs/**"]],
  ["none that Galley knows", ["articles/a.md"], []],
];

describe("galley init", () => {
  test.each(SITES)("knows %s by %j", async (name, files, include) => {
    const { galley, read, write } = place(
      Object.fromEntries(files.map((file) => [file, /\.mdx?$/.test(file) ? WRONG : ""])),
    );
    write("README.md", RIGHT);
    const { code, out, err } = await galley("init");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`Site generator: ${name}\n`);
    const config = configOf(read(CONFIG));
    expect(config.include ?? []).toEqual(include);
    expect(read(CONFIG)).toMatch(/^\/\/ Made by galley init for /);
    if (include.length > 0) expect(read(CONFIG)).toContain("not checked: README.md");
    // What it has written holds, and is no mistake.
    const after = await galley("check", "--format", "json", "--fail-on", "never");
    expect(after.code).toBe(0);
    const drafts = (JSON.parse(after.out) as { files: { path: string }[] }).files;
    expect(out).toContain(`Drafts: ${drafts.length} draft`);
    expect(drafts.some((draft) => draft.path === "_site/a.md")).toBe(false);
  });

  test("takes out what is made from the drafts", async () => {
    const { galley, read } = place({ "_config.yml": "", "a.md": RIGHT, "_site/a.md": WRONG });
    await galley("init");
    expect(configOf(read(CONFIG)).exclude).toEqual(["_site/**"]);
  });

  test("suggests less of what is found most, in comments", async () => {
    const { galley, read } = place({ "a.md": WRONG.repeat(8).replaceAll("\n", "\n\n") });
    const { out } = await galley("init");
    expect(out).toMatch(/^ {4}repeated-word +8$/m);
    expect(read(CONFIG)).toMatch(/^ {4}\/\/ "repeated-word": "hint",$/m);
    expect(configOf(read(CONFIG)).rules).toEqual({});
    const taken = read(CONFIG).replace('// "repeated-word"', '"repeated-word"');
    expect(configOf(taken).rules).toEqual({ "repeated-word": "hint" });
  });

  test("extends the config file that held here before", async () => {
    const { galley, read } = place({
      ".git/HEAD": "",
      ".galley.json": '{ "rules": { "repeated-word": "error" } }',
      "in/docs/a.md": WRONG,
    });
    await galley("init", "in/docs");
    expect(configOf(read("in/docs/.galley.json")).extends).toEqual(["../../.galley.json"]);
    expect((await galley("check", "--format", "compact")).out).toContain(": error: ");
  });

  test("never writes over anything, also through a link", async () => {
    const { galley, read, folder } = place({ "a.md": RIGHT, [CONFIG]: "{}" });
    expect(await galley("init")).toEqual({
      code: 2,
      out: "",
      err: "galley: There is a .galley.json here already. It was left as it is.\n",
    });
    expect(read(CONFIG)).toBe("{}");
    const other = place({ "a.md": RIGHT });
    symlinkSync(path.join(folder, "new.json"), path.join(other.folder, CONFIG));
    expect((await other.galley("init")).code).toBe(2);
    expect(lstatSync(path.join(folder, "new.json"), { throwIfNoEntry: false })).toBeUndefined();
  });

  test("writes nothing where nothing is found, and says so", async () => {
    const { galley, folder } = place({ "hugo.toml": "", "content/a.md": RIGHT, "b.md": RIGHT });
    const { code, out } = await galley("init");
    expect(out).toBe(
      "Nothing found in 2 drafts with 18 words, so no .galley.json was written.\nNext: galley check\n",
    );
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["b.md", "content", "hugo.toml"]);
  });

  test("writes no number of what it has found, which would soon be another", async () => {
    const drafts = [1, 2, 3, 4, 5].flatMap((n) => [`content/${n}.md`, `notes/${n}.md`]);
    const files = Object.fromEntries(drafts.map((name) => [name, WRONG.repeat(8)]));
    const { galley, read } = place({ ...files, "hugo.toml": "" });
    const { out } = await galley("init");
    expect(out).toMatch(/Drafts: 5 drafts/);
    expect(read(CONFIG).replace(/notes\/\d\.md/g, "")).not.toMatch(/\d/);
  });

  test("writes nothing where there are no drafts", async () => {
    const { galley, folder } = place({ "a.js": "" });
    const ran = await galley("init");
    expect(ran).toEqual({
      code: 2,
      out: "",
      err: "galley: No drafts here: nothing was written.\n",
    });
    expect(lstatSync(path.join(folder, CONFIG), { throwIfNoEntry: false })).toBeUndefined();
    expect((await galley("init", "nowhere")).code).toBe(2);
  });

  test("says how a baseline is made, and writes one only with --baseline", async () => {
    const { galley, folder } = place({ "a.md": WRONG });
    const { out } = await galley("init");
    expect(out).toMatch(/Next: “galley baseline” lists/);
    expect(
      lstatSync(path.join(folder, ".galley-baseline.json"), { throwIfNoEntry: false }),
    ).toBeUndefined();
    const other = place({ "a.md": WRONG });
    await other.galley("init", "--baseline");
    expect((await other.galley("check")).code).toBe(0);
  });
});

test("whatever things are called, what is written is read without a mistake and says the same", () => {
  const name = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("*/ x", "a\nb", '"], "rules": {', "\u2028", "// x", "{a,b}"),
  );
  fc.assert(
    fc.property(
      fc.record({
        about: name,
        extends: fc.constantFrom([], ["../.galley.json"]),
        include: fc.array(name),
        elsewhere: fc.option(name, { nil: undefined }),
        exclude: fc.array(name),
        rules: fc.array(fc.constantFrom("repeated-word", "empty-link")),
      }),
      (starter) => {
        const { config, problems, isBroken } = parseConfig(starterText(starter));
        expect(isBroken).toBe(false);
        // A name may be no pattern; that is told, and nothing else.
        expect(problems.filter(({ message }) => !/“(?:include|exclude)”/.test(message))).toEqual(
          [],
        );
        if (problems.length === 0) expect(config.include ?? []).toEqual(starter.include);
        expect(config.extends ?? []).toEqual(starter.extends);
      },
    ),
    runs(300),
  );
});
