import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  DidChangeConfigurationNotification,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from "vscode-languageclient";
import {
  CHOOSE_STET,
  COMPARE,
  DELETE_DRAFT,
  GO_TO,
  KIND_WAYS,
  SETTLED,
  SHOW_RULE,
} from "../../server/src/protocol.ts";
import { assistantTool } from "./assistants.ts";
import { followCaret } from "./caret.ts";
import { chooseStet } from "./choose-stet.ts";
import { deleteDraft } from "./delete-draft.ts";
import { DraftsView } from "./drafts-view.ts";
import { answerFileRequests } from "./files.ts";
import { announceGit, hasGit } from "./git.ts";
import { LANGUAGES } from "./languages.generated.ts";
import { LeftView } from "./left-view.ts";
import { mend } from "./finding-rows.ts";
import { includeKind, notCheckedView, stetsView } from "./lists-view.ts";
import { showLog } from "./log.ts";
import {
  activeDocument,
  check,
  firstFinding,
  markEveryLoss,
  readinessOfFolder,
  readyToPublish,
} from "./readiness.ts";
import { mendAll } from "./mend-all.ts";
import { Pause } from "./pause.ts";
import { RestoreAll } from "./restore-all.ts";
import { rulePages, showPage, showRule } from "./rule-view.ts";
import { sampleOpener, showWalkthrough } from "./sample.ts";
import { passagesSideBySide } from "./side-by-side.ts";
import { DraftStatus } from "./status.ts";
import { openDraft } from "./documents.ts";
import { type CommandContext, type UndoMessages, undoMessages } from "./undo-message.ts";
import type { Row } from "./views.ts";

/** Creates a client for the platform; the caller starts it. */
export type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient;

const NAME = "Galley";

/** True in `when` clauses where earlier versions of files are available. */
const HAS_VERSIONS = "galley.hasVersions";

/**
 * Starts Galley in this window. The client knows no rules: it starts the server, sends it documents, settings and
 * files, and shows its diagnostics.
 */
