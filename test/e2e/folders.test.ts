import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { screenshot } from "./support/browser.ts";
import { scratch, vsix } from "./support/files.ts";
import { shared } from "./support/shared.ts";
import { openVsCode } from "./support/vscode.ts";

/** Two folders with the same mistakes in them, each with settings of its own; no draft is ever opened. */
describe("A workspace of two folders in VS Code", () => {
  const home = scratch("folders");
  const workspace = join(home.folder, "paper.code-workspace");
  const write = (name: string, text: string) => {
    writeFileSync(join(home.folder, name), text);
  };
  const name = (...folders: string[]) => {
    write("paper.code-workspace", JSON.stringify({ folders: folders.map((path) => ({ path })) }));
  };
  const without = (rule: string) => JSON.stringify({ rules: { [rule]: "off" } });

  const code = shared(home, async () => {
    for (const folder of ["desk", "archive"]) mkdirSync(join(home.folder, folder));
    write("desk/market.md", "# Market\n\nThe stalls ( ) open at the the square.\n");
    write("desk/.galley.json", without("orphaned-fragment"));
    write("archive/quay.md", "# Quay\n\n## Sweeping\n\nThe quay ( ) was swept by the the crew.\n");
    write("archive/.galley.json", without("repeated-word"));
    name("desk", "archive");
    const opened = await openVsCode({ scratch: home.folder, workspace, vsix: vsix() });
    await opened.showProblems();
    await opened.run("View: Toggle Maximized Panel");
    return opened;
  });

  const draft = (file: string) =>
    code.page.locator(`.markers-panel .monaco-list-row:has(.file-icon)`, { hasText: file });

  it("lists the problems of both, each by its own settings", async () => {
    await draft("market.md").waitFor();
    await draft("quay.md").waitFor();
    await code.problem(/repeated-word.*Ln 3\b/).waitFor();
    await code.problem(/orphaned-fragment.*Ln 5\b/).waitFor();
    expect(await code.problem(/Ln \d/).count()).toBe(2);
    expect(await code.page.locator(".tab").count()).toBe(0);
    await screenshot(code.page, "folders");
  });

  it("follows the settings of one, and leaves the other alone", async () => {
    write("archive/.galley.json", "{}");
    await code.problem(/repeated-word.*Ln 5\b/).waitFor();
    expect(await code.problem(/orphaned-fragment.*Ln 3\b/).count()).toBe(0);
  });

  it("forgets the problems of a folder that is taken out", async () => {
    name("desk");
    await draft("quay.md").waitFor({ state: "detached" });
    await code.problem(/repeated-word.*Ln 3\b/).waitFor();
    expect(await code.problem(/Ln \d/).count()).toBe(1);
    await screenshot(code.page, "folder gone");
  });

  it("finds them again when it is put back", async () => {
    name("desk", "archive");
    await draft("quay.md").waitFor();
    await code.problem(/orphaned-fragment.*Ln 5\b/).waitFor();
  });
});
