import type { InitializeParams } from "vscode-languageserver";
import { CHOOSE_STET, COMPARE, DELETE_DRAFT, SHOW_RULE } from "../protocol.ts";
import { record } from "../settings/json-schema.ts";
import { MarkupKind } from "./messages.ts";
import type { Display } from "./to-protocol.ts";
import { translationsFor } from "../text/translations.ts";

/** The client's capabilities and initialization options. */
export type Client = Readonly<ReturnType<typeof toClient>>;

/** What it can do with code actions. */
export type ActionSupport = Readonly<Client["actions"]>;

/** Reads the capabilities and options of `initialize`. A value of the wrong type counts as absent. */
export function toClient(
  params: Pick<
    InitializeParams,
    "capabilities" | "initializationOptions" | "workspaceFolders" | "locale"
  >,
) {
  // Long, as it lists everything a client may support.
  const { capabilities } = params;
  const { textDocument, workspace, window } = capabilities;
  const options = record(params.initializationOptions);
  const edits = workspace?.workspaceEdit;
  const documentChanges = edits?.documentChanges === true;
  const diagnostic = textDocument?.diagnostic;
  const publish = textDocument?.publishDiagnostics;
  const resolved = textDocument?.codeAction?.resolveSupport?.properties;
  const tags = diagnostic?.tagSupport ?? publish?.tagSupport;
  const roots = params.workspaceFolders ?? undefined;
  // Deprecated in LSP 3.6, still sent by some clients.
  const root = (params as { rootUri?: string | null }).rootUri;
  const display: Display = {
    relatedInformation: diagnostic?.relatedInformation ?? publish?.relatedInformation ?? false,
    unnecessaryTag: includes(tags?.valueSet, 1),
    fades: options["fades"] === true,
    codeDescription: diagnostic?.codeDescriptionSupport ?? publish?.codeDescriptionSupport ?? false,
    docsBase: text(options["docsBase"]),
    showsRules: includes(options["commands"], SHOW_RULE),
    translations: translationsFor(params.locale),
  };
  return {
    display,
    actions: {
      documentChanges,
      /** An edit may create a file. */
      createFile: documentChanges && includes(edits.resourceOperations, "create"),
      snippets: edits?.snippetEditSupport === true,
      showDocument: window?.showDocument?.support === true,
      compare: includes(options["commands"], COMPARE),
      /** It asks the user whether to move a draft to the trash. */
      deleteDraft: includes(options["commands"], DELETE_DRAFT),
      /** It asks the user how to suppress a finding; the menu then has one entry for it. */
      chooseStet: includes(options["commands"], CHOOSE_STET),
      showRule: includes(options["commands"], SHOW_RULE),
    },
    markdownHover: includes(textDocument?.hover?.contentFormat, MarkupKind.Markdown),
    /** It resolves the edit of a code action when the user chooses it. */
    resolvesEdits: includes(resolved, "edit") && textDocument?.codeAction?.dataSupport === true,
    /** It asks for diagnostics; to other clients they are published. */
    pulls: isObject(diagnostic),
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    showsCodeLens: isObject(textDocument?.codeLens),
    /** It can be notified that they have changed. */
    refreshesCodeLens: workspace?.codeLens?.refreshSupport === true,
    configures: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    /** It says why it saves before it saves. */
    sendsWillSave: textDocument?.synchronization?.willSave === true,
    /** It sends the position of the cursor (`CARET` of protocol.ts). */
    sendsCaret: options["caret"] === true,
    /** It answers the requests of `clientFiles`. */
    servesFiles: options["files"] === true,
    /** The user trusts the workspace. A client that does not say has no such concept. */
    isTrusted: options["isTrusted"] !== false,
    cacheDirectory: text(options["cacheDirectory"]),
    /** Settings from a client that does not answer `workspace/configuration`. */
    settings: options["settings"],
    folders:
      roots !== undefined
        ? roots.map((folder) => folder.uri)
        : typeof root === "string"
          ? [root]
          : [],
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function includes(list: unknown, item: unknown): boolean {
  return Array.isArray(list) && list.includes(item);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
