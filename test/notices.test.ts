import { build, type Metafile } from "esbuild";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { newFolder } from "./support/for-one-test.ts";
import { BUNDLE } from "./support/lsp.ts";

const { notices } = (await import(path.resolve("scripts/notices.mjs"))) as {
  notices: (root: string, metafiles: readonly Metafile[]) => string;
};

/** The notices for a program that uses all of some packages, each with these files. */
async function noticesOf(packages: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const names = Object.keys(packages);
  const folder = newFolder({
    "index.js": names.map((name, at) => `export * as a${at} from "${name}";\n`).join(""),
  });
  for (const [name, files] of Object.entries(packages)) {
    folder.write(`node_modules/${name}/index.js`, "export const used = 1;\n");
    for (const [file, text] of Object.entries(files)) {
      folder.write(`node_modules/${name}/${file}`, text);
    }
  }
  const { metafile } = await build({
    entryPoints: ["index.js"],
    absWorkingDir: folder.path,
    bundle: true,
    format: "esm",
    metafile: true,
    write: false,
  });
  return notices(folder.path, [metafile, metafile]);
}

function manifest(name: string, license: unknown): string {
  return JSON.stringify({ name, version: "1.0.0", license });
}

test("each package is named once, with its licence and its notices", async () => {
  const text = await noticesOf({
    one: { "package.json": manifest("one", "MIT"), LICENSE: "Copyright A\r\n" },
    "@b/two": {
      "package.json": manifest("@b/two", "Apache-2.0"),
      "license.txt": "Copyright B\n",
      NOTICE: "By B.\n",
    },
  });
  expect(text.split(`\n${"-".repeat(80)}\n\n`)).toEqual([
    "Galley contains the following packages.\n",
    "@b/two 1.0.0 (Apache-2.0)\n\nBy B.\n\nCopyright B\n",
    "one 1.0.0 (MIT)\n\nCopyright A\n",
  ]);
});

test.each([
  [
    "no licence text",
    { "package.json": manifest("one", "MIT") },
    "one 1.0.0: it has no licence text",
  ],
  [
    "an empty licence text",
    { "package.json": manifest("one", "MIT"), LICENSE: "\n" },
    "one 1.0.0: it has no licence text",
  ],
  [
    "a licence that is not allowed",
    { "package.json": manifest("one", "GPL-3.0-only"), LICENSE: "A" },
    "one 1.0.0: its licence is GPL-3.0-only",
  ],
  [
    "no licence",
    { "package.json": manifest("one", undefined), LICENSE: "A" },
    "one 1.0.0: its licence is undefined",
  ],
])("a package with %s is not bundled", async (_what, files, message) => {
  const good = { "package.json": manifest("good", "MIT"), LICENSE: "A" };
  await expect(noticesOf({ good, one: files })).rejects.toThrow(`Not to be bundled:\n${message}`);
});

test.runIf(existsSync(BUNDLE))("the build writes the notices of what it bundles", () => {
  const text = readFileSync("dist/THIRD-PARTY-NOTICES.txt", "utf8");
  const maps = ["client/node.cjs", "client/browser.cjs.js", "server/browser.js", "cli.js"];
  const sources = maps.flatMap((file) => {
    const map = readFileSync(`dist/${file}.map`, "utf8");
    return (JSON.parse(map) as { sources: string[] }).sources;
  });
  const named = sources.flatMap(
    (source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [],
  );
  // A library's own source map may contain any path of its authors.
  const bundled = [...new Set(named)].filter((name) => existsSync(`node_modules/${name}`));
  expect(bundled.length).toBeGreaterThan(10);
  expect(bundled.filter((name) => !text.includes(`\n\n${name} `))).toEqual([]);
});
