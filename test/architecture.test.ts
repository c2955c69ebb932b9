import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { FORMAT_IDS } from "../server/src/formats/registry.ts";
import { RULES } from "../server/src/rules/index.ts";

// What may import what is said in .dependency-cruiser.mjs, and checked by `npm run structure`.

test("the client names no rule", () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(5);
  for (const name of readdirSync("client/src")) {
    const source = readFileSync(`client/src/${name}`, "utf8");
    for (const id of ids) expect(source, `client/src/${name}`).not.toContain(id);
  }
});

test("each rule is a file of its name, and has a test of its name", () => {
  const files = readdirSync("server/src/rules").filter((name) => name.endsWith(".ts"));
  const tests = readdirSync("test/rules");
  for (const { id } of RULES) expect(files).toContain(`${id}.ts`);
  for (const { id, scope } of RULES) {
    if (scope === "block" || scope === "draft") expect(tests).toContain(`${id}.test.ts`);
  }
  expect(files.filter((name) => !["index.ts", "rule.ts"].includes(name))).toHaveLength(
    RULES.length,
  );
});

test("a format is known to its folder and to formats/registry.ts", () => {
  const own = /^server\/src\/formats\//;
  const generated = /\.generated\.ts$/;
  const exempt = new Set([
    // The language of the examples on a rule's page.
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
