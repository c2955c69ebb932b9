import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { startClient } from "./client.ts";

let stop: (() => Promise<void>) | undefined;

/** VS Code in a browser: the server is a web worker, and the client reads its files. */
export async function activate(context: ExtensionContext): Promise<void> {
  const program = Uri.joinPath(context.extensionUri, "dist", "server", "browser.js");
  stop = await startClient(
    context,
    (options) =>
      new LanguageClient(
        "galley",
        "Galley",
        // Not as a promise of it: the client then asks `instanceof Worker`, which the web host's are not.
        new Worker(program.toString(true)),
        options,
      ),
  );
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
