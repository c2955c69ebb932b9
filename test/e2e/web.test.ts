import { join } from "node:path";
import { describe, it } from "vitest";
import { screenshot } from "./support/browser.ts";
import { copySamples, extensionFolder, scratch } from "./support/files.ts";
import { shared } from "./support/shared.ts";
import { openWeb } from "./support/web.ts";

/** No Node and no disk: the server is a worker, and the client reads files for it. */
describe("Galley in VS Code for the web", () => {
  const home = scratch("web");
  const workspace = copySamples(join(home.folder, "news"));
  const code = shared(home, () => openWeb({ workspace, extension: extensionFolder() }));

  it("underlines what it finds in a draft that is opened", async () => {
    await code.open("harbour-bridge.md");
    await code.page.locator(".monaco-editor .squiggly-warning").first().waitFor();
  });

  it("lists each kind of mistake in Problems", async () => {
    await code.showProblems();
    await code.problem(/empty-attribution.*Ln 15\b/).waitFor();
    await code
      .problem(/orphaned-fragment.*Ln 19\b/)
      .first()
      .waitFor();
    await code.problem(/repeated-block.*Ln 25\b/).waitFor();
    await screenshot(code.page, "web");
  });

  it("deletes the later copy from the light bulb, and its problem goes", async () => {
    await code.visit(/repeated-block.*Ln 25\b/);
    await code.fix(/^Delete this copy/);
    await code.problem(/repeated-block.*Ln 25\b/).waitFor({ state: "detached" });
  });
});
