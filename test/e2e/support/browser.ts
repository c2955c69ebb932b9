import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { OUT } from "./files.ts";

/** A browser that reaches nothing but this machine. */
export function launchBrowser(): Promise<Browser> {
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

/** The size of a window, in pixels of its own and in those of a picture of it. */
export interface Window {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor: number;
}

const WINDOW: Window = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 };

export async function newPage(browser: Browser, window: Window = WINDOW): Promise<Page> {
  const page = await browser.newPage(window);
  page.setDefaultTimeout(20_000);
  return page;
}

export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  await page.screenshot({ path: join(OUT, `${name}.png`), animations: "disabled" });
}
