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

/** What tests see of it. */
type Shared = Pick<Editor, "page" | "host">;

/** Starting an editor may fail for reasons that are none of ours; what it then shows may not. */
export async function retried<T>(begin: () => Promise<T>): Promise<T> {
  try {
    return await begin();
  } catch {
    return await begin();
  }
}

/**
 * Makes a gesture, and makes it again while nothing has come of it: what is drawn anew or moves away under the mouse
 * takes it without a sign. The gesture has to bear that it came through after all.
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

/** The words of a rendered page, which stands in frames of its own. */
export const rendered = (page: Page, text: string): Locator =>
  page
    .frameLocator("iframe.webview.ready")
    .frameLocator("iframe#active-frame")
    .getByText(text)
    .first();

/** The size of a window, in pixels of its own and in those of a picture of it. */
export interface Window {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor: number;
}

const WINDOW: Window = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 };

/** Writes what is on the screen to test/e2e/out. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(OUT, `${name}.png`), animations: "disabled" });
}

/** A browser that reaches nothing but this machine. */
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

/** Has the workbench take a language for that of its texts, which are English without a language pack and say so. */
function inLanguage(language: string): void {
  const get = (): string => language;
  Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get, set: () => undefined });
}

/** Opens an editor's page. When it can't be opened, what was started for it is ended. */
export async function openPage(
  path: string,
  bridge: Bridge,
  server: Server,
  window: Window = WINDOW,
  language?: string,
): Promise<Editor> {
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    bridge.close();
    await server.stop();
  };
  try {
    const page = await browser.newPage(window);
    page.setDefaultTimeout(60_000);
    if (language !== undefined) await page.addInitScript(inLanguage, language);
    await retried(async () => {
      await page.goto(server.address + path);
      await page.locator(".monaco-workbench").waitFor();
      await bridge.host.hasFolder();
    });
    return { page, host: bridge.host, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The editor that all tests of one file share: opened before the first of them, and closed after the last, when its
 * folder goes too. After each test nothing is open in it any more. Of a test that fails a picture is kept.
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

  // Tests are written before there is an editor, and look at it when they run.
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

/** Takes what the light bulb offers at a place under a title that begins so, once it does. */
export async function fix(
  host: Host,
  name: string,
  [line, column]: readonly [number, number],
  title: string,
): Promise<void> {
  await expect.poll(() => host.fix(name, line, column, title)).toBeUndefined();
}
