import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installWeb, vscodeWeb } from "../install.ts";
import { launchBrowser, newPage } from "./browser.ts";
import { retried } from "./retried.ts";
import { start } from "./processes.ts";
import type { Workbench } from "./workbench.ts";
import { workbench } from "./workbench.ts";

export interface WebEditor extends Workbench {
  close(): Promise<void>;
}

interface Wanted {
  readonly workspace: string;
  /** The extension's folder, bundled. */
  readonly extension: string;
}

const SETTINGS = {
  "files.autoSave": "off",
  "editor.wordWrap": "on",
  "editor.minimap.enabled": false,
};

/** Opens a folder in VS Code for the web: no Node behind it, and a worker for the server. */
export async function openWeb(wanted: Wanted): Promise<WebEditor> {
  installWeb();
  // It keeps its user settings in the browser; the folder's are the ones that can be written.
  mkdirSync(join(wanted.workspace, ".vscode"), { recursive: true });
  writeFileSync(join(wanted.workspace, ".vscode/settings.json"), JSON.stringify(SETTINGS));
  const config = {
    build: { type: "static", location: vscodeWeb.build },
    esm: false,
    extensionDevelopmentPath: wanted.extension,
    folderMountPath: wanted.workspace,
  };
  // In a process of its own: it neither closes its sockets nor hides what it prints.
  const script = `
    import server from ${JSON.stringify(pathToFileURL(vscodeWeb.server).href)};
    const http = await server.runServer("127.0.0.1", 0, ${JSON.stringify(config)});
    if (!http.listening) await new Promise((resolve) => http.once("listening", resolve));
    console.log("port=" + http.address().port);
  `;
  const server = start(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: vscodeWeb.folder,
  });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  try {
    const [, port = ""] = await server.prints(/port=(\d+)/, 30_000);
    const page = await newPage(browser);
    await retried(async () => {
      // By this name, because webviews are served from hosts below it, as of the same site.
      await page.goto(`http://code.localhost:${port}/`);
      await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
      await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
      // It comes late and takes the focus; the setting against it is not read from a folder.
      await page.locator(".tab.active", { hasText: "Welcome" }).waitFor();
    });
    return { ...workbench(page), close };
  } catch (error) {
    await close();
    throw error;
  }
}
