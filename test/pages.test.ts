import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { targetsIn, textOfPage } from "./support/pages.ts";
import { runIn } from "./support/command.ts";

/* The pages for people: the targets of their links and the commands that they show exist. */

const PAGES = [".", "docs", "docs/decisions", "docs/rules", "client"].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join(folder, name)),
);

/** The anchors that GitHub gives to a page's headings. */
function anchorsOf(page: string): string[] {
  const headings = [...textOfPage(page).matchAll(/^#+ (.+)$/gm)];
  return headings.map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.each(PAGES)("the links of %s lead to files and headings", (page) => {
  for (const target of targetsIn(page).filter((target) => !/^(?:https|command):/.test(target))) {
    const [file = "", anchor] = target.split("#");
    const linked = file === "" ? page : path.join(path.dirname(page), file);
    expect([target, existsSync(linked)]).toEqual([target, true]);
    if (anchor !== undefined) expect(anchorsOf(linked)).toContain(anchor);
  }
});

test("every command and option that the pages show exists", async () => {
  const text = PAGES.map((page) => readFileSync(page, "utf8")).join("\n");
  const shown = [...text.matchAll(/(?:^|\| |`)galley ([a-z]+)\b([^\n`#]*)/gm)];
  expect(shown.length).toBeGreaterThan(30);
  for (const [, command = "", rest = ""] of shown) {
    const { code, out } = await runIn(".", "help", command);
    expect([command, code]).toEqual([command, 0]);
    for (const [option] of rest.matchAll(/--[a-z-]+/g)) expect(out).toContain(option);
  }
});

test("README is short", () => {
  expect(readFileSync("README.md", "utf8").split(/\s+/).length).toBeLessThanOrEqual(1200);
});
