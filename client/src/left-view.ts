import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  LEFT,
  type LeftFinding,
  type LeftGroup,
  type LeftInDraft,
  type LeftRequest,
} from "../../server/src/protocol.ts";
import { isSent } from "./caret.ts";
import { groupRow } from "./finding-rows.ts";
import { type Row, ServerView } from "./views.ts";
import { offerInWords, total, verdictInWords } from "./words.ts";

const VIEW = "galley.left";

/** True in `when` clauses once somebody has asked; until then the view is hidden. */
const IS_ASKED = "galley.asked";

/** The findings are listed again after this many milliseconds without a change. */
const DELAY = 300;

/**
 * The view “Ready to Publish?”: the verdict on the active draft, and all its findings by kind, each with its fixes.
 * Unlike Problems it also lists hints.
 */
export class LeftView extends ServerView {
  #document: vscode.TextDocument | undefined;
  #groups: readonly LeftGroup[] = [];
  /** The version that somebody asked about. Its verdict gets the focus, unless the draft is edited meanwhile. */
  #awaited: number | undefined;
  /**
   * How often to look up lost words in git and other drafts: not while one types, but if findings are new otherwise, as
   * on another branch.
   */
  #lookups = 1;
  /** The last of these that is done. */
  #lookedUp = 0;

  /** Asks again, also where lost words still exist. */
  readonly lookUp = (): void => {
    this.#lookups++;
    this.askSoon();
  };

  constructor(client: () => BaseLanguageClient, onDidOutdate: vscode.Event<vscode.Uri>) {
    super(client, VIEW, DELAY);
    const isShown = (uri: vscode.Uri): boolean => uri.toString() === this.#document?.uri.toString();
    const { lookUp } = this;
    this.listen(
      this.tree.onDidChangeVisibility(lookUp),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        const document = editor?.document;
        if (document === undefined || !isSent(client(), document)) return;
        if (document === this.#document) {
          lookUp();
          return;
        }
        this.#document = document;
        this.#awaited = undefined;
        this.#groups = [];
        this.#lookups++;
        if (this.tree.visible) void this.ask();
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(isShown)) this.askSoon();
      }),
      onDidOutdate((uri) => {
        if (isShown(uri)) this.askSoon();
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (isShown(uri)) lookUp();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // A document whose language changes is closed and opened again at once.
        if (isShown(uri)) lookUp();
      }),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        if (!files.some(isShown)) return;
        this.#document = undefined;
        void this.ask();
      }),
    );
  }

  /** Lists a document's findings and focuses the verdict. */
  async showDocument(document: vscode.TextDocument): Promise<void> {
    this.#document = document;
    this.#awaited = document.version;
    this.#lookups++;
    await vscode.commands.executeCommand("setContext", IS_ASKED, true);
    await this.focus();
  }

  protected override async read(
    client: BaseLanguageClient,
    token: vscode.CancellationToken,
  ): Promise<readonly Row[]> {
    const document = this.#document;
    if (document === undefined || document.isClosed) {
      this.#document = this.#awaited = undefined;
      this.#groups = [];
      return [];
    }
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const ask = (how: Omit<LeftRequest, "uri">): Promise<LeftInDraft> =>
      client.sendRequest<LeftInDraft>(LEFT, { uri, ...how } satisfies LeftRequest, token);
    const toRows = (left: LeftInDraft, groups: readonly LeftGroup[]): readonly Row[] => {
      // By now another draft may be active, which is asked about separately.
      if (document === this.#document) this.#groups = groups;
      const verdict = { item: () => verdictItem(left, document.uri) };
      const rows = groups.map((group) => groupRow(group, uri));
      return [verdict, ...offerRows(left, document.uri), ...rows];
    };
    const left = await ask({ restores: false });
    const before = findingsIn(this.#groups);
    // A severity changes when git confirms that words are lost, perhaps after it was asked in vain.
    const toKey = ({ message, severity }: LeftFinding): string => `${severity} ${message}`;
    const keys = new Set(before.map(toKey));
    // While one types, messages quote other words at each pause. Saving looks up anyway.
    const isNew = (one: LeftFinding): boolean => !document.isDirty && !keys.has(toKey(one));
    const known = restoresIn(before);
    let rows = toRows(left, withKnown(left.groups, known));
    if (findingsIn(left.groups).some(isNew)) this.#lookups++;
    const lookups = this.#lookups;
    if (lookups === this.#lookedUp) return rows;
    // Looking up takes a while. If another question interrupts it, that looks up too.
    for (const waits of [false, true]) {
      if (token.isCancellationRequested) return rows;
      this.show(rows);
      const found = await ask({ restores: true, waits });
      const isPartial = found.isPartial === true;
      rows = toRows(found, isPartial ? withKnown(found.groups, known) : found.groups);
      if (!isPartial) break;
    }
    this.#lookedUp = Math.max(this.#lookedUp, lookups);
    return rows;
  }

  protected override show(rows: readonly Row[]): void {
    super.show(rows);
    const isAwaited = this.#awaited !== undefined && this.#awaited === this.#document?.version;
    this.#awaited = undefined;
    const [verdict] = rows;
    if (isAwaited && verdict !== undefined)
      void this.tree.reveal(verdict, { focus: true, select: true });
  }
}

function findingsIn(groups: readonly LeftGroup[]): readonly LeftFinding[] {
  return groups.flatMap(({ findings }) => findings);
}

/** What was found for each message; nothing if several findings have the same. */
function restoresIn(findings: readonly LeftFinding[]): Map<string, readonly string[]> {
  const known = new Map<string, readonly string[]>();
  for (const { message, restores } of findings) {
    known.set(message, known.has(message) ? [] : restores);
  }
  return known;
}

/** The findings, with what an earlier lookup found for the messages of those without restorations. */
function withKnown(
  groups: readonly LeftGroup[],
  known: ReadonlyMap<string, readonly string[]>,
): LeftGroup[] {
  const restored = (finding: LeftFinding): LeftFinding => ({
    ...finding,
    restores: finding.restores.length > 0 ? finding.restores : (known.get(finding.message) ?? []),
  });
  return groups.map((group) => ({ ...group, findings: group.findings.map(restored) }));
}

function verdictItem(left: LeftInDraft, uri: vscode.Uri): vscode.TreeItem {
  const item = new vscode.TreeItem(verdictInWords(left));
  item.id = "verdict";
  item.description = vscode.workspace.asRelativePath(uri);
  item.tooltip = left.why ?? verdictInWords(left);
  const isReady = left.state === "on" && total(left.counts) === 0;
  const isPaused = left.state === "paused";
  item.iconPath = new vscode.ThemeIcon(isReady ? "pass" : isPaused ? "debug-pause" : "book");
  if (isPaused) {
    const title = vscode.l10n.t("End the Pause");
    item.command = { command: "galley.resume", title };
  }
  if (left.first !== undefined) {
    const title = vscode.l10n.t("Go to the First Finding");
    item.command = { command: "galley.firstFinding", title };
  }
  return item;
}

/** Below the verdict on a file that would be a draft if its kind were included. */
function offerRows({ kind }: LeftInDraft, file: vscode.Uri): Row[] {
  if (kind === undefined) return [];
  return [true, false].map((onlyFile) => {
    const title = offerInWords(kind, onlyFile);
    const item = new vscode.TreeItem(title);
    item.id = `offer ${title}`;
    item.iconPath = new vscode.ThemeIcon("add");
    item.command = { command: "galley.includeKind", title, arguments: [file, onlyFile] };
    return { item: () => item };
  });
}
