import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { LANGUAGES } from "./languages.generated.ts";
import { stateOf } from "./status.ts";

/** The language of the sample is the first of them. */
const [LANGUAGE = ""] = LANGUAGES;

/** What the walkthrough tries on the sample, by command. */
const TRIALS = {
  mend: "editor.action.quickFix",
  stet: "galley.stet",
  ready: "galley.readyToPublish",
} as const;

type Trial = keyof typeof TRIALS;

/** Opens the sample draft and tries what the argument names: nothing, or a `Trial`. */
export type OpenSample = (client: BaseLanguageClient, trial: unknown) => Promise<void>;

/** The sample is a document without a file, so that nothing on disk can change. */
export function sampleOpener(context: vscode.ExtensionContext): OpenSample {
  let sample: vscode.TextDocument | undefined;

  const open = async (): Promise<vscode.TextDocument> => {
    const file = vscode.Uri.joinPath(context.extensionUri, "client", "sample.md");
    const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return await vscode.workspace.openTextDocument({ language: LANGUAGE, content });
  };

  return async (client, trial) => {
    if (sample === undefined || sample.isClosed) sample = await open();
    if (!isTrial(trial)) {
      await vscode.window.showTextDocument(sample, where(sample));
      return;
    }
    let { first } = await stateOf(client, sample);
    // Everything is fixed already.
    if (first === undefined && trial !== "ready") {
      sample = await open();
      ({ first } = await stateOf(client, sample));
    }
    // Not the first finding, which may be a mark that was just put there: the last one in the sample.
    const shown = trial === "stet" ? lastShown(sample) : undefined;
    const at = shown ?? (first && client.protocol2CodeConverter.asRange(first).start);
    await vscode.window.showTextDocument(sample, {
      ...where(sample),
      ...(at === undefined ? {} : { selection: new vscode.Range(at, at) }),
    });
    if (at !== undefined) {
      // With known actions the menu opens at once, before anything else takes the focus.
      const range = new vscode.Range(at, at);
      await vscode.commands.executeCommand("vscode.executeCodeActionProvider", sample.uri, range);
    }
    // A command that an extension runs completes no step of a walkthrough.
    await vscode.commands.executeCommand("setContext", `galley.tried.${trial}`, true);
    await vscode.commands.executeCommand(TRIALS[trial]);
  };
}

/** The start of the last finding in Problems. */
function lastShown({ uri }: vscode.TextDocument): vscode.Position | undefined {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(
      ({ source, severity }) => source === "galley" && severity !== vscode.DiagnosticSeverity.Hint,
    )
    .map(({ range }) => range.start)
    .sort((a, b) => a.compareTo(b))
    .at(-1);
}

/** Where it is shown already, else beside the walkthrough, which must stay visible. */
function where(sample: vscode.TextDocument): vscode.TextDocumentShowOptions {
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document === sample);
  // VS Code doesn't say which tab is a walkthrough.
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  const isPage = activeTab !== undefined && activeTab.input === undefined;
  const column = isPage ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  return { preview: false, viewColumn: shown?.viewColumn ?? column };
}

function isTrial(value: unknown): value is Trial {
  return typeof value === "string" && Object.hasOwn(TRIALS, value);
}

/** The walkthrough's id in the manifest. */
const WALKTHROUGH = "start";

/** Shows the walkthrough, which is in `contributes.walkthroughs` of the manifest. */
export async function showWalkthrough({ extension }: vscode.ExtensionContext): Promise<void> {
  await vscode.commands.executeCommand(
    "workbench.action.openWalkthrough",
    `${extension.id}#${WALKTHROUGH}`,
    false,
  );
}
