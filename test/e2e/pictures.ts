// Takes the pictures of README and, in a light and a dark theme, of the walkthrough in real VS Code: npm run pictures
// Look at each before you commit it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import UPNG from "upng-js";
import { type Editor, until } from "./support/editor.ts";
import { copySamples, ROOT, scratch } from "./support/files.ts";
import { openVsCode } from "./support/vscode.ts";

const OUT = join(ROOT, "images");

/** Enough colours for the letters, at a third of the size. */
const COLOURS = 128;

const LIGHT = "Default Light Modern";

/** As large as a walkthrough shows it, for a high-resolution screen: each is less than 60 KB. */
const WALKTHROUGH = {
  window: { viewport: { width: 840, height: 560 }, deviceScaleFactor: 1.5 },
  settings: {
    "workbench.activityBar.location": "hidden",
    "editor.lineNumbers": "on",
    "editor.fontSize": 13,
    "breadcrumbs.enabled": false,
  },
};

const WALKTHROUGH_COLOURS = 24;

/** As wide as the extension's page in VS Code, and small, because the page contains the pictures. */
const PAGE = {
  window: { viewport: { width: 960, height: 800 }, deviceScaleFactor: 1 },
  settings: { "breadcrumbs.enabled": false, "editor.stickyScroll.enabled": false },
};
const PAGE_COLOURS = 64;

/** High enough to show a passage and its copy above Problems. */
const README = {
  window: { viewport: { width: 1100, height: 860 }, deviceScaleFactor: 1.5 },
  settings: { "breadcrumbs.enabled": false, "editor.stickyScroll.enabled": false },
};

for (const folder of ["walkthrough", "page"]) mkdirSync(join(OUT, folder), { recursive: true });
for (const [theme, colorTheme] of [
  ["light", LIGHT],
  ["dark", "Default Dark Modern"],
] as const) {
  await inEditor(WALKTHROUGH, colorTheme, (code) => takeWalkthrough(code, theme));
}
await inEditor(README, LIGHT, (code) => takeReadme(code, "", COLOURS));
await inEditor(PAGE, LIGHT, async (code) => {
  await takeReadme(code, "page/", PAGE_COLOURS);
  await takeSideBySide(code);
});

async function inEditor(
  { window, settings }: typeof WALKTHROUGH | typeof README | typeof PAGE,
  colorTheme: string,
  take: (code: Editor) => Promise<void>,
): Promise<void> {
  const home = scratch("pictures");
  try {
    const code = await openVsCode({
      scratch: home.folder,
      workspace: copySamples(join(home.folder, "news")),
      window,
      settings: { "workbench.colorTheme": colorTheme, ...settings },
    });
    try {
      await take(code);
    } finally {
      await code.close();
    }
  } finally {
    home.remove();
  }
}

/** Writes what is on the screen into `images/`. */
async function photograph({ page }: Editor, name: string, colours = COLOURS): Promise<void> {
  const picture = UPNG.decode(await page.screenshot({ animations: "disabled" }));
  const { width, height } = picture;
  const file = UPNG.encode(UPNG.toRGBA8(picture), width, height, colours);
  writeFileSync(join(OUT, `${name}.png`), new Uint8Array(file));
  console.log(`${name}.png: ${Math.round(file.byteLength / 1024)} KB`);
}

/** Draft, copy and Problems; and the light bulb's menu at the copy. */
async function takeReadme(code: Editor, folder: string, colours: number): Promise<void> {
  const { page, host } = code;
  await host.open("harbour-bridge.md");
  await page.locator(".monaco-editor .squiggly-warning").first().waitFor();
  await host.start("workbench.actions.view.problems");
  await page.locator(".markers-panel .monaco-list-row", { hasText: "repeated-block" }).waitFor();
  await host.focus(21, 1);
  await page.locator(".codelens-decoration", { hasText: "Repeats line 17" }).waitFor();
  await photograph(code, `${folder}problems`, colours);

  await host.focus(25, 1);
  const menu = page.locator(".action-widget .monaco-list-row");
  await until(menu, () => host.start("editor.action.quickFix"));
  await photograph(code, `${folder}light-bulb`, colours);
}

/** The passage and its copy side by side, with the differences marked. */
async function takeSideBySide(code: Editor): Promise<void> {
  const { page, host } = code;
  await host.start("workbench.action.closePanel");
  await host.start("workbench.action.closeSidebar");
  await host.lenses("compare");
  await page.locator(".editor-group-container").nth(1).locator(".view-line").first().waitFor();
  await photograph(code, "page/side-by-side", PAGE_COLOURS);
}

async function takeWalkthrough(code: Editor, theme: string): Promise<void> {
  const { page, host } = code;
  const take = (step: string) =>
    photograph(code, `walkthrough/${step}-${theme}`, WALKTHROUGH_COLOURS);
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

  await page.keyboard.press("Escape");
  await menu.first().waitFor({ state: "hidden" });
  await host.focus(5, 80);
  await host.start("galley.stet");
  const choice = page.locator(".quick-input-list .monaco-list-row", { hasText: "This project" });
  await choice.first().waitFor();
  await take("stet");
  await page.keyboard.press("Escape");

  await host.focus(5, 80);
  await host.start("galley.readyToPublish");
  await page.locator(".customview-tree .monaco-list-row", { hasText: "Not yet" }).waitFor();
  await take("ready");
}
