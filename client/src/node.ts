import { commands, type ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { startClient } from "./client.ts";

let stop: (() => Promise<void>) | undefined;

/** The entry point on a desktop: the server is a separate process. */
export async function activate(context: ExtensionContext): Promise<void> {
  stop = await startClient(
    context,
    (options) =>
      new LanguageClient(
        "galley",
        "Galley",
        {
          run: {
            module: context.asAbsolutePath("dist/server/start.cjs"),
            args: [context.globalStorageUri.fsPath],
            transport: TransportKind.ipc,
          },
          debug: {
            module: context.asAbsolutePath("dist/server/node.cjs"),
            transport: TransportKind.ipc,
            options: { execArgv: ["--nolazy", "--inspect=6009"] },
          },
        },
        options,
      ),
  );
  // `npm start` asks for it.
  if (process.env["GALLEY_WALKTHROUGH"] !== undefined) {
    await commands.executeCommand("galley.showWalkthrough");
  }
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
