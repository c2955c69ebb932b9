import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { screenshot } from "./support/browser.ts";
import { copySamples, scratch, vsix } from "./support/files.ts";
import { shared } from "./support/shared.ts";
import { openVsCode } from "./support/vscode.ts";

/** A writer's first minutes. The steps follow one another, in one window. */
describe("Galley in VS Code", () => {
  const home = scratch("vscode");
  const workspace = copySamples(join(home.folder, "news"));
  const onDisk = (name: string) => readFileSync(join(workspace, name), "utf8");
  const code = shared(home, () => openVsCode({ scratch: home.folder, workspace, vsix: vsix() }));

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
    await code.visit(/empty-attribution.*Ln 15\b/);
    await screenshot(code.page, "problems");
  });

  it("offers to delete the later copy", async () => {
    await code.visit(/repeated-block.*Ln 25\b/);
    const rows = await code.lightBulb();
    await rows
      .filter({ hasText: /^Delete/ })
      .first()
      .waitFor();
    // The menu stays open: the next step chooses from it.
    await screenshot(code.page, "light bulb");
  });

  it("deletes it, and its problem goes", async () => {
    const before = onDisk("harbour-bridge.md");
    await code.fix(/^Delete this copy/);
    await code.problem(/repeated-block.*Ln 25\b/).waitFor({ state: "detached" });
    // The hole that went with the copy is gone too, the one in the copy that stays is not.
    await code
      .problem(/orphaned-fragment.*Ln 27\b/)
      .first()
      .waitFor({ state: "detached" });
    await code
      .problem(/orphaned-fragment.*Ln 19\b/)
      .first()
      .waitFor();
    await screenshot(code.page, "deleted");
    expect(onDisk("harbour-bridge.md")).toBe(before);
  });

  it("leaves the file alone until it is saved, and then loses nothing but the copy", async () => {
    const before = onDisk("harbour-bridge.md");
    await code.page.keyboard.press("ControlOrMeta+S");
    await code.page.locator(".tab.active:not(.dirty)", { hasText: "harbour-bridge.md" }).waitFor();
    const paragraphs = before.split("\n\n");
    const after = paragraphs.filter((one, index) => paragraphs.indexOf(one) === index);
    expect(after).toHaveLength(paragraphs.length - 2);
    expect(onDisk("harbour-bridge.md")).toBe(after.join("\n\n"));
  });

  it("says that a clean draft is ready", async () => {
    await code.open("apple-fair.md");
    await code.run("Ready to publish?");
    await code.page.locator(".notification-toast", { hasText: "Nothing found" }).waitFor();
    await screenshot(code.page, "ready");
    await code.dismissMessages();
  });

  it("shows the hole that one keystroke makes", async () => {
    const draft = onDisk("apple-fair.md");
    const lines = draft.split("\n");
    const line = lines.findIndex((one) => one.includes("a new press."));
    const column = (lines[line]?.indexOf("press.") ?? 0) + "press".length;
    await code.open("apple-fair.md");
    await code.goTo(line + 1, column + 1);
    await code.page.keyboard.press("ControlOrMeta+Backspace");
    await code.page.locator(".editor-instance .squiggly-warning").first().waitFor();
    await code.scrollUpTo(new RegExp(`orphaned-fragment.*Ln ${line + 1}\\b`));
    await screenshot(code.page, "hole");
    expect(onDisk("apple-fair.md")).toBe(draft);
  });

  it("says that it is not ready now, and saves nothing", async () => {
    const draft = onDisk("apple-fair.md");
    await code.run("Ready to publish?");
    await code.page.locator(".notification-toast", { hasText: "Not yet: 1 warning" }).waitFor();
    expect(onDisk("apple-fair.md")).toBe(draft);
    await code.page.locator(".tab.active.dirty", { hasText: "apple-fair.md" }).waitFor();
    await code.dismissMessages();
  });

  it("takes the problem back when the keystroke is undone", async () => {
    await code.focusEditor();
    await code.page.keyboard.press("ControlOrMeta+Z");
    await code.page.locator(".tab.active:not(.dirty)", { hasText: "apple-fair.md" }).waitFor();
    await code.page
      .locator(".editor-instance .squiggly-warning")
      .first()
      .waitFor({ state: "detached" });
  });
});
