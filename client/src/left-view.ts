import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  KIND_WAYS,
  LEFT,
  type LeftFinding,
  type LeftGroup,
  type LeftInDraft,
  type LeftRequest,
  SHOW_RULE,
} from "../../server/src/protocol.ts";
import { isSent } from "./caret.ts";
import {
  findingItem,
  type FindingRow,
  goTo,
  groupItem,
  type GroupRow,
  groupRows,
  mend,
} from "./finding-rows.ts";
import { includeKind } from "./include-kind.ts";
import type { UndoMessages } from "./undo-message.ts";
import { mendAll, type Mendable } from "./mend-all.ts";
import { offerInWords, total, verdictInWords } from "./words.ts";
import { askBehindProgress, debounced } from "./view-requests.ts";

const VIEW = "galley.left";

/** True in `when` clauses once somebody has asked: until then there is no such view. */
const IS_ASKED = "galley.asked";

/** After so many milliseconds without a change of the findings they are listed anew. */
const DELAY = 300;

type Row =
  { readonly type: "verdict"; readonly left: LeftInDraft } | OfferRow | GroupRow | FindingRow;

/** Under the verdict on a file that is no draft only by its kind. */
interface OfferRow {
  readonly type: "offer";
  readonly file: vscode.Uri;
  readonly kind: string;
  readonly onlyFile: boolean;
}

/**
 * The view “Ready to Publish?”: the verdict on the draft in front of the user, and all that is left in it by kind, each
 * with its fixes. It lists what Problems does, and the hints.
 */
export class LeftView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #client: () => BaseLanguageClient;
  readonly #tree: vscode.TreeView<Row>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #listening: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;
  #document: vscode.TextDocument | undefined;
  #rows: readonly Row[] = [];
  #groups: readonly LeftGroup[] = [];
  /** The version of the draft that somebody asked about: its verdict gets the focus, unless it is edited meanwhile. */
  #awaited: number | undefined;
  /** Lost words are to be looked up in git and other drafts: not with every edit. */
  #looksUp = true;
  readonly #later = debounced(() => {
    if (this.#tree.visible) void this.#ask();
  }, DELAY);
  #asking = new vscode.CancellationTokenSource();

  constructor(client: () => BaseLanguageClient, messages: UndoMessages) {
    this.#client = client;
    this.#tree = vscode.window.createTreeView(VIEW, { treeDataProvider: this });
    this.#listening = vscode.Disposable.from(
      this.#changed,
      this.#tree,
      this.#tree.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#askSoon(true);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        const document = editor?.document;
        if (document === undefined || !isSent(client(), document)) return;
        if (document !== this.#document) this.#awaited = undefined;
        this.#document = document;
        this.#askSoon(true);
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const shown = this.#document?.uri.toString();
        if (uris.some((uri) => uri.toString() === shown)) this.#askSoon(false);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document === this.#document) this.#askSoon(true);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        // One that gets another language is closed, and opened at once.
        if (document === this.#document) this.#askSoon(true);
      }),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        const shown = this.#document?.uri.toString();
        if (files.some((uri) => uri.toString() === shown)) this.#clear();
      }),
      vscode.commands.registerCommand("galley.left.goTo", (row: FindingRow) => goTo(client(), row)),
      vscode.commands.registerCommand("galley.left.mend", async (row?: Row) => {
        // Keys name no row: it is the one that is selected.
        const chosen = row ?? this.#tree.selection[0];
        if (chosen?.type === "finding") await mend(client(), chosen);
      }),
      vscode.commands.registerCommand("galley.left.why", (row: FindingRow) =>
        vscode.commands.executeCommand(SHOW_RULE, row.rule),
      ),
      vscode.commands.registerCommand("galley.left.include", async (row: OfferRow) => {
        await includeKind(client(), messages, row.file, row.onlyFile);
        this.#askSoon(true);
      }),
      ...KIND_WAYS.map((way) =>
        vscode.commands.registerCommand(`galley.left.${way}All`, (row: Mendable) =>
          mendAll(client(), messages, row, way),
        ),
      ),
    );
  }

  /** Lists what is left in a document, and puts the focus on the verdict. */
  async show(document: vscode.TextDocument): Promise<void> {
    this.#document = document;
    const { version } = document;
    await vscode.commands.executeCommand("setContext", IS_ASKED, true);
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    this.#awaited = version;
    this.#looksUp = true;
    await this.#ask();
  }

  getChildren(row?: Row): Row[] {
    if (row === undefined) return [...this.#rows];
    return row.type === "group" ? groupRows(row.group) : [];
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    switch (row.type) {
      case "verdict":
        return verdictItem(row.left, this.#document);
      case "offer":
        return offerItem(row);
      case "group":
        return groupItem(row.group);
      case "finding":
        return findingItem(row);
    }
  }

  dispose(): void {
    this.#later.cancel();
    this.#asking.dispose();
    this.#listening.dispose();
  }

  /** Shows nothing, until there is a draft again. */
  #clear(): void {
    this.#asking.cancel();
    this.#document = undefined;
    this.#awaited = undefined;
    this.#rows = [];
    this.#groups = [];
    this.#changed.fire(undefined);
  }

  #askSoon(looksUp: boolean): void {
    // What was not answered is asked again.
    this.#looksUp ||= looksUp;
    this.#later.soon();
  }

  async #ask(): Promise<void> {
    this.#later.cancel();
    this.#asking.cancel();
    this.#asking.dispose();
    this.#asking = new vscode.CancellationTokenSource();
    const { token } = this.#asking;
    const client = this.#client();
    const document = this.#document;
    if (document === undefined || document.isClosed) {
      this.#clear();
      return;
    }
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const request: LeftRequest = { uri, restores: this.#looksUp };
    const left = await askBehindProgress(client, VIEW, () =>
      client.sendRequest<LeftInDraft>(LEFT, request, token),
    );
    // A newer one asks the same, and takes the focus over.
    if (token.isCancellationRequested) return;
    const isAwaited = this.#awaited === document.version;
    this.#awaited = undefined;
    if (left === undefined) return;
    this.#looksUp = false;
    this.#groups = request.restores === true ? left.groups : withKnown(left.groups, this.#groups);
    const groups = this.#groups.map((group): Row => ({ type: "group", group }));
    const verdict: Row = { type: "verdict", left };
    this.#rows = [verdict, ...offerRows(left, document.uri), ...groups];
    this.#changed.fire(undefined);
    if (!isAwaited) return;
    await this.#tree.reveal(verdict, { focus: true, select: true });
  }
}

