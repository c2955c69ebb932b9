import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { screenshot } from "./support/browser.ts";
import { copySamples, extensionFolder, scratch, vsix } from "./support/files.ts";
import { shared } from "./support/shared.ts";
import { openVsCode } from "./support/vscode.ts";
import { openWeb } from "./support/web.ts";
import type { Workbench } from "./support/workbench.ts";
import { until } from "./support/workbench.ts";

const PASSAGE =
  "Ferry crews who carried passengers across the river during the closure were given the freedom of the town on Friday, at a ceremony that the harbour master called long overdue.";

/** What is so before long. */
const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 20_000 });

/** Runs a command that asks for more. */
const ask = async (code: Workbench, title: string) => {
  await code.page.keyboard.press("F1");
  await code.page.locator(".quick-input-widget:visible input[type=text]").fill(`>${title}`);
  const row = code.page.locator(".quick-input-list .monaco-list-row", { hasText: title });
  await row.first().click();
};

/** The steps of one desk follow one another, in one window. */
const toast = (code: Workbench, text: string | RegExp) =>
  code.page.locator(".notification-toast", { hasText: text });

const press = async (code: Workbench, text: string | RegExp, button: string) => {
  const pressed = toast(code, text).getByRole("button", { name: button, exact: true });
  await pressed.waitFor();
  await until(pressed, () => pressed.click({ timeout: 4_000 }), "hidden");
};

/** Takes an entry of the list that is open. */
const take = async (code: Workbench, text: string | RegExp) => {
  await code.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first().click();
  await code.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
};

/** The item in the status bar, where it counts so many. */
const counted = (code: Workbench, count: number) =>
  code.page.locator(".statusbar-item[id$='galley.findings']", {
    hasText: new RegExp(`^\\s*${count}$`),
  });

const page = (code: Workbench, name: string) => code.page.locator(".tab", { hasText: name });

/** The words of a rendered page, which stands in frames of its own. */
const rendered = (code: Workbench, text: string) =>
  code.page
    .frameLocator("iframe.webview.ready")
    .frameLocator("iframe#active-frame")
    .getByText(text)
    .first();

