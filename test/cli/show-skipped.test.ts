import { linkSync, mkdirSync, readdirSync, symlinkSync, truncateSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { MAX_BYTES } from "../../server/src/project/read-limits.ts";
import { type JsonReport, reportIn } from "../support/command.ts";
import { type Place, place, RIGHT, WRONG } from "./support.ts";

async function documentOf({ galley }: Place, ...args: string[]): Promise<JsonReport> {
  return reportIn((await galley("check", "--format", "json", ...args)).out);
}

const DATA = "alpha\nbeta\ngamma\ndelta\n";

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  ".galley.json": '{ "exclude": ["archive", "old-*.md"] }',
  ".gitignore": "drafts/private.md\nbuild/\n",
  "archive/story.md": WRONG,
  "build/page.md": WRONG,
  "data.txt": DATA,
  "drafts/binary.md": new Uint8Array([0x61, 0, 0x62]),
  "drafts/logo.png": "x",
  "drafts/off.md": `<!-- stet-file -->\n\n${WRONG}`,
  "drafts/old-story.md": WRONG,
  "drafts/page.html": `<p>${WRONG}</p>`,
  "drafts/private.md": WRONG,
  "drafts/right.md": RIGHT,
  "drafts/robots.txt": RIGHT,
  "CHANGELOG.md": RIGHT,
  "node_modules/one/readme.md": WRONG,
  "node_modules/two/readme.md": WRONG,
};

/** It names the formats whose files are drafts by default. */
const OTHER_KIND = /^It is not Markdown\b.* or .+\.$/;

const REASONS: Readonly<Record<string, RegExp>> = {
  ".galley.json": OTHER_KIND,
  ".gitignore": OTHER_KIND,
  "archive/": /^“exclude” in \.galley\.json leaves it out\.$/,
  "build/": /\.gitignore/,
  "CHANGELOG.md": /change log or a licence/,
  "data.txt": /reads like data/,
  "drafts/binary.md": /UTF-8/,
  "drafts/logo.png": OTHER_KIND,
  "drafts/off.md": /stet-file/,
  "drafts/old-story.md": /^“exclude” in \.galley\.json leaves it out\.$/,
  "drafts/page.html": /HTML is read only if “include” asks/,
  "drafts/private.md": /\.gitignore/,
  "drafts/robots.txt": /for programs/,
  "node_modules/": /installed packages/,
};

test("--show-skipped lists every file that was not checked, with its reason", async () => {
  const there = place(FILES);
  const { files, skipped = [] } = await documentOf(there, "--show-skipped");
  expect(skipped.map((one) => one.path)).toEqual(
    Object.keys(REASONS).sort((a, b) => (a < b ? -1 : 1)),
  );
  for (const one of skipped) expect(one.reason).toMatch(REASONS[one.path] ?? /^$/);
  expect(files.map((file) => file.path)).toEqual(["drafts/off.md", "drafts/right.md"]);
});

test("every file is checked, or listed, or in a folder that is listed", async () => {
  const there = place(FILES);
  const { folder } = there;
  there.write("large.md", "");
  truncateSync(path.join(folder, "large.md"), MAX_BYTES.draft + 1);
  symlinkSync("drafts", path.join(folder, "link-to-folder"));
  symlinkSync("nowhere", path.join(folder, "dangling.md"));
  linkSync(path.join(folder, "drafts/right.md"), path.join(folder, "twice.md"));
  mkdirSync(path.join(folder, "empty"));
  for (const args of [[], ["."], ["drafts", "data.txt"], ["drafts", "."]]) {
    const top = args[0] === "drafts" && !args.includes(".") ? "drafts" : ".";
    const { files, skipped = [] } = await documentOf(there, "--show-skipped", ...args);
    const named = [...files, ...skipped].map((one) => one.path);
    const met = readdirSync(path.join(folder, top), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
    const passedOver = named.filter((name) => name.endsWith("/"));
    const missing = met.filter(
      (file) => !named.includes(file) && !passedOver.some((name) => file.startsWith(name)),
    );
    expect(missing).toEqual([]);
    expect(new Set(skipped.map((one) => one.path)).size).toBe(skipped.length);
    for (const { reason } of skipped) expect(reason).toMatch(/^[A-Z“].*\.$/);
  }
});

test("if `include` names other files, it is the reason", async () => {
  const there = place({
    "site/.galley.json": '{ "include": ["content/**"] }',
    "site/content/a.md": RIGHT,
    "site/notes.md": RIGHT,
  });
  const { skipped } = await documentOf(there, "--show-skipped");
  expect(skipped).toContainEqual({
    path: "site/notes.md",
    reason: "“include” in site/.galley.json names other files.",
  });
});

test("the pretty report lists them under a heading, JSON only with the option", async () => {
  const there = place({ "a.md": RIGHT, "data.txt": DATA });
  const { out, code } = await there.galley("check", "--show-skipped");
  expect(out).toMatch(
    /^Not checked \([^)]*\):\n {2}data\.txt: It reads like data[^\n]*\n\nNothing found/,
  );
  expect(code).toBe(0);
  expect((await documentOf(there)).skipped).toBeUndefined();
});

