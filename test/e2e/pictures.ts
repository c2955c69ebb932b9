// Takes the walkthrough's pictures in real VS Code, in a light and a dark theme: npm run pictures
// Look at each before you commit it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import UPNG from "upng-js";
import { type Editor, until } from "./support/editor.ts";
import { copySamples, ROOT, scratch } from "./support/files.ts";
import { openVsCode } from "./support/vscode.ts";

const OUT = join(ROOT, "images/walkthrough");

const THEMES = { light: "Default Light Modern", dark: "Default Dark Modern" };

/** As large as a walkthrough shows it, on a screen of twice as many pixels. */
const WINDOW = { viewport: { width: 840, height: 560 }, deviceScaleFactor: 2 };

/** Enough for letters of every colour, at a third of the size. */
const COLOURS = 128;

mkdirSync(OUT, { recursive: true });
for (const [theme, colorTheme] of Object.entries(THEMES)) {
  const home = scratch(`pictures-${theme}`);
  try {
    const code = await openVsCode({
      scratch: home.folder,
      workspace: copySamples(join(home.folder, "news")),
      window: WINDOW,
      settings: {
        "workbench.colorTheme": colorTheme,
        "workbench.activityBar.location": "hidden",
        "editor.lineNumbers": "on",
        "editor.fontSize": 13,
        "breadcrumbs.enabled": false,
      },
    });
    try {
      await takeAll(code, theme);
    } finally {
      await code.close();
    }
  } finally {
    home.remove();
  }
}

async function takeAll({ page, host }: Editor, theme: string): Promise<void> {
  const take = async (step: string): Promise<void> => {
    const picture = UPNG.decode(await page.screenshot({ animations: "disabled" }));
    const { width, height } = picture;
    const file = UPNG.encode(UPNG.toRGBA8(picture), width, height, COLOURS);
    writeFileSync(join(OUT, `${step}-${theme}.png`), new Uint8Array(file));
    console.log(`${step}-${theme}.png: ${Math.round(file.byteLength / 1024)} KB`);
  };
  await host.start("galley.openSample");
  await host.start("workbench.action.closeSidebar");
  await page.locator(".explorer-folders-view").waitFor({ state: "hidden" });
  await page.locator(".monaco-editor .squiggly-warning").first().waitFor();
  await page.locator(".statusbar-item[id$='galley.findings']").waitFor();
  await host.focus(1, 1);
  await take("sample");

  await host.start("workbench.actions.view.problems");
  await page.locator(".markers-panel .monaco-list-row", { hasText: "repeated-block" }).waitFor();
  await host.focus(1, 1);
  await take("finds");
  await host.start("workbench.action.closePanel");
  await page.locator(".markers-panel").waitFor({ state: "hidden" });

  await host.focus(5, 80);
  const menu = page.locator(".action-widget .monaco-list-row");
  await until(menu, () => host.start("editor.action.quickFix"));
  await take("mend");

  await host.focus(5, 80);
  await host.start("galley.stet");
  const choice = page.locator(".quick-input-list .monaco-list-row", { hasText: "This project" });
  await choice.first().waitFor();
  await take("stet");
  await page.keyboard.press("Escape");

  await host.focus(5, 80);
  await host.start("galley.readyToPublish");
  await page.locator(".notification-toast", { hasText: "Not yet" }).waitFor();
  await take("ready");
}