export async function startClient(
  context: vscode.ExtensionContext,
  makeClient: MakeClient,
): Promise<() => Promise<void>> {
  // Long, as it registers all commands.
  const log = vscode.window.createOutputChannel(NAME, { log: true });
  const pause = new Pause(context.workspaceState);
  const status = new DraftStatus(pause);
  const messages = undoMessages();
  const openSample = sampleOpener(context);
  let client = await started(context, makeClient, { log, pause, status, messages });

  const startAnew = async (): Promise<void> => {
    const before = client;
    await before.stop().catch(() => undefined);
    await before.dispose().catch(() => undefined);
    client = await started(context, makeClient, { log, pause, status, messages });
  };
  // One after the other: two at once would leave a server that nobody stops.
  let restarting = Promise.resolve();
  const restart = (): Promise<void> => {
    restarting = restarting.catch(() => undefined).then(startAnew);
    return restarting;
  };

  const commands: CommandContext = {
    get client() {
      return client;
    },
    messages,
  };
  const restoring = new RestoreAll();
  const left = new LeftView(() => client, status.onDidOutdate);
  const drafts = new DraftsView(() => client);
  const command = (name: string, run: (...args: unknown[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(name, async (...args: unknown[]) => {
      try {
        return await run(...args);
      } catch (error) {
        log.error(`${name}: ${String(error)}`);
        await failed(client, log);
        return undefined;
      }
    });
  context.subscriptions.push(
    log,
    pause,
    status,
    messages,
    left,
    drafts,
    stetsView(commands),
    notCheckedView(commands),
    restoring,
    rulePages(context),
    command("galley.check", () => check(client)),
    command("galley.readyToPublish", () => readyToPublish(client, left)),
    command("galley.firstFinding", () => firstFinding(client)),
    command("galley.folderReadiness", () => readinessOfFolder(client, drafts)),
    command("galley.markEveryLoss", () => markEveryLoss(commands)),
    command("galley.restoreAll", (row) => restoreIn(commands, restoring, row)),
    command("galley.includeKind", async (file, onlyFile) => {
      const named = file instanceof vscode.Uri ? file : undefined;
      await includeKind(commands, named, onlyFile === true);
      left.lookUp();
    }),
    // A keybinding passes no row, only the view in which one is selected.
    command("galley.left.mend", async (row) => {
      const view = { left, drafts }[String(row)];
      const { finding } = (view?.selected ?? row) as Partial<Row>;
      if (finding !== undefined) await mend(finding);
    }),
    command("galley.left.why", (row) => showRule(client, (row as Row).finding?.rule)),
    ...KIND_WAYS.map((way) =>
      command(`galley.left.${way}All`, (row) => mendAll(commands, (row as Row).targets ?? [], way)),
    ),
    command(DELETE_DRAFT, (document) => deleteDraft(client, document)),
    command(CHOOSE_STET, (place) => chooseStet(commands, place)),
    command("galley.openSample", (trial) => openSample(client, trial)),
    command("galley.showWalkthrough", () => showWalkthrough(context)),
    command(SHOW_RULE, (rule) => showRule(client, rule)),
    command("galley.showSensitivity", () => showPage("sensitivity")),
    command("galley.restart", restart),
    command("galley.showLog", () => showLog(client, log)),
    passagesSideBySide(() => client),
    followCaret(() => client),
    assistantTool(() => client, pause),
    pause.onDidChange(async () => {
      const { type } = DidChangeConfigurationNotification;
      if (client.isRunning()) await client.sendNotification(type, { settings: null });
      // Problems may not have changed.
      await client.sendRequest(SETTLED).catch(() => undefined);
      left.lookUp();
      drafts.askSoon();
    }),
    // It decides what a workspace may extend.
    vscode.workspace.onDidGrantWorkspaceTrust(() => void restart()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const isChanged = (name: string): boolean => event.affectsConfiguration(`galley.${name}`);
      if (Object.keys(SNIPPETS).some(isChanged)) void restart();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => {
      const known = client.clientOptions.documentSelector as Selector;
      const isNew = ({ uri }: vscode.WorkspaceFolder): boolean =>
        known.every(({ scheme }) => scheme !== uri.scheme);
      if (added.some(isNew)) void restart();
    }),
  );
  return async () => {
    await restarting.catch(() => undefined);
    await client.stop();
  };
}

/** Says that the server didn't do what was asked: it is being restarted, or the log says why. */
async function failed(client: BaseLanguageClient, log: vscode.LogOutputChannel): Promise<void> {
  const LOG = vscode.l10n.t("Show the Log");
  const message = vscode.l10n.t("Galley could not do this just now. Try again in a moment.");
  if ((await vscode.window.showWarningMessage(message, LOG)) === LOG) await showLog(client, log);
}

/** Restores git's words in the draft of a row, or else in the active one. */
async function restoreIn(
  context: CommandContext,
  restoring: RestoreAll,
  row: unknown,
): Promise<void> {
  const [target] = (row as Partial<Row> | undefined)?.targets ?? [];
  const document = target === undefined ? activeDocument() : await openDraft(target.uri);
  if (document !== undefined) await restoring.show(context, document);
}

/** What survives a restart of the server. */
interface Lasting {
  readonly log: vscode.LogOutputChannel;
  readonly pause: Pause;
  readonly status: DraftStatus;
  readonly messages: UndoMessages;
}

async function started(
  context: vscode.ExtensionContext,
  makeClient: MakeClient,
  { log, pause, status, messages }: Lasting,
): Promise<BaseLanguageClient> {
  const storage = context.storageUri;
  const documentSelector = selector();
  const client = makeClient({
    documentSelector,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticPullOptions: { onChange: true },
    middleware: { ...messages.middleware, workspace: pause.middleware },
    // Links in hovers run these commands: they open a rule's page, or the other copy of a passage.
    markdown: { isTrusted: { enabledCommands: [SHOW_RULE, GO_TO, COMPARE] } },
    initializationOptions: {
      docsBase: vscode.Uri.joinPath(context.extensionUri, "docs", "rules").toString(),
      commands: [COMPARE, DELETE_DRAFT, CHOOSE_STET, SHOW_RULE],
      caret: true,
      fades: true,
      files: true,
      isTrusted: vscode.workspace.isTrusted,
      ...(storage?.scheme === "file" ? { cacheDirectory: storage.fsPath } : {}),
    },
  });
  answerFileRequests(client);
  void vscode.commands.executeCommand("setContext", HAS_VERSIONS, hasGit());
  announceGit(client);
  await client.start();
  status.follow(client, documentSelector);
  return client;
}

/** Kinds of text that aren't files, by the settings that turn them off. */
const SNIPPETS: Readonly<Record<string, Selector>> = {
  notebooks: LANGUAGES.map((language) => ({ scheme: "vscode-notebook-cell", language })),
  commitMessages: [
    { scheme: "vscode-scm", language: "scminput" },
    { scheme: "file", language: "git-commit" },
  ],
};

type Selector = readonly { scheme: string; language?: string; pattern?: string }[];

/** The document selector: files and documents of workspace folders, but no diff sides or output channels. */
function selector(): Selector[number][] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = new Set(["file", "untitled", ...folders.map(({ uri }) => uri.scheme)]);
  const settings = vscode.workspace.getConfiguration("galley");
  const isOn = (name: string): boolean => settings.get(name) !== false;
  return [
    ...[...found].flatMap((scheme) => [
      ...LANGUAGES.map((language) => ({ scheme, language })),
      { scheme, pattern: "**/.galley.json" },
    ]),
    ...Object.entries(SNIPPETS).flatMap(([name, all]) => (isOn(name) ? all : [])),
  ];
}