describe.each(["off", "afterDelay"])(
  "The desk in VS Code, which saves by itself: %s",
  (autoSave) => {
    const home = scratch("desk");
    const workspace = copySamples(join(home.folder, "news"));
    const file = (name: string) => join(workspace, name);
    const bytes = (name: string) => readFileSync(file(name));
    const code = shared(home, () => {
      // Lines that end in two ways, which VS Code makes alike when it saves.
      writeFileSync(
        file("crews.md"),
        `# Crews\r\n\r\nAll were there.\n\n${PASSAGE}\r\n\r\nThe end.\n`,
      );
      writeFileSync(file("quay.md"), `# Quay\n\nIt was a clear day.\n\n${PASSAGE}\n`);
      writeFileSync(
        file("page.html"),
        "<html><body><p>It was the the first boat.</p></body></html>\n",
      );
      return openVsCode({
        scratch: home.folder,
        workspace,
        vsix: vsix(),
        settings: { "files.autoSave": autoSave, "files.autoSaveDelay": 100 },
      });
    });

    it("counts the findings in the status bar, and goes to the first on a click", async () => {
      await code.open("harbour-bridge.md");
      const item = counted(code, 5);
      await item.waitFor();
      await until(code.page.locator(".workbench-hover, .monaco-hover", { hasText: "×" }), () =>
        item.hover({ timeout: 2_000 }),
      );
      await screenshot(code.page, `desk status bar ${autoSave}`);
      const line = code.page.locator(".editor-status-selection, [id='status.editor.selection']");
      await until(line.filter({ hasText: "Ln 15" }), () =>
        item.locator("a").click({ timeout: 2_000 }),
      );
    });

    it("says above a repeat where the other is, and opens both side by side", async () => {
      await code.goTo(25, 1);
      const lens = code.page.locator(".codelens-decoration", { hasText: "Repeats line" }).first();
      await lens.waitFor();
      await screenshot(code.page, `desk code lens ${autoSave}`);
      await until(code.page.locator(".editor-group-container").nth(1), () =>
        lens.getByText("compare").click({ timeout: 2_000 }),
      );
      await screenshot(code.page, `desk compare ${autoSave}`);
      await code.run("View: Close All Editors");
    });

    it("says that it changed another draft, and puts that back to the byte", async () => {
      const before = bytes("crews.md");
      await code.showProblems();
      await code.open("quay.md");
      await code.goTo(5, 20);
      await code.fix(/^Delete the copy in crews\.md/);
      await toast(code, "crews.md was changed").waitFor();
      await screenshot(code.page, `desk undo ${autoSave}`);
      await press(code, "crews.md was changed", "Undo");
      // It is saved, with lines that all end alike, and then written as it was.
      await eventually(() => code.page.locator(".tab.dirty").count()).toBe(0);
      await eventually(() => bytes("crews.md").equals(before)).toBe(true);
    });

    it("shows what it changed", async () => {
      await code.open("quay.md");
      await code.goTo(5, 20);
      await code.fix(/^Delete the copy in crews\.md/);
      await press(code, "crews.md was changed", "Show");
      await code.page.locator(".tab.active", { hasText: "crews.md" }).waitFor();
      await code.focusEditor();
      await code.page.keyboard.press("ControlOrMeta+Z");
      await code.page.keyboard.press("ControlOrMeta+S");
      await code.run("View: Close All Editors");
    });

    // Where it does not save by itself, VS Code does not take in what others wrote over unsaved words.
    it.runIf(autoSave !== "off")("undoes nothing in a draft that was changed since", async () => {
      const before = bytes("crews.md");
      await code.open("quay.md");
      await code.goTo(5, 20);
      await code.fix(/^Delete the copy in crews\.md/);
      await toast(code, "crews.md was changed").waitFor();
      await eventually(() => bytes("crews.md").includes("Ferry crews")).toBe(false);
      writeFileSync(file("crews.md"), `${bytes("crews.md").toString()}More.\n`);
      await press(code, "crews.md was changed", "Undo");
      await toast(code, "crews.md has been changed since").waitFor();
      await screenshot(code.page, `desk changed since ${autoSave}`);
      await code.dismissMessages();
      expect(bytes("crews.md").includes("More.")).toBe(true);
      writeFileSync(file("crews.md"), before);
    });

    it("asks how far a stet reaches, and takes the file back that it made", async () => {
      await code.open("library-hours.txt");
      await code.goTo(4, 1);
      await code.visit(/repeated-word.*Ln 4\b/);
      const rows = await code.lightBulb();
      expect(await rows.count()).toBeLessThanOrEqual(8);
      await screenshot(code.page, `desk menu ${autoSave}`);
      await code.fix(/^Stet…/);
      await code.page
        .locator(".quick-input-list .monaco-list-row", { hasText: "This project" })
        .first()
        .waitFor();
      await screenshot(code.page, `desk stet ${autoSave}`);
      await take(code, /^This place/);
      await toast(code, ".galley.json was changed").waitFor();
      await code.problem(/repeated-word.*Ln 4\b/).waitFor({ state: "detached" });
      await screenshot(code.page, `desk stet done ${autoSave}`);
      await press(code, ".galley.json was changed", "Undo");
      await code.problem(/repeated-word.*Ln 4\b/).waitFor();
      await eventually(() => existsSync(file(".galley.json"))).toBe(false);
    });

    it("lets it stand for me, in the user's settings, and takes that back", async () => {
      await code.open("library-hours.txt");
      await code.visit(/repeated-word.*Ln 4\b/);
      await code.fix(/^Stet…/);
      await take(code, /^Me/);
      await toast(code, "Your settings were changed").waitFor();
      await code.problem(/repeated-word.*Ln 4\b/).waitFor({ state: "detached" });
      await press(code, "Your settings were changed", "Undo");
      await code.problem(/repeated-word.*Ln 4\b/).waitFor();
      await code.run("View: Close All Editors");
    });

    it("opens a rule's page, rendered, in a tab that stays: from the menu and from Problems", async () => {
      await code.open("library-hours.txt");
      await code.showProblems();
      await code.goTo(4, 90);
      await code.fix("Why?");
      await page(code, "repeated-word.md").waitFor();
      await rendered(code, "Left alone").waitFor();
      await screenshot(code.page, `desk why ${autoSave}`);
      // Problems has shown those of the draft that the menu was opened in.
      await code
        .problem(/empty-attribution.*Ln 5\b/)
        .first()
        .getByText("empty-attribution")
        .click();
      await page(code, "empty-attribution.md").waitFor();
      await code.open("quay.md");
      expect(await page(code, "repeated-word.md").count()).toBe(1);
      expect(await page(code, "empty-attribution.md").count()).toBe(1);
      await screenshot(code.page, `desk pages ${autoSave}`);
      await code.run("View: Close All Editors");
    });

    it("offers to read HTML where one is open", async () => {
      await code.open("page.html");
      const status = code.page.locator(".statusbar-item[id='status.languageStatus']");
      await status.waitFor();
      const offer = code.page.getByText("Read HTML files here");
      await until(offer, () => status.hover({ timeout: 2_000 }));
      await screenshot(code.page, `desk html ${autoSave}`);
      await offer.first().click();
      // Off the hover, which would lie above the message.
      await code.page.mouse.move(700, 300);
      await toast(code, ".galley.json was changed").waitFor();
      await code.page.locator(".monaco-editor .squiggly-warning").first().waitFor();
      await press(code, ".galley.json was changed", "Undo");
      await code.page
        .locator(".monaco-editor .squiggly-warning")
        .first()
        .waitFor({ state: "detached" });
      await eventually(() => existsSync(file(".galley.json"))).toBe(false);
      await code.run("View: Close All Editors");
    });

    it("says what is left before publishing, and goes to the first", async () => {
      await code.open("ferry-timetable.md");
      await code.run("Galley: Ready to Publish?");
      await toast(code, "Not yet").waitFor();
      await screenshot(code.page, `desk ready ${autoSave}`);
      await press(code, "Not yet", "First finding");
      await code.page.locator("[id='status.editor.selection']", { hasText: "Ln 7," }).waitFor();
      await ask(code, "Galley: Readiness of the Folder");
      await code.page
        .locator(".quick-input-list .monaco-list-row", { hasText: "harbour-bridge.md" })
        .waitFor();
      await screenshot(code.page, `desk readiness ${autoSave}`);
      await take(code, "harbour-bridge.md");
      await code.page.locator(".tab.active", { hasText: "harbour-bridge.md" }).waitFor();
    });

    it("marks every loss, and one step takes all marks back", async () => {
      const before = bytes("harbour-bridge.md").toString();
      // It is open, at its first finding.
      await code.focusEditor();
      await code.run("Galley: Mark Every Loss in this Draft");
      await toast(code, /^Marked \d+ losses/).waitFor();
      await screenshot(code.page, `desk marked ${autoSave}`);
      await code.dismissMessages();
      await code.focusEditor();
      await code.page.keyboard.press("ControlOrMeta+S");
      await expect
        .poll(() => bytes("harbour-bridge.md").toString().split("TK").length)
        .toBeGreaterThan(3);
      await code.page.keyboard.press("ControlOrMeta+Z");
      await code.page.keyboard.press("ControlOrMeta+S");
      await eventually(() => bytes("harbour-bridge.md").toString()).toBe(before);
    });
  },
);

