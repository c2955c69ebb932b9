import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { startClient } from "./client.ts";

let stop: (() => Promise<void>) | undefined;

/** The entry point in a browser: the server is a web worker, for which the client reads files. */
export async function activate(context: ExtensionContext): Promise<void> {
  const program = Uri.joinPath(context.extensionUri, "dist", "server", "browser.js");
  stop = await startClient(
    context,
    (options) =>
      new LanguageClient(
        "galley",
        "Galley",
        // Not a promise: its result is checked by `instanceof Worker`, which fails in the web host.
        new Worker(program.toString(true)),
        options,
      ),
  );
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
