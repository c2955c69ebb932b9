import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { RULE_NAMES, type RuleName } from "../../server/src/protocol.ts";

/** The scheme of rule pages. Browsers have no file system for them. */
const SCHEME = "galley-rule";

/** The id of VS Code's editor that renders Markdown. */
const RENDERED = "vscode.markdown.preview.editor";

/** Serves the rule pages as documents. */
export function rulePages(context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async ({ path }) => {
      const name = /^\/([\w-]+\.md)$/.exec(path)?.[1];
      if (name === undefined) return vscode.l10n.t("There is no such page.");
      const page = vscode.Uri.joinPath(context.extensionUri, "docs", "rules", name);
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(page));
    },
  });
}

/**
 * Shows a rule's page, rendered, in a tab that stays: the rule in the argument, else that of the finding at the cursor,
 * else one that the user picks.
 */
export async function showRule(client: BaseLanguageClient, named: unknown): Promise<void> {
  const rules = await client.sendRequest<RuleName[]>(RULE_NAMES);
  const rule =
    ruleNamed(named, rules) ?? ruleNamed(ruleAtCursor(), rules) ?? (await chosenRule(rules));
  if (rule !== undefined) await showPage(rule);
}

/** Shows a page of docs/rules, rendered. */
export async function showPage(name: string): Promise<void> {
  const page = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md` });
  await vscode.commands.executeCommand("vscode.openWith", page, RENDERED, { preview: false });
}

/** The rule id in a command's argument; undefined for any other value. */
export function ruleNamed(argument: unknown, rules: readonly RuleName[]): string | undefined {
  return rules.find(({ id }) => id === argument)?.id;
}

function ruleAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  for (const { source, code, range } of vscode.languages.getDiagnostics(editor.document.uri)) {
    if (source !== "galley" || !range.contains(editor.selection.active)) continue;
    const id = typeof code === "object" ? code.value : code;
    if (typeof id === "string") return id;
  }
  return undefined;
}

async function chosenRule(rules: readonly RuleName[]): Promise<string | undefined> {
  const items = rules.map(({ id, summary: detail }) => ({ label: id, detail }));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t("Which rule?"),
  });
  return chosen?.label;
}
