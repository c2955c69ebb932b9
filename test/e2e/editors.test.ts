import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copySamples, ROOT, scratch } from "./support/files.ts";

/** What the scripts for these editors print. Lines count from 0. */
interface Seen {
  readonly before: readonly Problem[];
  readonly after: readonly Problem[];
  /** The draft in the editor once the fix is applied. */
  readonly text: string;
}

interface Problem {
  readonly line: number;
  readonly message: string;
  /** Emacs puts it into the message. */
  readonly code?: string;
}

describe.each([
  { editor: "nvim", args: ["--headless", "--clean", "-l", "test/e2e/neovim.lua"] },
  { editor: "emacs", args: ["--batch", "-Q", "-l", "test/e2e/emacs.el", "--"] },
])("Galley in $editor", ({ editor, args }) => {
  const isMissing = spawnSync(editor, ["--version"]).error !== undefined;
  if (isMissing && process.env["CI"] === undefined) {
    it.skip(`${editor} is not installed`, () => undefined);
    return;
  }

  const home = scratch(editor);
  const draft = join(copySamples(join(home.folder, "news")), "harbour-bridge.md");
  const original = readFileSync(draft, "utf8");
  let seen: Seen;

  beforeAll(() => {
    const server = [process.execPath, join(ROOT, "dist/cli.js"), "lsp", "--stdio"];
    const run = spawnSync(editor, [...args, draft, "Delete this copy", ...server], {
      cwd: ROOT,
      env: { ...process.env, HOME: home.folder },
      encoding: "utf8",
      timeout: 120_000,
    });
    if (run.status !== 0) throw new Error(`${editor} failed:\n${run.stdout}\n${run.stderr}`);
    seen = JSON.parse(run.stdout.trim().split("\n").at(-1) ?? "") as Seen;
  });

  afterAll(home.remove);

  const has = (problems: readonly Problem[], rule: string, line: number) =>
    problems.some((one) => one.line === line - 1 && (one.code ?? one.message).includes(rule));

  it("shows each kind of mistake", () => {
    expect(has(seen.before, "empty-attribution", 15)).toBe(true);
    expect(has(seen.before, "orphaned-fragment", 19)).toBe(true);
    expect(has(seen.before, "repeated-block", 25)).toBe(true);
  });

  it("deletes the later copy, and nothing else", () => {
    const paragraphs = original.split("\n\n");
    const once = paragraphs.filter((one, index) => paragraphs.indexOf(one) === index);
    expect(seen.text).toBe(once.join("\n\n"));
  });

  it("takes the problem back once it is fixed", () => {
    expect(has(seen.after, "repeated-block", 25)).toBe(false);
    expect(has(seen.after, "empty-attribution", 15)).toBe(true);
  });
});
