import type { Locator, Page } from "playwright-core";

/** The workbench as a writer uses it: by keyboard, and by what is to be seen. */
export interface Workbench {
  readonly page: Page;
  /** Opens a draft that stands at the top of the folder, from the explorer. */
  open(name: string): Promise<void>;
  /** Runs a command from the palette by its title. */
  run(title: string): Promise<void>;
  /** Shows the Problems view. */
  showProblems(): Promise<void>;
  /** The rows of the Problems view that hold this text; those out of sight are not in the page at all. */
  problem(text: string | RegExp): Locator;
  /** Scrolls the Problems view up until this problem, among its first, is in sight. */
  scrollUpTo(text: string | RegExp): Promise<void>;
  /** Opens the place that a problem is about. */
  visit(text: string | RegExp): Promise<void>;
  /** Resolves when the status bar counts so many problems. */
  counted(label: string | RegExp): Promise<void>;
  /** Puts the cursor on a line and column, both from 1. */
  goTo(line: number, column: number): Promise<void>;
  /** Puts the keyboard into the draft that is shown. */
  focusEditor(): Promise<void>;
  /** Closes the messages in the corner. */
  dismissMessages(): Promise<void>;
  /** Opens the light bulb's menu at the cursor, and again while it lacks what is wanted; gives its rows. */
  lightBulb(wanted?: string | RegExp): Promise<Locator>;
  /** Takes an entry from the light bulb's menu. */
  fix(title: string | RegExp): Promise<void>;
}

/**
 * Makes a gesture, and makes it again while nothing has come of it: a key that is pressed while the focus moves, or a
 * click on what is drawn anew or moves away under it, is lost without a sign. Throws what Playwright does.
 */
export async function until(
  shown: Locator,
  gesture: () => Promise<void>,
  state: "visible" | "hidden" = "visible",
): Promise<void> {
  for (let left = 3; ; left--) {
    let failure: unknown;
    // One that finds nothing to act on may come after one that came through late.
    await gesture().catch((error: unknown) => (failure = error));
    try {
      await shown.first().waitFor({ state, timeout: left === 0 ? 20_000 : 4_000 });
      return;
    } catch (error) {
      if (left === 0) throw failure ?? error;
    }
  }
}

export function workbench(page: Page): Workbench {
  const pick = async (key: string, text: string, row: string | RegExp) => {
    const input = page.locator(".quick-input-widget:visible input[type=text]");
    await until(input, () => page.keyboard.press(key));
    await input.fill(text);
    await page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first().click();
    await input.waitFor({ state: "hidden" });
  };
  const focused = page.locator(".editor-instance .monaco-editor.focused");
  const menu = page.locator(".action-widget .monaco-list-row");

  const self: Workbench = {
    page,
    open: async (name) => {
      // Quick Open finds nothing in the web host, which has no search behind it.
      const row = page.locator(".explorer-folders-view .monaco-list-row", { hasText: name });
      await until(page.locator(".tab.active", { hasText: name }), () => row.dblclick());
      const lines = page.locator(".editor-instance .view-lines");
      await until(focused, () => lines.click({ position: { x: 2, y: 2 } }));
    },
    run: (title) => pick("F1", `>${title}`, title),
    showProblems: async () => {
      const panel = page.locator(".markers-panel");
      if (await panel.isVisible()) return;
      await page.keyboard.press("ControlOrMeta+Shift+M");
      await panel.waitFor();
    },
    problem: (text) => page.locator(".markers-panel .monaco-list-row", { hasText: text }),
    scrollUpTo: async (text) => {
      await page.locator(".markers-panel").hover();
      // What comes in above the first row in sight pushes nothing down: one has to look again.
      for (let left = 20; ; left--) {
        await page.mouse.wheel(0, -5_000);
        try {
          await self.problem(text).first().waitFor({ timeout: 1_000 });
          return;
        } catch (error) {
          if (left === 0) throw error;
        }
      }
    },
    visit: async (text) => {
      const row = self.problem(text).first();
      // On its message: before it a light bulb comes up on the first click, after it stands the link to the rule's page.
      const position = { x: 150, y: 11 };
      await row.click({ position });
      // An editor that had the focus says so a little longer.
      await focused.waitFor({ state: "hidden" });
      await until(focused, () => row.dblclick({ position }));
    },
    counted: async (label) => {
      await page.locator("#status\\.problems a").and(page.getByLabel(label)).waitFor();
    },
    goTo: async (line, column) => {
      await pick("Control+G", `:${line}:${column}`, /./);
      await focused.waitFor();
    },
    focusEditor: async () => {
      await until(focused, () => page.keyboard.press("ControlOrMeta+1"));
    },
    dismissMessages: async () => {
      await self.run("Notifications: Clear All Notifications");
      await page.locator(".notification-toast").first().waitFor({ state: "detached" });
    },
    lightBulb: async (wanted = /./) => {
      const rows = menu.filter({ hasText: wanted });
      await until(rows, async () => {
        // The menu may be open already, or be opening: it then has the focus in the editor's place.
        await menu.or(focused).first().waitFor();
        if (await rows.first().isVisible()) return;
        // It lacks what the server could not find out in time; the next one has that.
        if (await menu.first().isVisible()) {
          await page.keyboard.press("Escape");
          await focused.waitFor();
        }
        await page.keyboard.press("ControlOrMeta+.");
      });
      return menu;
    },
    fix: async (title) => {
      const rows = await self.lightBulb(title);
      const wanted = rows.filter({ hasText: title }).first();
      const index = await wanted.getAttribute("data-index");
      // By keyboard: older versions lay a shield over the menu that takes the clicks.
      const chosen = menu.and(page.locator(".focused"));
      let at = await chosen.getAttribute("data-index");
      while (at !== index) {
        await page.keyboard.press("ArrowDown");
        await menu.and(page.locator(`.focused:not([data-index="${at ?? ""}"])`)).waitFor();
        at = await chosen.getAttribute("data-index");
      }
      await page.keyboard.press("Enter");
      await menu.first().waitFor({ state: "hidden" });
    },
  };
  return self;
}
