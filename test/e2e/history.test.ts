import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { screenshot } from "./support/browser.ts";
import { scratch, vsix } from "./support/files.ts";
import { shared } from "./support/shared.ts";
import { openVsCode } from "./support/vscode.ts";

const WHOLE =
  "The stalls open at nine on every market day, according to the harbour office, and close when the bell rings at four.";
// As much that git takes the two files for one.
const MORE = [
  "Shops on the quay fear for their trade, and some have closed their doors already.",
  "The ferry has its own quay now, and the trains from the capital stop there twice an hour.",
  "Whoever wants a place for next year has to ask for it before the end of the month.",
].join("\n\n");

describe("Lost words that git still has, in VS Code", () => {
  const home = scratch("history");
  const workspace = join(home.folder, "news");
  mkdirSync(workspace);
  const git = (...args: string[]): void => {
    const author = ["-c", "user.name=x", "-c", "user.email=x@example.org"];
    execFileSync("git", [...author, ...args], { cwd: workspace, stdio: "pipe" });
  };
  const commit = (text: string, name: string): void => {
    writeFileSync(join(workspace, name), text);
    git("add", "--all");
    git("commit", "--quiet", "--message=x");
  };
  const holed = `${WHOLE.replace("harbour office,", ",")}\n\n${MORE}\n`;
  git("init", "--quiet");
  commit(`${WHOLE}\n\n${MORE}\n`, "old.md");
  renameSync(join(workspace, "old.md"), join(workspace, "market.md"));
  commit(holed, "market.md");
  commit(`${holed}\nIt rained.\n`, "market.md");
  const code = shared(home, () => openVsCode({ scratch: home.folder, workspace, vsix: vsix() }));

  it("are offered in the light bulb, from before the file had its name", async () => {
    await code.open("market.md");
    await code.showProblems();
    await code.visit(/empty-attribution.*Ln 1\b/);
    const rows = await code.lightBulb(
      /^Restore “harbour office” from the version of \d{4}-\d\d-\d\d/,
    );
    await screenshot(code.page, "history");
    expect(await rows.filter({ hasText: /^Restore/ }).count()).toBe(1);
  });
});
