import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type CountedEdit,
  type ListedStet,
  NOT_CHECKED,
  type NotChecked,
  REMOVE_STET,
  STETS,
} from "../../server/src/protocol.ts";
import { goTo } from "./finding-rows.ts";
import { includeKind } from "./include-kind.ts";
import { openDraft } from "./mend-all.ts";
import { lookedAt, type UndoMessages } from "./undo-message.ts";
import { filesInWords, headingOfStets, lineOfInWords, stetInWords } from "./words.ts";
import { askBehindProgress, debounced } from "./view-requests.ts";

/** After so many milliseconds without a change of files a list is asked for anew. */
const DELAY = 500;

/** So many items of a group are shown; more are of no use to a reader. */
const MOST_ITEMS = 1000;

/** Items under a heading. */
interface Group<T> {
  readonly title: string;
  readonly items: readonly T[];
}

type Row<T> = { readonly group: Group<T> } | { readonly item: T } | { readonly more: number };

interface ListOptions<T> {
  readonly view: string;
  readonly method: string;
  readonly titles: (items: readonly T[]) => ReadonlyMap<string, readonly T[]>;
  readonly isOpen: boolean;
  readonly toItem: (item: T, uri: vscode.Uri) => vscode.TreeItem;
}

/** A view of what the server lists of the workspace, in groups. It is asked for while the view is seen. */
class ListView<T extends { readonly uri: string }>
  implements vscode.TreeDataProvider<Row<T>>, vscode.Disposable
{
  readonly #client: () => BaseLanguageClient;
  readonly #options: ListOptions<T>;
  readonly #tree: vscode.TreeView<Row<T>>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #listening: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;
  #groups: readonly Group<T>[] = [];
  readonly #later = debounced(() => {
    if (this.#tree.visible) void this.#ask();
  }, DELAY);
  #asking = new vscode.CancellationTokenSource();

  constructor(client: () => BaseLanguageClient, options: ListOptions<T>) {
    this.#client = client;
    this.#options = options;
    this.#tree = vscode.window.createTreeView(options.view, { treeDataProvider: this });
    const askSoon = this.#later.soon;
    this.#listening = vscode.Disposable.from(
      this.#changed,
      this.#tree,
      this.#tree.onDidChangeVisibility(askSoon),
      vscode.workspace.onDidSaveTextDocument(askSoon),
      vscode.workspace.onDidCreateFiles(askSoon),
      vscode.workspace.onDidDeleteFiles(askSoon),
      vscode.workspace.onDidRenameFiles(askSoon),
      vscode.languages.onDidChangeDiagnostics(askSoon),
    );
    askSoon();
  }

  /** What is selected: keys name no row. */
  get selected(): T | undefined {
    const [row] = this.#tree.selection;
    return row !== undefined && "item" in row ? row.item : undefined;
  }

  getChildren(row?: Row<T>): Row<T>[] {
    if (row === undefined) return this.#groups.map((group) => ({ group }));
    if (!("group" in row)) return [];
    const { items } = row.group;
    const rows = items.slice(0, MOST_ITEMS).map((item): Row<T> => ({ item }));
    const more = items.length - rows.length;
    return more === 0 ? rows : [...rows, { more }];
  }

  getTreeItem(row: Row<T>): vscode.TreeItem {
    if ("more" in row)
      return new vscode.TreeItem(vscode.l10n.t("{0} more", filesInWords(row.more)));
    if ("item" in row) {
      const uri = this.#client().protocol2CodeConverter.asUri(row.item.uri);
      return this.#options.toItem(row.item, uri);
    }
    const { title, items } = row.group;
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(title, this.#options.isOpen ? Expanded : Collapsed);
    item.id = title;
    item.description = String(items.length);
    item.tooltip = title;
    item.accessibilityInformation = { label: `${title} ${items.length}` };
    return item;
  }

  askSoon(): void {
    this.#later.soon();
  }

  dispose(): void {
    this.#later.cancel();
    this.#asking.dispose();
    this.#listening.dispose();
  }

  async #ask(): Promise<void> {
    this.#asking.cancel();
    this.#asking.dispose();
    this.#asking = new vscode.CancellationTokenSource();
    const { token } = this.#asking;
    const client = this.#client();
    const { view, method, titles } = this.#options;
    const items = await askBehindProgress(client, view, () =>
      client.sendRequest<T[]>(method, token),
    );
    if (items === undefined || token.isCancellationRequested) return;
    this.#groups = [...titles(items)].map(([title, its]) => ({ title, items: its }));
    this.#changed.fire(undefined);
  }
}

function groupBy<T>(items: readonly T[], titleOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const title = titleOf(item);
    const known = groups.get(title);
    if (known === undefined) groups.set(title, [item]);
    else known.push(item);
  }
  return groups;
}

/** The view of all that lets findings stand, each with a way to take it out. */
export function stetsView(
  client: () => BaseLanguageClient,
  messages: UndoMessages,
): vscode.Disposable {
  const view = new ListView<ListedStet>(client, {
    view: "galley.stets",
    method: STETS,
    titles: (stets) => groupBy(stets, ({ type }) => headingOfStets(type)),
    isOpen: true,
    toItem: stetItem,
  });
  const chosen = (row: unknown): ListedStet | undefined => {
    const item =
      typeof row === "object" && row !== null && "item" in row ? row.item : view.selected;
    return item as ListedStet | undefined;
  };
  return vscode.Disposable.from(
    view,
    vscode.commands.registerCommand("galley.stets.goTo", (stet: ListedStet) =>
      goTo(client(), stet),
    ),
    vscode.commands.registerCommand("galley.stets.remove", async (row?: unknown) => {
      const stet = chosen(row);
      if (stet !== undefined) await remove(client(), messages, stet);
      view.askSoon();
    }),
  );
}

async function remove(
  client: BaseLanguageClient,
  messages: UndoMessages,
  stet: ListedStet,
): Promise<void> {
  const document = await openDraft(client, stet);
  const found =
    document && (await client.sendRequest<CountedEdit | null>(REMOVE_STET, stet).catch(() => null));
  if (document === undefined || !found) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t("This stands there no more, or can’t be taken out cleanly."),
    );
    return;
  }
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(found.edit);
  await messages.applyCurrent(
    vscode.l10n.t("taken out: {0}", stetInWords(stet)),
    edit,
    document,
    found.version,
    lookedAt(),
  );
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
  item.command = {
    command: "galley.stets.goTo",
    title: vscode.l10n.t("Go to the Stet"),
    arguments: [stet],
  };
  return item;
}

/** The view of what is not checked, by the reason. */
export function notCheckedView(
  client: () => BaseLanguageClient,
  messages: UndoMessages,
): vscode.Disposable {
  const view = new ListView<NotChecked>(client, {
    view: "galley.notChecked",
    method: NOT_CHECKED,
    titles: (all) => groupBy(all, ({ why }) => why),
    isOpen: false,
    toItem: notCheckedItem,
  });
  return vscode.Disposable.from(
    view,
    vscode.commands.registerCommand(
      "galley.notChecked.include",
      async ({ item }: { readonly item: NotChecked }) => {
        // Why a file is no draft is known of those that are open.
        const document = await openDraft(client(), item);
        const file = document?.uri ?? client().protocol2CodeConverter.asUri(item.uri);
        await includeKind(client(), messages, file, true);
        view.askSoon();
      },
    ),
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
