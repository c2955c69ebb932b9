import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { WorkspaceEdit } from "vscode-languageserver";
import {
  type CountedEdit,
  INCLUDE_KIND,
  type IncludeRequest,
  type ListedStet,
  NOT_CHECKED,
  type NotChecked,
  REMOVE_STET,
  STETS,
} from "../../server/src/protocol.ts";
import { goToCommand } from "./finding-rows.ts";
import { openDraft } from "./documents.ts";
import { type CommandContext, lookedAt } from "./undo-message.ts";
import { parentItem, type Row, ServerView } from "./views.ts";
import { headingOfStets, lineOfInWords, stetInWords } from "./words.ts";

/** A list is asked for again after this many milliseconds without a change of files. */
const DELAY = 500;

interface ListOptions<T> {
  readonly view: string;
  readonly method: string;
  readonly headingOf: (item: T) => string;
  readonly isOpen: boolean;
  readonly toRow: (item: T, uri: vscode.Uri) => Row;
  /** Rows for what has no place in a draft. */
  readonly more?: () => Row[];
}

/** A view of something that the server lists for the workspace, in groups. */
class ListView<T extends { readonly uri: string }> extends ServerView {
  readonly #options: ListOptions<T>;

  constructor(client: () => BaseLanguageClient, options: ListOptions<T>) {
    super(client, options.view, DELAY);
    this.#options = options;
    const { askSoon } = this;
    this.listen(
      vscode.workspace.onDidSaveTextDocument(askSoon),
      vscode.workspace.onDidCreateFiles(askSoon),
      vscode.workspace.onDidDeleteFiles(askSoon),
      vscode.workspace.onDidRenameFiles(askSoon),
      vscode.languages.onDidChangeDiagnostics(askSoon),
      vscode.workspace.onDidChangeConfiguration(askSoon),
    );
  }

  protected override async read(
    client: BaseLanguageClient,
    token: vscode.CancellationToken,
  ): Promise<readonly Row[]> {
    const { method, headingOf, isOpen, toRow, more } = this.#options;
    const groups = new Map<string, T[]>();
    for (const item of await client.sendRequest<T[]>(method, token)) {
      const heading = headingOf(item);
      const known = groups.get(heading);
      if (known === undefined) groups.set(heading, [item]);
      else known.push(item);
    }
    const rows = [...groups].map(([heading, items]) => ({
      item: () => parentItem(heading, String(items.length), isOpen),
      children: () => items.map((item) => toRow(item, vscode.Uri.parse(item.uri))),
    }));
    return [...rows, ...(more?.() ?? [])];
  }
}

/** The view of all stets and accepted phrases, each with a way to remove it. */
export function stetsView(context: CommandContext): vscode.Disposable {
  const view = new ListView<ListedStet>(() => context.client, {
    view: "galley.stets",
    method: STETS,
    headingOf: ({ type }) => headingOfStets(type),
    isOpen: true,
    toRow: (stet, uri) => ({ item: () => stetItem(stet, uri), stet }),
    more: acceptedRows,
  });
  return vscode.Disposable.from(
    view,
    vscode.commands.registerCommand("galley.stets.remove", async (row = view.selected) => {
      const { stet } = (row ?? {}) as Partial<Row>;
      if (stet !== undefined) await remove(context, stet);
      view.askSoon();
    }),
  );
}

async function remove({ client, messages }: CommandContext, stet: ListedStet): Promise<void> {
  const document = await openDraft(stet.uri);
  const found =
    document && (await client.sendRequest<CountedEdit | null>(REMOVE_STET, stet).catch(() => null));
  if (document === undefined || !found) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t("This is no longer there, or can’t be removed cleanly."),
    );
    return;
  }
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(found.edit);
  const title = vscode.l10n.t("removed: {0}", stetInWords(stet));
  await messages.applyCurrent(title, edit, document, found.version, lookedAt());
}

function stetItem(stet: ListedStet, uri: vscode.Uri): vscode.TreeItem {
  const label = stetInWords(stet);
  const item = new vscode.TreeItem(label);
  const place = lineOfInWords(vscode.workspace.asRelativePath(uri), stet.range.start.line);
  const kinds = stet.type === "entry" ? stet.kinds.join(", ") : "";
  item.description = [kinds, place].filter((part) => part !== "").join(" · ");
  item.tooltip = [stet.text, ...(kinds === "" ? [] : [kinds]), place].join("\n");
  item.contextValue = "stet";
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  item.command = goToCommand(vscode.l10n.t("Go to the Stet"), stet);
  return item;
}

/** The phrases that the user's settings accept; they are changed in the settings. */
function acceptedRows(): Row[] {
  const set = vscode.workspace.getConfiguration("galley").inspect<unknown>("accept");
  const phrases = [set?.globalValue, set?.workspaceValue]
    .flat()
    .filter((one): one is string => typeof one === "string");
  if (phrases.length === 0) return [];
  const heading = vscode.l10n.t("Accepted words in my settings");
  return [
    {
      item: () => parentItem(heading, String(phrases.length), true),
      children: () => phrases.map(acceptedRow),
    },
  ];
}

function acceptedRow(phrase: string): Row {
  const title = vscode.l10n.t("Open the Settings");
  const command = { command: "workbench.action.openSettings", title, arguments: ["galley.accept"] };
  const item = (): vscode.TreeItem =>
    Object.assign(new vscode.TreeItem(vscode.l10n.t("“{0}”", phrase)), { command });
  return { item };
}

/** The view of the files that are not checked, by reason. */
export function notCheckedView(context: CommandContext): vscode.Disposable {
  const view = new ListView<NotChecked>(() => context.client, {
    view: "galley.notChecked",
    method: NOT_CHECKED,
    headingOf: ({ why }) => why,
    isOpen: false,
    toRow: (one, file) => ({ item: () => notCheckedItem(one, file), file }),
  });
  return vscode.Disposable.from(
    view,
    vscode.commands.registerCommand("galley.notChecked.include", async ({ file }: Row) => {
      // The reason why a file is not a draft is known only for open files.
      if (file !== undefined) await openDraft(file);
      await includeKind(context, file, true);
      view.askSoon();
    }),
  );
}

function notCheckedItem({ isFolder, canInclude }: NotChecked, uri: vscode.Uri): vscode.TreeItem {
  const item = new vscode.TreeItem(uri);
  const path = vscode.workspace.asRelativePath(uri);
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  item.description = folder;
  item.tooltip = path;
  item.iconPath = isFolder ? vscode.ThemeIcon.Folder : vscode.ThemeIcon.File;
  item.contextValue = canInclude ? "file-of-kind" : isFolder ? "folder" : "file";
  const command = isFolder ? "revealInExplorer" : "vscode.open";
  item.command = { command, title: vscode.l10n.t("Open"), arguments: [uri] };
  return item;
}

/** Includes all files of a document's kind, or that file alone, as drafts from now on. */
export async function includeKind(
  { client, messages }: CommandContext,
  file = vscode.window.activeTextEditor?.document.uri,
  onlyFile = false,
): Promise<void> {
  if (file === undefined) return;
  const request: IncludeRequest = {
    uri: client.code2ProtocolConverter.asUri(file),
    onlyFile,
  };
  const edit = await client.sendRequest<WorkspaceEdit | null>(INCLUDE_KIND, request);
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (converted === undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        "This could not be written into .galley.json. Fix that file first: Problems says what is wrong with it.",
      ),
    );
    return;
  }
  const title = onlyFile
    ? vscode.l10n.t("this file is read")
    : vscode.l10n.t("these files are read");
  await messages.apply(title, converted, file);
}
