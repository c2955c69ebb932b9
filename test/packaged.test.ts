import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { newFolder } from "./support/for-one-test.ts";
import { targetsIn } from "./support/pages.ts";

/* How the packaged extension appears in VS Code. `test/e2e/vscode.test.ts` tests it installed. */

const { withPictures } = (await import(path.resolve("scripts/pictures-as-data.mjs"))) as {
  withPictures: (page: string, root: string) => string;
};

test("the extension's page is the writers' page, without links to files", () => {
  expect(readFileSync("scripts/package.mjs", "utf8")).toContain('"client/README.md"');
  expect(readFileSync(".vscodeignore", "utf8")).not.toContain("README");
  for (const page of ["client/README.md", "CHANGELOG.md"]) {
    const relative = targetsIn(page).filter(
      (target) => !/^https:|^\.\.\/images\/page\//.test(target),
    );
    expect([page, relative]).toEqual([page, []]);
  }
});

test("its pictures are in the page itself, because VS Code shows no others, and small", () => {
  const written = readFileSync("client/README.md", "utf8");
  const page = withPictures(written, process.cwd());
  const pictures = [...page.matchAll(/!\[[^\]]+\]\(data:image\/png;base64,([^)]*)\)/g)];
  expect(pictures).toHaveLength(3);
  expect(written.match(/!\[/g)).toHaveLength(3);
  for (const [, data = ""] of pictures) {
    const bytes = Buffer.from(data, "base64");
    expect(bytes.toString("latin1", 1, 4)).toBe("PNG");
    expect(bytes.byteLength).toBeLessThan(60 * 1024);
  }
});

test("the page uses the actual names of commands and settings", () => {
  const page = readFileSync("client/README.md", "utf8");
  const texts = JSON.parse(readFileSync("package.nls.json", "utf8")) as Record<string, string>;
  const titles = Object.entries(texts)
    .filter(([key]) => key.startsWith("commands."))
    .map(([, title]) => `Galley: ${title}`);
  const named = [...page.matchAll(/^\| (Galley: [^|]*?) *\|/gm)].map(([, title = ""]) => title);
  expect(named.length).toBeGreaterThan(3);
  for (const title of named) expect(titles).toContain(title);
});

test("the packed rule pages link only to packed pages", () => {
  const folder = "docs/rules";
  const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));
  expect(pages.length).toBeGreaterThan(10);
  for (const page of pages) {
    const elsewhere = targetsIn(path.join(folder, page)).filter((target) => target.includes("/"));
    const relative = elsewhere.filter((target) => !target.startsWith("https://"));
    expect([page, relative]).toEqual([page, []]);
  }
});

test.each([["package.mjs"], ["mirror.mjs", "mirror"]])(
  "%s refuses to publish while the project's address is a placeholder",
  (script, ...args) => {
    const scripts = [script, "release.mjs", "pictures-as-data.mjs"].map(
      (name) => `scripts/${name}`,
    );
    const { path: project } = newFolder({
      "package.json": `{ "name": "galley", "version": "1.0.0", "homepage": "https://github.com/OWNER/galley" }`,
      ...Object.fromEntries(scripts.map((name) => [name, readFileSync(name, "utf8")])),
    });
    const program = path.join(project, "scripts", script);
    const { status, stderr } = spawnSync(process.execPath, [program, ...args, "--release"], {
      cwd: project,
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^“homepage” in package\.json is still the placeholder [^\n]+\n$/);
    expect(readdirSync(project).sort()).toEqual(["package.json", "scripts"]);
  },
);
