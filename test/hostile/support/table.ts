import { expect, test } from "vitest";
import type { Folder } from "../../support/folder.ts";
import { newFolder } from "../../support/for-one-test.ts";
import { partOfCells } from "../../support/part-of-cells.ts";
import { run } from "./program.ts";

/** A draft with one mistake. */
export const WRONG = "The stalls open at the the market square at nine.\n";

/** The report about it in compact form, under some name. */
export function told(name: string): string {
  return `${name}:1:20: warning: “The stalls open at the the market square at nine.”: the same word twice in a row. Delete one. [repeated-word]\n`;
}

/** A folder, and the outcome of the command line in it. */
export interface Case {
  readonly name: string;
  readonly make: (folder: Folder) => void;
  /** Arguments after `galley`; by default the folder is checked, with a compact report. */
  readonly args?: readonly string[];
  /** The allowed exit codes. */
  readonly codes: readonly number[];
  readonly out?: string | RegExp;
  readonly err?: string | RegExp;
}

/** Runs each case within the limits; if a part is chosen, every other one. */
export function runCases(cases: readonly Case[]): void {
  test.each(partOfCells(cases, 2))("$name", async ({ make, args, codes, out, err }) => {
    const folder = newFolder();
    make(folder);
    const ended = await run("cli.js", args ?? ["check", "--format", "compact"], {
      cwd: folder.path,
    });
    expect(codes, ended.err).toContain(ended.code);
    if (out !== undefined) expect(ended.out).toMatch(out);
    if (err !== undefined) expect(ended.err).toMatch(err);
  });
}