describe("Two passages side by side in VS Code, which wraps no lines", () => {
  const home = scratch("compare");
  const workspace = join(home.folder, "news");
  const BOARD =
    "The harbour board meets on the third of May, and its meetings are open to the public, who may speak for three minutes each after the minutes have been read aloud.";
  const code = shared(home, () => {
    mkdirSync(workspace);
    const draft = (passage: string, before: string, after: string) =>
      `${before}\n\n${passage}\n\n${BOARD}\n\n${after}\n`;
    writeFileSync(
      join(workspace, "crews.txt"),
      draft(
        PASSAGE,
        "Crews\n\nAll were there that day and it was clear.",
        "The end of it came soon.",
      ),
    );
    writeFileSync(
      join(workspace, "quay.txt"),
      draft(
        PASSAGE.replace("Friday", "Monday"),
        "Quay\n\nIt rained at the quay, they said.",
        "Nobody came back that night.",
      ),
    );
    const settings = { "editor.wordWrap": "off" };
    return openVsCode({ scratch: home.folder, workspace, vsix: vsix(), settings });
  });

  it("are in their own drafts, wrapped, with what differs marked, and can be edited", async () => {
    await code.open("quay.txt");
    await code.page.locator(".squiggly-hint, .squiggly-info").first().waitFor();
    await code.goTo(5, 10);
    await code.fix(/side by side/);
    const side = (index: number) => code.page.locator(".editor-group-container").nth(index);
    for (const [index, day] of [
      [0, "Friday"],
      [1, "Monday"],
    ] as const) {
      await side(index).locator(".view-line", { hasText: day }).waitFor();
      // The passage, and the word that differs.
      await side(index).locator(".view-overlays .cdr[class*='ced-']").nth(1).waitFor();
      // The last words of the line are in sight.
      await expect
        .poll(() => side(index).locator(".view-line", { hasText: "overdue" }).count())
        .toBe(1);
      expect(await side(index).locator(".view-line").count()).toBeGreaterThan(12);
    }
    await screenshot(code.page, "desk wrapped");
    await code.page.keyboard.type("More. ");
    await code.page.locator(".tab.active.dirty", { hasText: "quay.txt" }).waitFor();
  });
});

