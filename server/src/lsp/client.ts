import type { InitializeParams } from "vscode-languageserver";
import { CHOOSE_STET, COMPARE, DELETE_DRAFT, SHOW_RULE } from "../protocol.ts";
import { record } from "../settings/json-schema.ts";
import { MarkupKind } from "./protocol-library.ts";
import type { Display } from "./to-protocol.ts";
import { translationsFor } from "../text/translations.ts";

/** The client's capabilities and initialization options. */
export interface Client {
  readonly display: Display;
  readonly actions: ActionSupport;
  readonly markdownHover: boolean;
  /** The client resolves the edit of a code action when the user chooses it. */
  readonly resolvesEdits: boolean;
  /** It asks for diagnostics; to other clients they are published. */
  readonly pulls: boolean;
  readonly refreshes: boolean;
  readonly showsCodeLens: boolean;
  /** It can be notified that they have changed. */
  readonly refreshesCodeLens: boolean;
  readonly configures: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly changesFolders: boolean;
  readonly showsProgress: boolean;
  /** It sends the position of the cursor (`CARET` of protocol.ts). */
  readonly sendsCaret: boolean;
  /** It says why it saves before it saves. */
  readonly sendsWillSave: boolean;
  /** It answers the requests for files in `client-files.ts`. */
  readonly servesFiles: boolean;
  readonly cacheDirectory: string | undefined;
  /** The user trusts the workspace. A client that does not say has no such concept. */
  readonly isTrusted: boolean;
  /** Settings from a client that does not answer `workspace/configuration`. */
  readonly settings: unknown;
  readonly folders: readonly string[];
}

export interface ActionSupport {
  readonly documentChanges: boolean;
  readonly createFile: boolean;
  readonly snippets: boolean;
  readonly showDocument: boolean;
  readonly compare: boolean;
  /** It asks the user whether to move a draft to the trash. */
  readonly deleteDraft: boolean;
  /** It asks the user how to suppress a finding; the menu then has one entry for it. */
  readonly chooseStet: boolean;
  readonly showRule: boolean;
}

/** Reads the capabilities and options of `initialize`. A value of the wrong type counts as absent. */
export function toClient(
  params: Pick<
    InitializeParams,
    "capabilities" | "initializationOptions" | "workspaceFolders" | "locale"
  >,
): Client {
  // Long, as it lists everything a client may support.
  const { capabilities } = params;
  const { textDocument, workspace, window } = capabilities;
  const options = record(params.initializationOptions);
  const diagnostic = textDocument?.diagnostic;
  const publish = textDocument?.publishDiagnostics;
  const pulls = isObject(diagnostic);
  const resolved = textDocument?.codeAction?.resolveSupport?.properties;
  const tags = diagnostic?.tagSupport ?? publish?.tagSupport;
  const roots = params.workspaceFolders ?? undefined;
  // Deprecated in LSP 3.6, still sent by some clients.
  const root = (params as { rootUri?: string | null }).rootUri;
  return {
    display: {
      relatedInformation: diagnostic?.relatedInformation ?? publish?.relatedInformation ?? false,
      unnecessaryTag: includes(tags?.valueSet, 1),
      fades: options["fades"] === true,
      codeDescription:
        diagnostic?.codeDescriptionSupport ?? publish?.codeDescriptionSupport ?? false,
      docsBase: text(options["docsBase"]),
      showsRules: includes(options["commands"], SHOW_RULE),
      translations: translationsFor(params.locale),
    },
    actions: {
      documentChanges: workspace?.workspaceEdit?.documentChanges === true,
      createFile: includes(workspace?.workspaceEdit?.resourceOperations, "create"),
      snippets: workspace?.workspaceEdit?.snippetEditSupport === true,
      showDocument: window?.showDocument?.support === true,
      compare: includes(options["commands"], COMPARE),
      deleteDraft: includes(options["commands"], DELETE_DRAFT),
      chooseStet: includes(options["commands"], CHOOSE_STET),
      showRule: includes(options["commands"], SHOW_RULE),
    },
    markdownHover: includes(textDocument?.hover?.contentFormat, MarkupKind.Markdown),
    resolvesEdits: includes(resolved, "edit") && textDocument?.codeAction?.dataSupport === true,
    pulls,
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    showsCodeLens: isObject(textDocument?.codeLens),
    refreshesCodeLens: workspace?.codeLens?.refreshSupport === true,
    configures: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    sendsWillSave: textDocument?.synchronization?.willSave === true,
    sendsCaret: options["caret"] === true,
    servesFiles: options["files"] === true,
    isTrusted: options["isTrusted"] !== false,
    cacheDirectory: text(options["cacheDirectory"]),
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
