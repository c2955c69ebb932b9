import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installWeb, vscodeWeb } from "../install.ts";
import { openBridge } from "./bridge.ts";
import { type Editor, openPage } from "./editor.ts";
import { ROOT } from "./files.ts";
import { serve } from "./processes.ts";

const SETTINGS = {
  "files.autoSave": "off",
  "editor.wordWrap": "on",
  "editor.minimap.enabled": false,
};

/** Opens a folder in VS Code for the web: no Node, and a worker for the server. */
export async function openWeb(scratch: string, workspace: string): Promise<Editor> {
  installWeb();
  // User settings are in the browser; only the folder's can be written.
  mkdirSync(join(workspace, ".vscode"), { recursive: true });
  writeFileSync(join(workspace, ".vscode/settings.json"), JSON.stringify(SETTINGS));
  const bridge = await openBridge(scratch, false);
  const config = {
    build: { type: "static", location: vscodeWeb.build },
    esm: false,
    extensionDevelopmentPath: ROOT,
    extensionPaths: [bridge.extension],
    folderMountPath: workspace,
  };
  // In its own process, because it neither closes its sockets nor hides its output. By this name, because webviews are
  // served from subdomains of it, as of the same site.
  const script = `
    import server from ${JSON.stringify(pathToFileURL(vscodeWeb.server).href)};
    const http = await server.runServer("127.0.0.1", 0, ${JSON.stringify(config)});
    if (!http.listening) await new Promise((resolve) => http.once("listening", resolve));
    console.log("at http://code.localhost:" + http.address().port);
  `;
  const command = [process.execPath, "--input-type=module", "--eval", script] as const;
  const listening = /at (http:\/\/code\.localhost:\d+)\n/;
  const start = () => serve(command, { cwd: vscodeWeb.folder }, listening);
  const editor = await openPage("/", bridge, start);
  // It appears late and takes the focus, and the setting against it is not read from a folder.
  await editor.page.locator(".tab.active", { hasText: "Welcome" }).waitFor();
  return editor;
}
