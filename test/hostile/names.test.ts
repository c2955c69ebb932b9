import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Folder } from "../support/folder.ts";
import { newFolder } from "../support/for-one-test.ts";
import { partOfCells } from "../support/part-of-cells.ts";
import { run } from "./support/program.ts";
import { expectServed } from "./support/server.ts";
import { WRONG } from "./support/table.ts";

const RIGHT = "The stalls open at the market square at nine.\n";

const NAMES: readonly string[] = [
  `CHANGES${".A".repeat(30)}!.md`,
  `${"CHANGES.".repeat(20)}!.md`,
  `${"A".repeat(240)}!.md`,
  `${"A-".repeat(120)}!.md`,
  `${"-".repeat(250)}.md`,
  `${".".repeat(250)}md.md`,
  "a\nb.md",
  "::error file=x::y.md",
  " ::error::z.md",
  "##[error]x.md",
  "\u001B]0;title\u0007.md",
  "\u202Egpj.md",
  "%2e%2e.md",
  "%.md",
  "#?&.md",
  "\\.md",
  "a:b.md",
  "*.md",
  "[a].md",
  "{a,b}.md",
  "é.md",
  "e\u0301.md",
  "–rf.md",
  "--fix.md",
];

/* Other systems have no such names. */
describe.runIf(process.platform === "linux")("a name that is not UTF-8", () => {
  const make = (): Folder => {
    const folder = newFolder({ "a.md": RIGHT });
    const name = (text: string): Buffer => Buffer.from(`${folder.path}/${text}`, "latin1");
    writeFileSync(name("caf\xE9.md"), WRONG);
    mkdirSync(name("\xFCber"));
    writeFileSync(name("\xFCber/b.md"), WRONG);
    return folder;
  };

  test("is reported, and is not a success", async () => {
    const { code, out, err } = await run("cli.js", ["check", "--format", "compact"], {
      cwd: make().path,
    });
    expect([code, out]).toEqual([2, ""]);
    const why = "Its name is not in UTF-8, so it can’t be read. Give it another name.";
    expect(err).toBe(`galley: caf\uFFFD.md: ${why}\ngalley: \uFFFDber: ${why}\n`);
  });

  test("does no harm to the language server", async () => {
    const folder = make();
    folder.write("b.md", WRONG);
    await expectServed(folder, ["b.md"]);
  });
});

describe("a draft with an unusual name", () => {
  test.each(partOfCells(NAMES, 2))("%j: the command line", async (name) => {
    const folder = newFolder({ [name]: WRONG });
    for (const format of ["compact", "pretty", "json"]) {
      const { code, out } = await run("cli.js", ["check", "--format", format], {
        cwd: folder.path,
      });
      expect(code === 0 ? "no draft" : out).toMatch(/no draft|repeated-word/);
      expect(out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(out).not.toMatch(/^\s*::|##\w*\[/m);
    }
  });

  test.each(partOfCells(NAMES, 2))("%j: the language server", async (name) => {
    await expectServed(newFolder({ [name]: WRONG, "a.md": WRONG }), ["a.md"]);
  });
});
