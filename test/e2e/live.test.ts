import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { screenshot } from "./support/browser.ts";
import { copySamples, scratch, vsix } from "./support/files.ts";
import { shared } from "./support/shared.ts";
import { openVsCode } from "./support/vscode.ts";

/** Files change outside the editor, and no draft is ever opened in it. */
describe("The workspace's problems in VS Code", () => {
  const home = scratch("live");
  const workspace = copySamples(join(home.folder, "news"));
  const file = (name: string) => join(workspace, name);
  const git = (...args: string[]) => {
    const who = ["-c", "user.name=Writer", "-c", "user.email=writer@example.org"];
    execFileSync("git", [...who, ...args], { cwd: workspace, stdio: "pipe" });
  };
  const code = shared(home, async () => {
    git("init", "--quiet", "--initial-branch=main");
    git("add", ".");
    git("commit", "--quiet", "--message=Drafts");
    git("checkout", "--quiet", "-b", "proofread");
    for (const name of ["harbour-bridge.md", "library-hours.txt"]) rmSync(file(name));
    edit("ferry-timetable.md", " ( )", "");
    writeFileSync(file("quay.md"), "# Quay\n\nThe quay was swept by the the harbour crew.\n");
    git("add", "--all");
    git("commit", "--quiet", "--message=Proofread");
    git("checkout", "--quiet", "main");
    const opened = await openVsCode({ scratch: home.folder, workspace, vsix: vsix() });
    await opened.showProblems();
    // Rows out of sight are not in the page at all.
    await opened.run("View: Toggle Maximized Panel");
    return opened;
  });

  const edit = (name: string, before: string, after: string) => {
    const text = readFileSync(file(name), "utf8");
    expect(text).toContain(before);
    writeFileSync(file(name), text.replace(before, after));
  };

  /** The row that heads a draft's problems. */
  const draft = (name: string) =>
    code.page.locator(`.markers-panel .monaco-list-row:has(.file-icon)`, { hasText: name });

  const samplesAreListed = async () => {
    await draft("ferry-timetable.md").waitFor();
    await code.problem(/orphaned-fragment.*Ln 7\b/).waitFor();
    await draft("harbour-bridge.md").waitFor();
    await code.problem(/empty-attribution.*Ln 15\b/).waitFor();
    await code.problem(/repeated-block.*Ln 25\b/).waitFor();
    await draft("library-hours.txt").waitFor();
    await code.problem(/repeated-word.*Ln 4\b/).waitFor();
    await draft("quay.md").waitFor({ state: "detached" });
  };

  it("lists those of drafts that were never opened", async () => {
    await samplesAreListed();
    expect(await code.page.locator(".tab").count()).toBe(0);
    await screenshot(code.page, "workspace");
  });

  it("follows an edit by another program", async () => {
    edit("ferry-timetable.md", " ( )", "");
    await code.problem(/orphaned-fragment.*Ln 7\b/).waitFor({ state: "detached" });
    edit("ferry-timetable.md", "longer than usual", "longer than than usual");
    await code.problem(/repeated-word.*Ln 3\b/).waitFor();
  });

  it("forgets a passage's copy when the other draft, not this one, is changed", async () => {
    // In the other draft it is a hint, which Problems does not list.
    await code.problem(/repeated-elsewhere.*Ln 29\b/).waitFor();
    const crews =
      "Ferry crews who carried passengers across the river during the closure were given";
    edit("ferry-timetable.md", crews, "Thanks went to all. Nobody was given");
    edit("ferry-timetable.md", "The last ferry left", "By then nobody had seen that a ferry left");
    await code.problem(/repeated-elsewhere.*Ln 29\b/).waitFor({ state: "detached" });
  });

  it("forgets a draft that is deleted", async () => {
    rmSync(file("library-hours.txt"));
    await draft("library-hours.txt").waitFor({ state: "detached" });
    await code.problem(/repeated-word.*Ln 4\b/).waitFor({ state: "detached" });
  });

  it("finds a draft that is made, in a folder that is new too", async () => {
    mkdirSync(file("letters"));
    writeFileSync(file("letters/gulls.md"), "# Gulls\n\nThe gulls took the the herring.\n");
    await draft("gulls.md").waitFor();
    rmSync(file("letters"), { recursive: true });
    await draft("gulls.md").waitFor({ state: "detached" });
  });

  it("follows git to another branch", async () => {
    git("checkout", "--quiet", "--force", "proofread");
    await draft("quay.md").waitFor();
    await code.problem(/repeated-word.*Ln 3\b/).waitFor();
    for (const name of ["ferry-timetable.md", "harbour-bridge.md", "library-hours.txt"]) {
      await draft(name).waitFor({ state: "detached" });
    }
    await screenshot(code.page, "branch");
  });

  it("and back", async () => {
    git("checkout", "--quiet", "main");
    await samplesAreListed();
  });
});

/** So many drafts that the first pass takes seconds. */
describe("The first pass over a large workspace in VS Code", () => {
  const DRAFTS = 6_000;
  const home = scratch("large");
  const workspace = join(home.folder, "archive");
  const code = shared(home, () => {
    const sentence = "The ferry left the quay at seven and the harbour master wrote down its name.";
    for (let index = 0; index < DRAFTS; index++) {
      const folder = join(workspace, `year-${Math.floor(index / 100)}`);
      if (index % 100 === 0) mkdirSync(folder, { recursive: true });
      const day = Array.from({ length: 40 }, (_, hour) => `${sentence} Entry ${index}.${hour}.`);
      const text = `# Log ${index}\n\nIt was the the first boat.\n\n${day.join("\n\n")}\n`;
      writeFileSync(join(folder, `log-${index}.md`), text);
    }
    return openVsCode({ scratch: home.folder, workspace, vsix: vsix() });
  });

  it("says how far it has come, and stops when it is told to", async () => {
    // The client shows it quietly, in the status bar; a click there opens what can be cancelled.
    const status = code.page.locator(".statusbar-item", { hasText: /checking drafts: \d+ of \d+/ });
    await status.click();
    const message = code.page.locator(".notification-list-item", { hasText: "checking drafts" });
    await message.waitFor();
    await screenshot(code.page, "progress");
    await message.getByRole("button", { name: "Cancel" }).click();
    await message.waitFor({ state: "detached" });
    await status.waitFor({ state: "detached" });
  });

  it("keeps what it had found by then, and still checks what is opened", async () => {
    const folders = code.page.locator(".explorer-folders-view .monaco-list-row");
    await folders.filter({ hasText: "year-0" }).click();
    await code.open("log-7.md");
    await code.page
      .locator(".editor-instance .squiggly-warning")
      .first()
      .waitFor({ state: "attached" });
    const label = await code.page.locator("#status\\.problems a").getAttribute("aria-label");
    const [, count, thousands] = /Warnings: (\d+)(K?)/.exec(label ?? "") ?? [];
    const counted = Number(count) * (thousands === "K" ? 1_000 : 1);
    expect(counted).toBeGreaterThan(0);
    expect(counted).toBeLessThan(DRAFTS);
  });
});
