import { expect, test } from "vitest";
import type { Folder } from "../../support/folder.ts";
import { newFolder } from "../../support/for-one-test.ts";
import { partOfCells } from "../../support/part-of-cells.ts";
import { run } from "./program.ts";

/** A draft with one mistake. */
export const WRONG = "The stalls open at the the market square at nine.\n";

/** What a report says of it in compact form, under a name. */
export function told(name: string): string {
  return `${name}:1:20: warning: “The stalls open at the the market square at nine.”: the same word twice in a row. Delete one. [repeated-word]\n`;
}

/** A folder, and what the command line makes of it. */
export interface Case {
  readonly name: string;
  readonly make: (folder: Folder) => void;
  /** After `galley`; by default the folder is checked, told in compact form. */
  readonly args?: readonly string[];
  /** The exit codes that are right. */
  readonly codes: readonly number[];
  readonly out?: string | RegExp;
  readonly err?: string | RegExp;
}

/** Runs each case within the limits; of a part, every other one. */
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
