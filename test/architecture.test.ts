import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { REPORTERS } from "../server/src/cli/reporters/index.ts";
import { FORMAT_IDS } from "../server/src/formats/registry.ts";
import { RULES } from "../server/src/rules/index.ts";

// What may import what is in .dependency-cruiser.mjs, and checked by `npm run structure`.

test("the client names no rule", () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(5);
  for (const name of readdirSync("client/src")) {
    const source = readFileSync(`client/src/${name}`, "utf8");
    for (const id of ids) expect(source, `client/src/${name}`).not.toContain(id);
  }
});

test("each rule is a file of its name, judges by itself, and has a test of its name", () => {
  const files = readdirSync("server/src/rules").filter((name) => name.endsWith(".ts"));
  const tests = readdirSync("test/rules");
  for (const rule of RULES) {
    expect(files).toContain(`${rule.id}.ts`);
    expect(tests).toContain(`${rule.id}.test.ts`);
    expect(rule, rule.id).toHaveProperty("check");
  }
  expect(files.filter((name) => !["index.ts", "rule.ts"].includes(name))).toHaveLength(
    RULES.length,
  );
});

/** The names of the server's source files. */
const SOURCES = readdirSync("server/src", { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll(path.sep, "/"))
  .filter((name) => name.endsWith(".ts"));

test("a rule's name is only in its own file", () => {
  expect(SOURCES.length).toBeGreaterThan(100);
  for (const name of SOURCES) {
    const source = readFileSync(`server/src/${name}`, "utf8");
    for (const { id } of RULES) {
      if (name === `rules/${id}.ts`) continue;
      for (const quote of ['"', "'", "`"]) {
        // Imported names have another ending.
        expect(source, name).not.toContain(quote + id + quote);
      }
    }
  }
});

test("a reporter is its file and one line", () => {
  const files = readdirSync("server/src/cli/reporters").sort();
  const names = REPORTERS.map(({ name }) => `${name}.ts`);
  expect(files).toEqual([...names, "index.ts", "reporter.ts", "support"].sort());
  for (const name of readdirSync("server/src/cli").filter((file) => file.endsWith(".ts"))) {
    const source = readFileSync(`server/src/cli/${name}`, "utf8");
    for (const reporter of REPORTERS) {
      expect(source, name).not.toMatch(new RegExp(`["'\`]${reporter.name}["'\`]`));
    }
  }
});

test.each([
  ["FNV-1a", "text/hash.ts", /0x01000193|16777619/i],
  ["the finaliser of MurmurHash3", "text/hash.ts", />>> 16\), 0x85ebca6b\)/i],
  ["binary search", "text/search.ts", /\(low \+ high\b/],
])("%s is written only once", (_what, where, sign) => {
  const having = SOURCES.filter((name) => sign.test(readFileSync(`server/src/${name}`, "utf8")));
  expect(having).toEqual([where]);
});

test("a format is known to its folder and to formats/registry.ts", () => {
  const own = /^server\/src\/formats\//;
  const generated = /\.generated\.ts$/;
  const exempt = new Set([
    // The language of the examples on rule pages.
    "server/src/rules/support/rule-page.ts",
  ]);
  const sources = ["server/src", "client/src", "scripts"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => path.posix.join(folder, name.replaceAll("\\", "/"))),
  );
  expect(sources.length).toBeGreaterThan(100);
  const named = sources
    .filter((file) => !own.test(file) && !generated.test(file) && !exempt.has(file))
    .filter((file) => {
      const source = readFileSync(file, "utf8");
      return FORMAT_IDS.some((id) => source.includes(`"${id}"`));
    });
  expect(named).toEqual([]);
});

test("ARCHITECTURE.md is short, and names only folders, files, tests and libraries that exist", () => {
  const page = readFileSync("ARCHITECTURE.md", "utf8");
  expect(page.split(/\s+/).length).toBeLessThan(1500);
  const rows = [...page.matchAll(/^\| `([\w/]+\/)` .*$/gm)];
  const folders = rows.map(([, folder = ""]) => folder);
  const sources = readdirSync("server/src", { withFileTypes: true });
  const top = sources.filter((entry) => entry.isDirectory()).map(({ name }) => `${name}/`);
  expect(folders).toEqual(expect.arrayContaining(top));
  for (const [row, folder = ""] of rows) {
    const [root = ""] = ["server/src", "."].filter((from) => existsSync(`${from}/${folder}`));
    for (const [, name = ""] of row.matchAll(/`([\w/-]+\.ts)`/g)) {
      const file = [`${root}/${folder}${name}`, `${root}/${folder}node/${name}`].find(existsSync);
      expect(file, `${folder}${name}`).toBeDefined();
      const main = row.includes(`**\`${name}\`**`);
      if (main) expect(readFileSync(file ?? "", "utf8")).toMatch(/^\/\*\n(?: \*.*\n){3,60} \*\/\n/);
    }
  }
  for (const [, name = ""] of page.matchAll(/^\d.*[:,] `([a-z-]+(?:\/[a-z-]*)?)`\.$/gm)) {
    expect(existsSync(`test/${name}.test.ts`) || existsSync(`test/${name}`), name).toBe(true);
  }
  const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    devDependencies: Record<string, string>;
  };
  for (const [, names = ""] of page.matchAll(/^\| ([@\w/, -]+?) +\| (?!:?-)/gm)) {
    if (/^(?:folder|path|library)$/.test(names)) continue;
    for (const name of names.split(", ")) expect(devDependencies).toHaveProperty([name]);
  }
});