describe("The packaged extension", () => {
  const home = scratch("packaged");
  const workspace = copySamples(join(home.folder, "news"));
  const code = shared(home, () => openVsCode({ scratch: home.folder, workspace, vsix: vsix() }));

  it("has pages for writers, of which every link leads somewhere", async () => {
    await code.page.locator(".monaco-workbench").waitFor();
    const folder = join(home.folder, "extensions");
    const name = readdirSync(folder).find((one) => one.startsWith("galley.")) ?? "";
    for (const one of ["readme.md", "changelog.md"]) {
      const text = readFileSync(join(folder, name, one), "utf8");
      expect(text).not.toMatch(/npm|CONTRIBUTING|ARCHITECTURE/);
      for (const [, target = ""] of text.matchAll(/\]\(([^)\s]*)/g)) {
        expect([one, target, /^https:/.test(target)]).toEqual([one, target, true]);
      }
    }
  });
});

describe("The desk in VS Code for the web", () => {
  const home = scratch("desk-web");
  const workspace = copySamples(join(home.folder, "news"));
  const code = shared(home, () => openWeb({ workspace, extension: extensionFolder() }));

  it("opens a rule's page, rendered", async () => {
    await code.open("library-hours.txt");
    await code.page.locator(".monaco-editor .squiggly-warning").first().waitFor();
    await code.goTo(4, 90);
    await code.fix("Why?");
    await page(code, "repeated-word.md").waitFor();
    await rendered(code, "Left alone").waitFor();
    await screenshot(code.page, "desk why web");
  });

  it("says that it made a file", async () => {
    await code.open("library-hours.txt");
    await code.goTo(4, 90);
    await code.fix(/^Stet…/);
    await take(code, /^This place/);
    await toast(code, ".galley.json was changed").waitFor();
    await screenshot(code.page, "desk stet web");
  });
});
