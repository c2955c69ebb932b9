import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fix, hover, rendered, screenshot, shared, until } from "./support/editor.ts";
import { copySamples, scratch } from "./support/files.ts";
import { openVsCode } from "./support/vscode.ts";

/* What a user sees, in screenshots too. What comes of it is in vscode.test.ts. */

describe("On the screen of VS Code", () => {
  const home = scratch("screen");
  const workspace = copySamples(join(home.folder, "news"));
  const PASSAGE =
    "The lock keepers, who had opened the gates by hand through eleven winters, were given the freedom of the town on Friday, at a dinner that the mayor called long overdue.";
  const NOTE =
    "Whoever wants to see the old gates can do so on any Sunday in May between ten and noon, when the museum behind the lock opens its yard and lends out its oilskins.";
  const write = (name: string, ...paragraphs: string[]) => {
    writeFileSync(join(workspace, name), `${paragraphs.join("\n\n")}\n`);
  };
  write("lock.txt", "Lock", "All were there, and it was clear.", PASSAGE, NOTE, "It ended soon.");
  const other = PASSAGE.replace("dinner", "lunch");
  write("weir.txt", "Weir", "It rained there, they said.", other, NOTE, "Nobody came back.");
  write("page.html", "<html><body><p>It was the the first boat.</p></body></html>");

  const code = shared(home, async () => {
    const opened = await openVsCode({
      scratch: home.folder,
      workspace,
      env: { GALLEY_WALKTHROUGH: "1" },
      // With animations, a step of the walkthrough takes the focus some time after it opens.
      settings: { "workbench.reduceMotion": "on", "editor.wordWrap": "off" },
      // In a narrower window VS Code omits a walkthrough's pictures.
      window: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 },
    });
    // As with `npm start`.
    await opened.page.locator(".getting-started-step").first().waitFor();
    return opened;
  });
  const { host } = code;
  const see = (selector: string, hasText?: string | RegExp) =>
    code.page.locator(selector, hasText === undefined ? {} : { hasText });
  const photograph = (name: string) => screenshot(code.page, name);
  const squiggle = () => see(".monaco-editor .squiggly-warning").first();
  const problem = (text: string | RegExp) => see(".markers-panel .monaco-list-row", text).first();
  const choice = (text: string | RegExp) => see(".quick-input-list .monaco-list-row", text).first();
  const menu = (text: string | RegExp) => see(".action-widget .monaco-list-row", text).first();
  /** A row of “Ready to Publish?”. */
  const row = (text: string | RegExp) => see(".customview-tree .monaco-list-row", text).first();
  const toast = (text: string | RegExp) => see(".notification-toast", text);
  /** Opens the light bulb's menu at the cursor. */
  const lightBulb = (wanted: RegExp) =>
    until(menu(wanted), async () => {
      if (!(await menu(wanted).isVisible())) await host.start("editor.action.quickFix");
    });

  /** Removes `.galley.json`, which is not saved. */
  const forgetConfig = async () => {
    const path = join(workspace, ".galley.json");
    const nothing = "{}\n";
    // It is saved at once, but only after its text was read.
    await expect.poll(() => existsSync(path) && readFileSync(path, "utf8") !== nothing).toBe(true);
    // VS Code may keep a deleted file's text for minutes, but it takes in what is written.
    writeFileSync(path, nothing);
  };

  it("the walkthrough leads through a first minute, and nothing on disk has changed", async () => {
    const contents = () =>
      readdirSync(workspace).map((name) => [name, readFileSync(join(workspace, name), "utf8")]);
    const before = contents();
    const expanded = see(".getting-started-step.expanded");
    const step = async (title: string) => {
      await until(expanded.filter({ hasText: title }), async () => {
        if (await expanded.filter({ hasText: title }).isVisible()) return;
        await see(".getting-started-step", title).click({ timeout: 4_000 });
      });
    };
    const press = (name: string) => expanded.getByRole("button", { name, exact: true }).click();
    const isDone = expanded.locator(".codicon-getting-started-step-checked.complete");
    await host.start("galley.showWalkthrough");
    await see(".getting-started-step").first().waitFor();
    expect(await see(".getting-started-step").count()).toBe(5);
    await host.start("workbench.action.closeSidebar");

    await step("See what it finds");
    const picture = see(".getting-started-media img");
    await expect
      .poll(() => picture.evaluate((image: { naturalWidth?: number }) => image.naturalWidth))
      .toBeGreaterThan(500);
    await photograph("first minute 1 finds");
    await press("Show Problems");
    await problem("repeated-block").waitFor();
    await isDone.waitFor();
    await host.start("workbench.action.closePanel");

    await step("Try it on the sample draft");
    await press("Open the Sample");
    await squiggle().waitFor();
    await isDone.waitFor();
    await photograph("first minute 2 sample");

    await step("Fix it with the light bulb");
    await press("Fix the First Finding");
    await see("[id='status.editor.selection']", "Ln 5,").waitFor();
    await isDone.waitFor();
    // The menu is open, unless the walkthrough took the focus back. Its first entry has the focus.
    await until(see(".view-line", "TK"), async () => {
      await host.focus();
      await lightBulb(/^Mark the loss/);
      await photograph("first minute 3 mend");
      await host.start("acceptSelectedCodeAction");
    });

    await step("Let it stand");
    await until(see(".view-line", "stet"), async () => {
      if (!(await choice("This place").isVisible())) await press("Let a Finding Stand");
      await choice("This place").waitFor();
      await photograph("first minute 4 stet");
      await choice("This place").click({ timeout: 4_000 });
    });
    await isDone.waitFor();

    await step("Before you publish");
    await press("Ready to Publish?");
    await row("Not yet").waitFor();
    await photograph("first minute 5 ready");
    await isDone.waitFor();
    expect(contents()).toEqual(before);
  });

  it("findings are underlined, counted in the status bar, and listed in Problems", async () => {
    await host.open("harbour-bridge.md");
    const item = see(".statusbar-item[id$='galley.findings']", /^\s*4$/);
    await item.waitFor();
    await until(see(".workbench-hover, .monaco-hover", "Lost words: 2"), () =>
      item.hover({ timeout: 4_000 }),
    );
    await photograph("status bar");
    await until(see("[id='status.editor.selection']", "Ln 15"), () =>
      item.locator("a").click({ timeout: 4_000 }),
    );
    await squiggle().waitFor();
    await host.start("workbench.actions.view.problems");
    await problem(/empty-attribution.*Ln 15\b/).waitFor();
    await problem(/orphaned-fragment.*Ln 19\b/).waitFor();
    await problem(/repeated-block.*Ln 25\b/).waitFor();
    await photograph("problems");
    await until(see(".tab", "repeated-block.md"), () =>
      problem(/repeated-block.*Ln 25\b/)
        .getByText("repeated-block")
        .click({ timeout: 4_000 }),
    );
    await rendered(code.page, "Left alone").waitFor();
    await photograph("rule");
  });

  it("“Ready to Publish?” lists what is left by kind, hints too, and leads to the fixes of each", async () => {
    await host.open("harbour-bridge.md");
    await host.start("galley.readyToPublish");
    await row(/^Not yet: 3 warnings, 1 note/).waitFor();
    await row("Lost words").waitFor();
    await row("Repeated passages").waitFor();
    await photograph("ready");
    await until(see("[id='status.editor.selection']", "Ln 19"), () =>
      row("line 19").click({ timeout: 4_000 }),
    );
    await until(menu(/^Mark the loss/), async () => {
      await row("line 19").hover({ timeout: 4_000 });
      await row("line 19").locator(".codicon-lightbulb").click({ timeout: 4_000 });
    });
    expect(await menu("Surround").count()).toBe(0);
    await photograph("ready mend");
    await code.page.keyboard.press("Escape");
    await host.open("apple-fair.md");
    await row(/^Nothing found/).waitFor();
    await photograph("ready nothing");
    await host.start("workbench.action.closePanel");
  });

  it("a repeat says above it where the other is, can be deleted by the light bulb, and is compared", async () => {
    await host.open("harbour-bridge.md", 25);
    const lens = see(".codelens-decoration", "Repeats line").first();
    await lens.waitFor();
    await photograph("code lens");
    await lightBulb(/^Delete/);
    await photograph("light bulb");
    await code.page.keyboard.press("Escape");
    await until(see(".editor-group-container").nth(1), () =>
      lens.getByText("compare").click({ timeout: 4_000 }),
    );
  });

  it("two passages are in their own drafts, wrapped, with what differs marked, and can be edited", async () => {
    await host.open("weir.txt", 5, 10);
    await fix(host, "weir.txt", [5, 10], "Open both side by side");
    const sides = [
      [0, "dinner"],
      [1, "lunch"],
    ] as const;
    for (const [index, word] of sides) {
      const side = see(".editor-group-container").nth(index);
      await side.locator(".view-line", { hasText: word }).waitFor();
      // The passage, and the word that differs.
      await side.locator(".view-overlays .cdr[class*='ced-']").nth(1).waitFor();
      // The last words of the line are visible.
      await side.locator(".view-line", { hasText: "overdue" }).waitFor();
      expect(await side.locator(".view-line").count()).toBeGreaterThan(12);
    }
    await photograph("side by side");
    await code.page.keyboard.type("More. ");
    await see(".tab.active.dirty").waitFor();
  });

  it("a draft that can't be changed has no menu of fixes: its hover leads to the other copy, and compares", async () => {
    await host.set("files.readonlyInclude", { "**/weir.txt": true });
    await host.open("weir.txt", 5, 10);
    await until(see(".monaco-editor-overlaymessage", /read-only/i), async () => {
      await host.focus();
      await code.page.keyboard.press("Delete");
    });
    const link = see(".monaco-hover a", "Open both side by side").first();
    await hover(code.page, host, link);
    await see(".monaco-hover a", "Go to the other").first().waitFor();
    await photograph("read-only");
    await until(see(".editor-group-container").nth(1), () => link.click({ timeout: 4_000 }));
    await host.set("files.readonlyInclude", undefined);
  });

  it("a stet asks how far it reaches, and says what it changed", async () => {
    await host.open("library-hours.txt", 4, 90);
    await squiggle().waitFor();
    await host.start("galley.stet");
    await choice("This project").waitFor();
    await photograph("stet");
    await until(toast(".galley.json was changed"), () =>
      choice(/^This place/).click({ timeout: 4_000 }),
    );
    await photograph("stet done");
    await forgetConfig();
    await expect.poll(host.problems).toContain("library-hours.txt:4 repeated-word");
  });

  it("where HTML is open, it offers to read that", async () => {
    await host.open("page.html");
    const status = see(".statusbar-item[id='status.languageStatus']");
    await status.waitFor();
    const offer = code.page.getByText("Read HTML files here").first();
    await until(offer, () => status.hover({ timeout: 4_000 }));
    await photograph("html");
    await until(squiggle(), async () => {
      await status.hover({ timeout: 4_000 });
      await offer.click({ timeout: 4_000 });
    });
    await forgetConfig();
    await expect.poll(host.problems).not.toContain("page.html:1 repeated-word");
  });

  it("what a draft can be asked is in one submenu of the editor's, and nothing elsewhere", async () => {
    await host.open("apple-fair.md", 3);
    await see(".statusbar-item[id$='galley.findings']").waitFor();
    const entry = see(".monaco-menu .action-item", /^Let It Stand/);
    await until(entry, async () => {
      const item = see(".monaco-menu .action-item", /^Galley$/);
      if (!(await item.isVisible())) {
        await see(".view-line")
          .nth(2)
          .click({ position: { x: 200, y: 8 }, button: "right" });
      }
      await item.hover({ timeout: 4_000 });
    });
    expect(await see(".monaco-menu .action-item", "Galley").count()).toBe(1);
    await photograph("context menu");
    await code.page.keyboard.press("Escape");
    await code.page.keyboard.press("Escape");
  });

  it("settings are in three titled sections, and lead to what was measured", async () => {
    await host.start("workbench.action.openSettings", "@ext:galley.galley");
    for (const title of ["Drafts", "Rules", "Advanced"]) {
      await see(".settings-toc-container", title).waitFor();
    }
    await see(".setting-item-contents", "Galley").first().waitFor();
    await photograph("settings");
    await host.start("workbench.action.openSettings", "@ext:galley.galley sensitivity");
    await see(".setting-item-contents", "What was measured").first().waitFor();
    await until(see(".tab", "sensitivity.md"), () =>
      code.page.getByText("What was measured").first().click({ timeout: 4_000 }),
    );
    await rendered(code.page, "of 100").waitFor();
    await photograph("sensitivity");
  });
});
