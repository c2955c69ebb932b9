import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeServer, installCodeServer } from "../install.ts";
import { launchBrowser, newPage, type Window } from "./browser.ts";
import type { Running } from "./processes.ts";
import { start } from "./processes.ts";
import { retried } from "./retried.ts";
import type { Workbench } from "./workbench.ts";
import { workbench } from "./workbench.ts";

export interface VsCode extends Workbench {
  /** Folder of its user data, with the logs in it. */
  readonly userData: string;
  close(): Promise<void>;
}

interface Wanted {
  /** Everything that it writes goes under here. */
  readonly scratch: string;
  /** A folder, or a .code-workspace file that names several. */
  readonly workspace: string;
  readonly vsix: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Variables of its environment, besides those that it needs. */
  readonly env?: Readonly<Record<string, string>>;
  readonly window?: Window;
}

const SETTINGS = {
  "workbench.startupEditor": "none",
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "files.autoSave": "off",
  "editor.wordWrap": "on",
  "editor.minimap.enabled": false,
  "window.commandCenter": false,
  "window.title": "${dirty}${activeEditorShort}${separator}${rootName}",
  "git.openRepositoryInParentFolders": "never",
};

/** Installs the packaged extension into real VS Code and opens a workspace in it. */
export async function openVsCode(wanted: Wanted): Promise<VsCode> {
  installCodeServer();
  const userData = join(wanted.scratch, "user-data");
  mkdirSync(join(userData, "User"), { recursive: true });
  writeFileSync(join(wanted.scratch, "config.yaml"), "");
  writeFileSync(
    join(userData, "User/settings.json"),
    JSON.stringify({ ...SETTINGS, ...wanted.settings }),
  );

  const folders = [
    ["--config", join(wanted.scratch, "config.yaml")],
    ["--user-data-dir", userData],
    ["--extensions-dir", join(wanted.scratch, "extensions")],
  ].flat();
  const env = { ...environment(wanted.scratch), ...wanted.env };
  execFileSync(
    codeServer.node,
    [codeServer.entry, ...folders, "--install-extension", wanted.vsix],
    { env, stdio: "pipe" },
  );

  const server = await retried(() => serve(folders, env));
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await server.running.stop();
  };
  try {
    const page = await newPage(browser, wanted.window);
    const kind = wanted.workspace.endsWith(".code-workspace") ? "workspace" : "folder";
    const url = `${server.url}/?${kind}=${encodeURIComponent(wanted.workspace)}`;
    await retried(async () => {
      await page.goto(url);
      await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
      await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    });
    return { ...workbench(page), userData, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The system picks the port, so that no other server can take it meanwhile. */
async function serve(
  folders: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ running: Running; url: string }> {
  const flags = [
    ["--auth", "none", "--bind-addr", "127.0.0.1:0"],
    ["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"],
    ["--disable-getting-started-override", "--disable-proxy"],
  ].flat();
  const running = start(codeServer.node, [codeServer.entry, ...flags, ...folders], { env });
  try {
    const [, url = ""] = await running.prints(/listening on (http:\/\/127\.0\.0\.1:\d+)/i, 30_000);
    return { running, url };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** A home of its own, and no marketplace. */
function environment(scratch: string): NodeJS.ProcessEnv {
  const home = join(scratch, "home");
  mkdirSync(home, { recursive: true });
  return {
    PATH: process.env["PATH"],
    LANG: "C.UTF-8",
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_RUNTIME_DIR: home,
    EXTENSIONS_GALLERY: "{}",
  };
}
