// Takes the walkthrough's pictures in real VS Code, in a light and a dark theme: npm run pictures
// Look at each before you commit it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import UPNG from "upng-js";
import { ROOT, scratch, copySamples, vsix } from "./support/files.ts";
import { openVsCode } from "./support/vscode.ts";
import type { Workbench } from "./support/workbench.ts";

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
      vsix: vsix(),
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

async function takeAll(code: Workbench, theme: string): Promise<void> {
  const { page } = code;
  const take = async (step: string): Promise<void> => {
    const picture = UPNG.decode(await page.screenshot({ animations: "disabled" }));
    const { width, height } = picture;
    const file = UPNG.encode(UPNG.toRGBA8(picture), width, height, COLOURS);
    writeFileSync(join(OUT, `${step}-${theme}.png`), new Uint8Array(file));
    console.log(`${step}-${theme}.png: ${Math.round(file.byteLength / 1024)} KB`);
  };

  // Its commands are there once it runs.
  await code.open("apple-fair.md");
  await page.locator(".statusbar-item[id$='galley.findings']").waitFor();
  await code.run("View: Close All Editors");
  await code.run("Galley: Open the Sample");
  await code.run("View: Toggle Primary Side Bar Visibility");
  await page.locator(".explorer-folders-view").waitFor({ state: "hidden" });
  await page.locator(".monaco-editor .squiggly-warning").first().waitFor();
  await page.locator(".statusbar-item[id$='galley.findings']").waitFor();
  await code.focusEditor();
  await code.goTo(1, 1);
  await take("sample");

  await code.showProblems();
  await code.problem("repeated-block").first().waitFor();
  await code.focusEditor();
  await take("finds");
  await page.keyboard.press("ControlOrMeta+J");
  await page.locator(".markers-panel").waitFor({ state: "hidden" });

  await code.goTo(5, 80);
  await code.lightBulb();
  await take("mend");

  await code.fix(/^Stet…/);
  await page
    .locator(".quick-input-list .monaco-list-row", { hasText: "This project" })
    .first()
    .waitFor();
  await take("stet");
  await page.keyboard.press("Escape");

  await code.focusEditor();
  await code.run("Galley: Ready to Publish?");
  await page.locator(".notification-toast", { hasText: "Not yet" }).waitFor();
  await take("ready");
}
