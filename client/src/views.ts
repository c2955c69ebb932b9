import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { LeftFinding, ListedStet } from "../../server/src/protocol.ts";
import type { Target } from "./mend-all.ts";

/** A row of one of Galley's views. Commands in its menu get it as their argument. */
export interface Row {
  /** Made only for rows that are shown. */
  readonly item: () => vscode.TreeItem;
  /** The rows below it, made when it is opened. */
  readonly children?: () => readonly Row[] | Promise<readonly Row[]>;
  readonly finding?: LeftFinding;
  readonly stet?: ListedStet;
  readonly file?: vscode.Uri;
  /** Findings that can be fixed at once. */
  readonly targets?: readonly Target[];
}

/** How many rows are shown below one at first, and how many each click adds. */
const MOST_ROWS = 200;

/** A tree of what the server knows. While it is visible, it asks once nothing has changed for a while. */
export abstract class ServerView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  protected readonly client: () => BaseLanguageClient;
  protected readonly tree: vscode.TreeView<Row>;
  readonly #id: string;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #disposables: { dispose(): unknown }[];
  readonly onDidChangeTreeData = this.#changed.event;
  #rows: readonly Row[] = [];
  #most = MOST_ROWS;
  #timer: ReturnType<typeof setTimeout>;
  #asking = new vscode.CancellationTokenSource();
  /** Asks after `delay` milliseconds without another call. */
  readonly askSoon: () => void;

  constructor(client: () => BaseLanguageClient, id: string, delay: number) {
    this.client = client;
    this.#id = id;
    this.tree = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
    const askIfSeen = (): void => {
      if (this.tree.visible) void this.ask();
    };
    this.#timer = setTimeout(askIfSeen);
    this.askSoon = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(askIfSeen, delay);
    };
    this.#disposables = [this.#changed, this.tree];
    this.listen(
      this.tree.onDidChangeVisibility(askIfSeen),
      vscode.commands.registerCommand(`${id}.more`, () => {
        this.#most += MOST_ROWS;
        this.#changed.fire(undefined);
      }),
    );
  }

  /** Asks the server for the rows; undefined keeps those that are shown. */
  protected abstract read(
    client: BaseLanguageClient,
    token: vscode.CancellationToken,
  ): Promise<readonly Row[] | undefined>;

  /** If it is called again before the answer, the later call counts. */
  async ask(): Promise<void> {
    clearTimeout(this.#timer);
    this.#asking.cancel();
    this.#asking.dispose();
    this.#asking = new vscode.CancellationTokenSource();
    const { token } = this.#asking;
    const client = this.client();
    const rows = await vscode.window.withProgress({ location: { viewId: this.#id } }, () =>
      client.isRunning()
        ? this.read(client, token).catch(() => undefined)
        : Promise.resolve(undefined),
    );
    if (rows !== undefined && !token.isCancellationRequested) this.show(rows);
  }

  /** Reveals and focuses the view, and asks. */
  async focus(): Promise<void> {
    await vscode.commands.executeCommand(`${this.#id}.focus`);
    await this.ask();
  }

  protected show(rows: readonly Row[]): void {
    this.#rows = rows;
    this.#changed.fire(undefined);
  }

  protected listen(...disposables: { dispose(): unknown }[]): void {
    this.#disposables.push(...disposables);
  }

  /** The selected row, because a keybinding passes none. */
  get selected(): Row | undefined {
    return this.tree.selection[0];
  }

  async getChildren(row?: Row): Promise<Row[]> {
    const all = row === undefined ? this.#rows : ((await row.children?.()) ?? []);
    const more = all.length - this.#most;
    return more > 0 ? [...all.slice(0, this.#most), moreRow(`${this.#id}.more`, more)] : [...all];
  }

  getTreeItem({ item }: Row): vscode.TreeItem {
    return item();
  }

  /** Only rows at the top are ever revealed. */
  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#asking.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
  }
}

function moreRow(command: string, count: number): Row {
  const title = vscode.l10n.t("{0} more", count);
  return {
    item: () => Object.assign(new vscode.TreeItem(title), { command: { command, title } }),
  };
}

/** The item of a row that has others below it. */
export function parentItem(title: string, description: string, isOpen = false): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(title, isOpen ? Expanded : Collapsed);
  item.id = title;
  item.description = description;
  item.tooltip = vscode.l10n.t("{0}: {1}", title, description);
  item.accessibilityInformation = { label: item.tooltip };
  return item;
}
