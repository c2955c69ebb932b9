import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fix, rendered, screenshot, shared, until } from "./support/editor.ts";
import { copySamples, scratch } from "./support/files.ts";
import { openWeb } from "./support/web.ts";

/** No Node and no disk: the server is a worker, for which the client reads files. */
describe("Galley in VS Code for the web", () => {
  const home = scratch("web");
  const code = shared(home, () => openWeb(home.folder, copySamples(join(home.folder, "news"))));
  const { host } = code;
  const squiggle = () => code.page.locator(".monaco-editor .squiggly-warning").first();

  it("underlines and lists each kind of mistake, and deletes the later copy", async () => {
    await host.open("harbour-bridge.md", 15);
    await squiggle().waitFor();
    await expect
      .poll(host.problems)
      .toEqual(
        expect.arrayContaining([
          "harbour-bridge.md:15 empty-attribution",
          "harbour-bridge.md:19 orphaned-fragment",
          "harbour-bridge.md:25 repeated-block",
        ]),
      );
    await host.start("workbench.actions.view.problems");
    const row = code.page.locator(".markers-panel .monaco-list-row", { hasText: "repeated-block" });
    await row.first().waitFor();
    await screenshot(code.page, "web");
    await fix(host, "harbour-bridge.md", [25, 1], "Delete this copy");
    await expect.poll(host.problems).not.toContain("harbour-bridge.md:25 repeated-block");
  });

  it("opens a rule's page, rendered", async () => {
    await host.open("library-hours.txt", 5);
    await fix(host, "library-hours.txt", [5, 48], "Why?");
    await code.page.locator(".tab", { hasText: "empty-attribution.md" }).waitFor();
    await rendered(code.page, "Left alone").waitFor();
    await screenshot(code.page, "web rule");
  });

  it("says that it made a file", async () => {
    await host.open("library-hours.txt", 4, 90);
    await fix(host, "library-hours.txt", [4, 90], "Stet…");
    const toast = code.page.locator(".notification-toast", { hasText: ".galley.json was changed" });
    const place = code.page.locator(".quick-input-list .monaco-list-row", {
      hasText: "This place",
    });
    await place.waitFor();
    await until(toast, () => place.click({ timeout: 4_000 }));
    await screenshot(code.page, "web stet");
    await expect.poll(host.problems).not.toContain("library-hours.txt:4 repeated-word");
  });

  it("opens the sample, with its findings", async () => {
    await host.start("galley.openSample");
    await code.page.locator(".view-line", { hasText: "The tide rose" }).waitFor();
    await squiggle().waitFor();
    await screenshot(code.page, "web sample");
  });

  it("says in the log what it is and goes by", async () => {
    await host.open("library-hours.txt");
    await host.start("galley.showLog");
    await expect.poll(host.outputs).toMatch(/Galley \d+\.\d+\.\d+,/);
    await screenshot(code.page, "web log");
  });
});
