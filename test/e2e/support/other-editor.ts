import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copySamples, ROOT, scratch } from "./files.ts";
import { start } from "./processes.ts";

/** What the scripts for the other editors print. Lines count from 0. */
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

/**
 * The same tests for every editor that a script of its own can drive. `args` gives the editor's
 * arguments. Where the editor is not installed they are skipped, but not in CI.
 */
export function editorTests(
  editor: string,
  args: (draft: string, fix: string, server: readonly string[]) => readonly string[],
): void {
  const missing = spawnSync(editor, ["--version"]).error !== undefined;
  if (missing && process.env["CI"] === undefined) {
    it.skip(`${editor} is not installed`, () => undefined);
    return;
  }

  const home = scratch(editor);
  const draft = join(copySamples(join(home.folder, "news")), "harbour-bridge.md");
  const original = readFileSync(draft, "utf8");
  let seen: Seen;

  beforeAll(async () => {
    const cli = process.env["GALLEY_E2E_CLI"] ?? join(ROOT, "dist/cli.js");
    const server = [process.execPath, cli, "lsp", "--stdio"];
    const run = start(editor, args(draft, "Delete this copy", server), {
      cwd: ROOT,
      env: { ...process.env, HOME: home.folder },
    });
    const code = await run.ends(120_000);
    if (code !== 0) throw new Error(`${editor} ended with ${String(code)}:\n${run.output()}`);
    const last = run.printed().trim().split("\n").at(-1) ?? "";
    seen = JSON.parse(last) as Seen;
  });

  afterAll(() => {
    home.remove();
  });

  const has = (problems: readonly Problem[], rule: string, line: number) =>
    problems.some((one) => one.line === line - 1 && (one.code ?? one.message).includes(rule));

  it("shows each kind of mistake", () => {
    expect(has(seen.before, "empty-attribution", 15)).toBe(true);
    expect(has(seen.before, "orphaned-fragment", 19)).toBe(true);
    expect(has(seen.before, "repeated-block", 25)).toBe(true);
  });

  it("applies a fix: the later copy is deleted, and nothing else", () => {
    const paragraphs = original.split("\n\n");
    const once = paragraphs.filter((one, index) => paragraphs.indexOf(one) === index);
    expect(seen.text).toBe(once.join("\n\n"));
  });

  it("takes the problem back once it is fixed", () => {
    expect(has(seen.after, "repeated-block", 25)).toBe(false);
    expect(has(seen.after, "empty-attribution", 15)).toBe(true);
  });
}