test("the compact report stays one line per finding; the list goes to standard error", async () => {
  const { galley } = place({ "a.md": WRONG, "data.txt": DATA });
  const ran = await galley("check", "--show-skipped", "--format", "compact");
  expect(ran.out).toMatch(/^a\.md:1:20: [^\n]*\n$/);
  expect(ran.err).toMatch(/^galley: data\.txt: It reads like data[^\n]*\n$/);
});

test("without the option, one line counts the drafts that were left out, if any", async () => {
  const binary = { "binary.md": new Uint8Array([0x61, 0]) };
  const data = place({ "a.md": RIGHT, "data.txt": DATA, "more.txt": DATA, ...binary });
  // A file that can't be read is listed by name.
  const line = "2 files were not checked: --show-skipped says why.";
  expect((await data.galley("check")).out.trimEnd().split("\n").at(-1)).toBe(line);
  const one = place({ "data.txt": DATA });
  expect((await one.galley("check")).out).toBe(
    "No drafts here: nothing was checked.\n1 file was not checked: --show-skipped says why.\n",
  );
  const compact = await data.galley("check", "--format", "compact");
  expect(compact.out).toBe("");
  expect(compact.err).toContain(`galley: ${line}\n`);
  // Next to drafts, files that nobody takes for drafts are not mentioned, nor those the user left out.
  const other = place({
    "a.md": RIGHT,
    "logo.png": "x",
    "page.html": "x",
    "old/b.md": RIGHT,
    "build/c.md": RIGHT,
    ".gitignore": "build\n",
    ".galley.json": '{ "exclude": ["old"] }',
  });
  expect((await other.galley("check")).out).not.toMatch(/not (?:checked|read)/);
});

test("a folder with only HTML says that HTML is not included, and its advice works", async () => {
  const there = place({ "a.html": `<p>${WRONG}</p>`, "b/c.htm": `<p>${RIGHT}</p>`, "d.png": "x" });
  const note =
    '2 HTML files were not read: "include": ["**/*.{html,htm,xhtml}"] in .galley.json reads them.';
  const nothing = "No drafts here: nothing was checked.";
  expect((await there.galley("check", ".", "b")).out).toBe(`${nothing}\n${note}\n`);
  const compact = await there.galley("check", "--format", "compact");
  expect(compact.err).toBe(`galley: ${nothing}\ngalley: ${note}\n`);
  expect((await there.galley("check", "--show-skipped")).out).not.toContain(note);
  expect((await there.galley("baseline")).err).toContain(note);
  there.write(".galley.json", `{${note.slice(note.indexOf('"'), note.indexOf(" in "))}}`);
  expect((await there.galley("check")).out).toMatch(/^a\.html\n[^]* in 2 drafts/);
});

test("if `include` names other files than there are, one line counts the drafts outside it", async () => {
  const there = place({ ".galley.json": '{ "include": ["content/**"] }', "in/a.md": WRONG });
  const nothing = "No drafts here: nothing was checked.\n";
  const one = "1 file that would be a draft is outside “include”: --show-skipped names it.";
  expect((await there.galley("check")).out).toBe(`${nothing}${one}\n`);
  // A file that would not be a draft without “include” either is not counted.
  for (const name of ["logo.png", "page.html", "robots.txt"]) there.write(name, RIGHT);
  there.write("b.txt", RIGHT);
  const two = one.replace("1 file that would be a draft is", "2 files that would be drafts are");
  const line = two.replace("names it", "names them");
  expect((await there.galley("check", ".", "in")).out).toBe(`${nothing}${line}\n`);
  expect((await there.galley("check", "--format", "compact")).err).toContain(`galley: ${line}\n`);
  const shown = (await there.galley("check", "--show-skipped")).out;
  expect(shown).toContain("  in/a.md: “include” in .galley.json names other files.\n");
  expect(shown).not.toContain("outside");
  // Next to drafts it is what the user wanted.
  there.write("content/c.md", RIGHT);
  expect((await there.galley("check")).out).not.toContain("outside");
});

const LEFT_OUT = [
  ".github/ISSUE_TEMPLATE/bug.md",
  ".github/pull_request_template.md",
  "CHANGELOG.md",
  "test/unit/fixtures/a.md",
];

test("files left out by default are counted in one line, listed with the reason, and can be included", async () => {
  const there = place({
    "a.md": RIGHT,
    ...Object.fromEntries(LEFT_OUT.map((name) => [name, RIGHT])),
  });
  for (const format of ["pretty", "compact"]) {
    const { out, err } = await there.galley("check", "--format", format);
    const lines = `${out}${err}`.split("\n").filter((line) => line.includes("not checked"));
    expect(lines).toEqual([
      expect.stringMatching(/^(?:galley: )?4 files were not checked: --show-skipped says why\.$/),
    ]);
  }
  const { skipped = [] } = await documentOf(there, "--show-skipped");
  const names = skipped.map((one) => one.path);
  expect(names).toEqual([...LEFT_OUT].sort());
  const include = [
    "**",
    ".github/ISSUE_TEMPLATE/**",
    "pull_request_template.md",
    "CHANGELOG.md",
    "test/unit/fixtures/**",
  ];
  there.write(".galley.json", JSON.stringify({ include }));
  const { files } = await documentOf(there);
  expect(files.map((file) => file.path)).toEqual([...LEFT_OUT, "a.md"].sort());
  expect((await there.galley("check")).out).not.toContain("not checked");
});
