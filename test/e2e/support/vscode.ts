import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeServer, installCodeServer } from "../install.ts";
import { openBridge } from "./bridge.ts";
import { type Editor, openPage, type Window } from "./editor.ts";
import { vsix } from "./files.ts";
import { serve } from "./processes.ts";

interface Wanted {
  /** Everything that it writes goes here. */
  readonly scratch: string;
  /** A folder, or a .code-workspace file that names several. */
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Additional environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly window?: Window;
  /** The language it tells extensions; its own texts stay English, because there is no language pack. */
  readonly language?: string;
  /** Tests answer Galley's questions to the user, and nobody sees them. */
  readonly answers?: boolean;
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

const FLAGS = [
  ...["--auth", "none", "--bind-addr", "127.0.0.1:0"],
  ...["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"],
  ...["--disable-getting-started-override", "--disable-proxy"],
];

/** Installs the packaged extension into real VS Code and opens a workspace in it. */
export async function openVsCode(wanted: Wanted): Promise<Editor> {
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
  execFileSync(codeServer.node, [codeServer.entry, ...folders, "--install-extension", vsix()], {
    env,
    stdio: "pipe",
  });

  const bridge = await openBridge(wanted.scratch, wanted.answers ?? false);
  addExtension(join(wanted.scratch, "extensions/extensions.json"), bridge.extension);
  // The system picks the port, so that no other server can take it.
  const command = [codeServer.node, codeServer.entry, ...FLAGS, ...folders] as const;
  const listening = /listening on (http:\/\/127\.0\.0\.1:\d+)/i;
  const start = () => serve(command, { env }, listening);
  const kind = wanted.workspace.endsWith(".code-workspace") ? "workspace" : "folder";
  const path = `/?${kind}=${encodeURIComponent(wanted.workspace)}`;
  return await openPage(path, bridge, start, wanted.window, wanted.language);
}

/** Adds a folder to the list of installed extensions, because there is no package of it. */
function addExtension(list: string, path: string): void {
  const installed = JSON.parse(readFileSync(list, "utf8")) as unknown[];
  const location = { $mid: 1, path, scheme: "file" };
  installed.push({ identifier: { id: "tests.bridge" }, version: "1.0.0", location });
  writeFileSync(list, JSON.stringify(installed));
}

/** A home folder of its own, and no marketplace. */
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