/** Findings that were not looked up, with what is known of those with the same message; not where several have it. */
function withKnown(groups: readonly LeftGroup[], before: readonly LeftGroup[]): LeftGroup[] {
  const known = new Map<string, readonly string[]>();
  for (const { message, restores } of before.flatMap(({ findings }) => findings)) {
    known.set(message, known.has(message) ? [] : restores);
  }
  const restored = (finding: LeftFinding): LeftFinding => ({
    ...finding,
    restores: known.get(finding.message) ?? [],
  });
  return groups.map((group) => ({ ...group, findings: group.findings.map(restored) }));
}

function verdictItem(
  left: LeftInDraft,
  document: vscode.TextDocument | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(verdictInWords(left));
  item.id = "verdict";
  if (document !== undefined) item.description = vscode.workspace.asRelativePath(document.uri);
  item.tooltip = left.why ?? verdictInWords(left);
  const isReady = left.state === "on" && total(left.counts) === 0;
  item.iconPath = new vscode.ThemeIcon(isReady ? "pass" : "book");
  if (left.first !== undefined) {
    item.command = {
      command: "galley.firstFinding",
      title: vscode.l10n.t("Go to the First Finding"),
    };
  }
  return item;
}

function offerRows({ kind }: LeftInDraft, file: vscode.Uri): Row[] {
  if (kind === undefined) return [];
  return [true, false].map((onlyFile) => ({ type: "offer", file, kind, onlyFile }));
}

function offerItem(row: OfferRow): vscode.TreeItem {
  const title = offerInWords(row.kind, row.onlyFile);
  const item = new vscode.TreeItem(title);
  item.id = `offer ${title}`;
  item.iconPath = new vscode.ThemeIcon("add");
  item.command = { command: "galley.left.include", title, arguments: [row] };
  return item;
}
