import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { screenshot } from "./support/browser.ts";
import { scratch, vsix } from "./support/files.ts";
import { shared } from "./support/shared.ts";
import { openVsCode } from "./support/vscode.ts";

/** The steps follow one another, in one window. */
describe("A paragraph that is being written in VS Code", () => {
  const home = scratch("quiet");
  const workspace = join(home.folder, "news");
  const code = shared(home, () => {
    mkdirSync(workspace);
    writeFileSync(
      join(workspace, "ferry.md"),
      "The ferry came to to the quay. It was late.\n\nThe harbour master waited.\n",
    );
    return openVsCode({ scratch: home.folder, workspace, vsix: vsix() });
  });
  const squiggles = () => code.page.locator(".editor-instance .squiggly-warning").first();

  it("keeps what was underlined there before", async () => {
    await code.open("ferry.md");
    await squiggles().waitFor();
  });

  it("says nothing new of it, though what is mended goes at once", async () => {
    await code.goTo(1, 44);
    await code.page.keyboard.type(" Nobody knew the the reason.");
    await code.goTo(1, 21);
    for (let key = 0; key < 3; key++) await code.page.keyboard.press("Backspace");
    // Were the new mistake shown, there would be no moment without any.
    await squiggles().waitFor({ state: "detached" });
    await screenshot(code.page, "quiet");
  });

  it("says it when the cursor goes on to another", async () => {
    await code.goTo(3, 1);
    await squiggles().waitFor();
    await screenshot(code.page, "no longer quiet");
  });

  it("says it when somebody asks", async () => {
    await code.goTo(3, 27);
    await code.page.keyboard.type(" It was of of no use.");
    await code.run("Ready to publish?");
    const answer = code.page.locator(".notification-toast", { hasText: "Not yet: 2 warnings" });
    await answer.getByRole("button", { name: "All", exact: true }).click();
    await code.problem(/repeated-word.*Ln 3\b/).waitFor();
    await screenshot(code.page, "asked");
    await code.dismissMessages();
  });
});
