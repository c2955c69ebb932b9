import * as vscode from "vscode";

/** The walkthrough's id in the manifest. */
const WALKTHROUGH = "start";

/** Shows the walkthrough, which `contributes.walkthroughs` of the manifest describes. */
export async function showWalkthrough({ extension }: vscode.ExtensionContext): Promise<void> {
  await vscode.commands.executeCommand(
    "workbench.action.openWalkthrough",
    `${extension.id}#${WALKTHROUGH}`,
    false,
  );
}
