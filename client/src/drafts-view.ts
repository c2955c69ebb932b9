import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  LEFT,
  type LeftInDraft,
  type LeftRequest,
  READINESS,
  type Readiness,
  type UnreadyDraft,
} from "../../server/src/protocol.ts";
import {
  countOf,
  type DraftRow,
  draftRows,
  draftsOfKind,
  type KindRow,
  kindRows,
  MOST_ROWS,
  type MoreRow,
} from "./draft-rows.ts";
import {
  findingItem,
  type FindingRow,
  groupItem,
  type GroupRow,
  groupRows,
  mend,
} from "./finding-rows.ts";
import { openDraft } from "./mend-all.ts";
import {
  countsInWords,
  draftsInWords,
  findingsInWords,
  leftInWords,
  reachInWords,
  readinessInWords,
  total,
} from "./words.ts";
import { askBehindProgress, debounced } from "./view-requests.ts";

const VIEW = "galley.drafts";

/** What the view's buttons and its words where it is empty depend on, in `when` clauses. */
const GROUPING = "galley.drafts.grouping";
const IS_CHECKED = "galley.drafts.areChecked";

/** After so many milliseconds without a change of findings the drafts are listed anew. */
const DELAY = 1000;

type Row = DraftRow | KindRow | MoreRow | GroupRow | FindingRow;

const NOTHING: Pick<Readiness, "notReady" | "hinted"> = { notReady: [], hinted: [] };

/**
 * The view of all drafts of the workspace in which something is left, by draft or by kind. Findings are asked for
 * where a draft is opened in it.
 */
export class DraftsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #client: () => BaseLanguageClient;
  readonly #tree: vscode.TreeView<Row>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #listening: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;
  #listed = NOTHING;
  #byKind = false;
  #most = MOST_ROWS;
  readonly #later = debounced(() => {
    if (this.#tree.visible) void this.#ask();
  }, DELAY);
  #requests = 0;

  constructor(client: () => BaseLanguageClient) {
    this.#client = client;
    this.#tree = vscode.window.createTreeView(VIEW, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    const group = (byKind: boolean) => async (): Promise<void> => {
      this.#byKind = byKind;
      await vscode.commands.executeCommand("setContext", GROUPING, byKind ? "kind" : "draft");
      this.#changed.fire(undefined);
    };
    void vscode.commands.executeCommand("setContext", GROUPING, "draft");
    this.#listening = vscode.Disposable.from(
      this.#changed,
      this.#tree,
      this.#tree.onDidChangeVisibility(({ visible }) => {
        if (visible) void this.#ask();
      }),
      vscode.languages.onDidChangeDiagnostics(this.#later.soon),
      vscode.workspace.onDidDeleteFiles(this.#later.soon),
      vscode.commands.registerCommand("galley.drafts.byKind", group(true)),
      vscode.commands.registerCommand("galley.drafts.byDraft", group(false)),
      // Keys name no row: it is the one that is selected.
      vscode.commands.registerCommand("galley.drafts.mend", async () => {
        const [row] = this.#tree.selection;
        if (row?.type === "finding") await mend(client(), row);
      }),
      vscode.commands.registerCommand("galley.drafts.more", () => {
        this.#most += MOST_ROWS;
        this.#changed.fire(undefined);
      }),
    );
    if (this.#tree.visible) void this.#ask();
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row === undefined) {
      return this.#byKind ? kindRows(this.#listed) : draftRows(this.#listed, this.#most);
    }
    if (row.type === "kind") return draftsOfKind(row, this.#most);
    if (row.type === "group") return groupRows(row.group);
    return row.type === "draft" ? await this.#findingsOf(row) : [];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    switch (row.type) {
      case "kind":
        return kindItem(row);
      case "draft":
        return draftItem(row, this.#client());
      case "more":
        return moreItem(row);
      case "group":
        return groupItem(row.group, row.group.findings[0]?.uri);
      case "finding":
        return findingItem(row);
    }
  }

  dispose(): void {
    this.#later.cancel();
    this.#listening.dispose();
  }

  async #ask(): Promise<void> {
    this.#later.cancel();
    const client = this.#client();
    const request = ++this.#requests;
    const found = await askBehindProgress(client, VIEW, () =>
      client.sendRequest<Readiness>(READINESS),
    );
    if (found === undefined || request !== this.#requests) return;
    this.#listed = found;
    const { drafts, notReady, hinted, hints } = found;
    const isEmpty = notReady.length + hinted.length === 0;
    // Where it is empty, the words for that stand there, with what can be done.
    this.#tree.message = isEmpty ? "" : readinessInWords(drafts, notReady.length, hints);
    await vscode.commands.executeCommand("setContext", IS_CHECKED, true);
    this.#changed.fire(undefined);
  }

  async #findingsOf({ draft, kind }: DraftRow): Promise<(GroupRow | FindingRow)[]> {
    const client = this.#client();
    // A draft that is open is judged with its fixes. One that is gone has no findings, and will soon be listed no more.
    if ((await openDraft(client, draft)) === undefined) return [];
    const request: LeftRequest = { uri: draft.uri, restores: false };
    const left = await client.sendRequest<LeftInDraft>(LEFT, request).catch(() => undefined);
    const groups = left?.groups ?? [];
    if (kind === undefined) return groups.map((group): GroupRow => ({ type: "group", group }));
    return groups.filter((group) => group.kind === kind).flatMap(groupRows);
  }
}

function kindItem({ kind, drafts, count }: KindRow): vscode.TreeItem {
  const item = new vscode.TreeItem(kind, vscode.TreeItemCollapsibleState.Collapsed);
  const words = reachInWords(count, drafts.length);
  item.id = `kind ${kind}`;
  item.description = words;
  item.tooltip = vscode.l10n.t("{0}: {1}", kind, words);
  item.contextValue = "kinds";
  item.accessibilityInformation = { label: item.tooltip };
  return item;
}

function draftItem({ draft, kind }: DraftRow, client: BaseLanguageClient): vscode.TreeItem {
  const uri = client.protocol2CodeConverter.asUri(draft.uri);
  const path = vscode.workspace.asRelativePath(uri);
  const { Collapsed } = vscode.TreeItemCollapsibleState;
  // Without its address: VS Code would add a number of its own, which leaves out hints.
  const item = new vscode.TreeItem(path.slice(path.lastIndexOf("/") + 1), Collapsed);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const count = countOf(draft, kind);
  item.id = `draft ${kind ?? ""} ${draft.uri}`;
  const said = kind === undefined ? countsInWords(draft.counts) : String(count);
  item.description = [said, folder].filter((part) => part !== "").join(" · ");
  const what =
    kind === undefined
      ? leftInWords(draft)
      : vscode.l10n.t("{0}: {1}", kind, findingsInWords(count));
  item.tooltip = `${path}\n${what}`;
  item.iconPath = new vscode.ThemeIcon(iconOf(draft));
  item.contextValue = kind === undefined ? "draft" : "draft-of-kind";
  item.accessibilityInformation = { label: vscode.l10n.t("{0}: {1}", path, what) };
  return item;
}

function iconOf({ counts }: UnreadyDraft): string {
  if (counts.error > 0) return "error";
  if (counts.warning > 0) return "warning";
  return total(counts) > 0 ? "info" : "ellipsis";
}

function moreItem({ count }: MoreRow): vscode.TreeItem {
  const title = vscode.l10n.t("{0} more", draftsInWords(count));
  const item = new vscode.TreeItem(title);
  item.command = { command: "galley.drafts.more", title };
  return item;
}
