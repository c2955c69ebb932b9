import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { Bridge, Host } from "./bridge.ts";
import { OUT, type Scratch } from "./files.ts";
import type { Server } from "./processes.ts";

/** An editor in a browser: what it shows, and its extension host. */
export interface Editor {
  readonly page: Page;
  readonly host: Host;
  close(): Promise<void>;
}

/** Its parts that tests see. */
type Shared = Pick<Editor, "page" | "host">;

/**
 * Makes a gesture, and repeats it while it has no effect: an element that is redrawn or moves away under the mouse
 * swallows it without a sign. The gesture must tolerate having worked after all.
 */
export async function until(shown: Locator, gesture: () => Promise<void>): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    let failure: unknown;
    await gesture().catch((error: unknown) => (failure = error));
    try {
      await shown.first().waitFor({ timeout: 4_000 });
      return;
    } catch (error) {
      if (Date.now() > end) throw failure ?? error;
    }
  }
}

/** Asks for the hover where the cursor is until it shows this. One that is open is closed first, as it would stay as it is. */
export async function hover(page: Page, host: Host, shown: Locator): Promise<void> {
  await until(shown, async () => {
    await page.keyboard.press("Escape");
    await host.start("editor.action.showHover");
  });
}

/** The words of a rendered page, which is in nested frames. */
export const rendered = (page: Page, text: string): Locator =>
  page
    .frameLocator("iframe.webview.ready")
    .frameLocator("iframe#active-frame")
    .getByText(text)
    .first();

/** The size of a window in its own pixels, and in those of a picture of it. */
export interface Window {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor: number;
}

const WINDOW: Window = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 };

/** Writes what is on the screen to test/e2e/out. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(OUT, `${name}.png`), animations: "disabled" });
}

/** A browser that can reach only this machine. */
function launchBrowser(): Promise<Browser> {
  const debian = "/usr/bin/chromium";
  const executablePath = process.env["CHROMIUM"] ?? (existsSync(debian) ? debian : undefined);
  return chromium.launch({
    ...(executablePath === undefined ? { channel: "chrome" } : { executablePath }),
    args: [
      // Chromium refuses its sandbox to root, and CI is root.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
    ],
  });
}

/** Makes the workbench take a language for that of its texts, which stay English without a language pack. */
function inLanguage(language: string): void {
  const get = (): string => language;
  Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get, set: () => undefined });
}

/** Starts an editor's server and opens its page: a second time, afresh, if that fails or the window has no folder. */
export async function openPage(
  path: string,
  bridge: Bridge,
  start: () => Promise<Server>,
  window: Window = WINDOW,
  language?: string,
): Promise<Editor> {
  const open = () => openOnce(path, bridge, start, window, language);
  try {
    return await open().catch(open);
  } catch (error) {
    bridge.close();
    throw error;
  }
}

/** When the page can't be opened, what was started for it is ended. */
async function openOnce(
  path: string,
  bridge: Bridge,
  start: () => Promise<Server>,
  window: Window,
  language: string | undefined,
): Promise<Editor> {
  const server = await start();
  const browser = await launchBrowser();
  const stop = async () => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = await browser.newPage(window);
    page.setDefaultTimeout(60_000);
    if (language !== undefined) await page.addInitScript(inLanguage, language);
    await page.goto(server.address + path);
    await page.locator(".monaco-workbench").waitFor();
    await bridge.host.hasFolder();
    const close = async () => {
      await stop();
      bridge.close();
    };
    return { page, host: bridge.host, close };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * One editor shared by all tests of a file: opened before the first, and closed with its folder after the last. After
 * each test everything in it is closed. A failed test leaves a screenshot.
 */
export function shared(home: Scratch, open: () => Promise<Editor>): Shared {
  let editor: Editor | undefined;

  beforeAll(async () => {
    const opened = await open();
    editor = opened;
    return async () => {
      await opened.close();
      home.remove();
    };
  });

  beforeEach(({ onTestFailed, task }) => {
    onTestFailed(async () => {
      if (editor !== undefined) await screenshot(editor.page, `failed ${task.name}`);
    });
  });

  afterEach(async () => {
    await editor?.host.reset();
  });

  // Tests are defined before the editor exists, and read it when they run.
  return {
    get page() {
      if (editor === undefined) throw new Error("No editor is open yet.");
      return editor.page;
    },
    host: new Proxy({} as Host, {
      get: (_, name) => Reflect.get(editor?.host ?? {}, name) as unknown,
    }),
  };
}

/** Runs the light bulb's action whose title begins with this, once it is offered at a place. */
export async function fix(
  host: Host,
  name: string,
  [line, column]: readonly [number, number],
  title: string,
): Promise<void> {
  await expect.poll(() => host.fix(name, line, column, title)).toBeUndefined();
}
