import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import {
  type ClientCapabilities,
  type CodeAction,
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  FileChangeType,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  type MessageConnection,
  ProgressType,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { applyEdits } from "../../server/src/text/edits.ts";
import { lineIndex, offsetAt } from "../../server/src/text/lines.ts";
import type { Host } from "../../server/src/project/host.ts";
import { GIT_FOUND } from "../../server/src/protocol.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { startServer } from "../../server/src/lsp/server.ts";
import { testHost } from "./lsp-host.ts";

/** A server to talk to: the sources in this process, or the bundle in a process of its own. */
export type Place = "in process" | "built";

export const BUNDLE = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  "../../dist/server/node.cjs",
);

/** What the wire tests run: also the bundle, once it has been built. */
export const PLACES: readonly Place[] = existsSync(BUNDLE)
  ? ["in process", "built"]
  : ["in process"];

/** The capabilities of VS Code's client, as far as the server reads them. */
export const LIKE_VSCODE: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ["create", "rename", "delete"],
      snippetEditSupport: true,
    },
  },
  textDocument: {
    diagnostic: {
      dynamicRegistration: true,
      relatedInformation: true,
      tagSupport: { valueSet: [1, 2] },
      codeDescriptionSupport: true,
      dataSupport: true,
    },
    codeAction: {
      dataSupport: true,
      resolveSupport: { properties: ["edit"] },
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
    },
  },
  window: { workDoneProgress: true, showDocument: { support: true } },
};

/** The same, except for these capabilities. */
export function likeVsCode(
  workspace: ClientCapabilities["workspace"],
  textDocument: ClientCapabilities["textDocument"] = {},
): ClientCapabilities {
  return {
    ...LIKE_VSCODE,
    workspace: { ...LIKE_VSCODE.workspace, ...workspace },
    textDocument: { ...LIKE_VSCODE.textDocument, ...textDocument },
  };
}

export interface ClientOptions {
  readonly place?: Place;
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[];
  readonly locale?: string;
  readonly initializationOptions?: Readonly<Record<string, unknown>>;
  /** The value of each section; without `galley`, only the rule is on that these tests use. */
  readonly settings?: Settings;
  readonly host?: Partial<Host>;
  /** Requests that the client answers besides those that every test needs. */
  readonly answers?: Readonly<Record<string, (params: unknown) => unknown>>;
}

type Settings = Readonly<Record<string, unknown>> | null;

/** A client as the tests need it: it keeps everything that arrives, and can wait for it. */
export class TestClient {
  readonly connection: MessageConnection;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly messages: string[] = [];
  readonly registrations: string[] = [];
  readonly shown: unknown[] = [];
  refreshes = 0;
  settings: Settings = null;
  server: InitializeResult | undefined;
  readonly #waiting = new Set<() => void>();
  readonly #versions = new Map<string, number>();
  readonly #texts = new Map<string, string>();
  readonly #end: () => void;
  #stopped: Promise<void> | undefined;

  constructor(connection: MessageConnection, end: () => void, options: ClientOptions) {
    this.connection = connection;
    this.#end = end;
    this.settings = options.settings === null ? null : { galley: {}, ...options.settings };
    const onMessage = (): void => {
      this.tell();
    };
    connection.onNotification("textDocument/publishDiagnostics", (params) => {
      this.published.push(params as PublishDiagnosticsParams);
      onMessage();
    });
    connection.onNotification("window/showMessage", (params: { message: string }) => {
      this.messages.push(params.message);
      onMessage();
    });
    connection.onRequest("workspace/configuration", (params: { items: { section: string }[] }) =>
      params.items.map(({ section }) => {
        const value = this.settings?.[section] ?? null;
        return section === "galley" && value !== null ? oneRule(value) : value;
      }),
    );
    connection.onRequest(
      "client/registerCapability",
      (params: { registrations: { method: string }[] }) => {
        this.registrations.push(...params.registrations.map(({ method }) => method));
        onMessage();
        return null;
      },
    );
    connection.onRequest("workspace/diagnostic/refresh", () => {
      this.refreshes++;
      onMessage();
      return null;
    });
    connection.onRequest("window/showDocument", (params: unknown) => {
      this.shown.push(params);
      onMessage();
      return { success: true };
    });
    for (const [method, answer] of Object.entries(options.answers ?? {})) {
      connection.onRequest(method, (params: unknown) => answer(params));
    }
    connection.listen();
  }

  /** Whoever waits looks again. */
  tell(): void {
    for (const look of [...this.#waiting]) look();
  }

  /** Settles when `wanted` returns something; it is called whenever anything arrives. */
  until<T>(wanted: () => T | undefined | false): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = wanted();
        if (found === undefined || found === false) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  async open(uri: string, text: string, languageId = "markdown"): Promise<void> {
    this.#versions.set(uri, 1);
    this.#texts.set(uri, text);
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async change(uri: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    let text = this.#texts.get(uri) ?? "";
    for (const change of contentChanges) {
      text =
        "range" in change
          ? withEdits(text, [{ range: change.range, newText: change.text }])
          : change.text;
    }
    this.#texts.set(uri, text);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  textOf(uri: string): string {
    return this.#texts.get(uri) ?? "";
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest("textDocument/diagnostic", {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  /** The diagnostics of a document, on request. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== "full") throw new Error("Asked anew, and told that nothing changed.");
    return report.items;
  }

  /** The severities of a document's diagnostics. */
  async severities(uri: string): Promise<Diagnostic["severity"][]> {
    return (await this.diagnostics(uri)).map(({ severity }) => severity);
  }

  /** The actions at a place, requested as by the light bulb: without diagnostics. */
  async actions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    const found: CodeAction[] | null = await this.connection.sendRequest(
      "textDocument/codeAction",
      {
        textDocument: { uri },
        range,
        context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
      },
    );
    return found ?? [];
  }

  /** The titles of the actions at some words or a range. */
  async titles(uri: string, at: string | Range): Promise<string[]> {
    const range = typeof at === "string" ? rangeOf(this.textOf(uri), at) : at;
    return (await this.actions(uri, range)).map(({ title }) => title);
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest("codeAction/resolve", action);
  }

  /** Requests the workspace's diagnostics and keeps what is streamed. */
  workspace(previous: Readonly<Record<string, string>> = {}): WorkspacePull {
    return new WorkspacePull(this, previous);
  }

  /** Its parameters may be missing, and so may a token that cancels it. */
  request<T>(method: string, ...params: readonly unknown[]): Promise<T> {
    return this.connection.sendRequest<T>(method, ...params);
  }

  notify(method: string, params: object): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  /** Waits until all work is done and reported. */
  settled(): Promise<void> {
    return this.request("galley/settled");
  }

  /** Notifies about files that were created, changed or deleted; the server looks at them itself. */
  filesChanged(...uris: readonly string[]): Promise<void> {
    const changes = uris.map((uri) => ({ uri, type: FileChangeType.Changed }));
    return this.notify("workspace/didChangeWatchedFiles", { changes });
  }

  /** Notifies about workspace folders that were added and removed. */
  foldersChanged(added: readonly string[], removed: readonly string[]): Promise<void> {
    const named = (uris: readonly string[]): object[] => uris.map((uri) => ({ uri, name: uri }));
    const event = { added: named(added), removed: named(removed) };
    return this.notify("workspace/didChangeWorkspaceFolders", { event });
  }

  /** Replaces the editor's settings, and notifies about it. */
  configure(settings: Settings): Promise<void> {
    this.settings = settings;
    return this.notify("workspace/didChangeConfiguration", { settings: null });
  }

  save(uri: string): Promise<void> {
    return this.notify("textDocument/didSave", { textDocument: { uri } });
  }

  /** The hover at the start of some words. */
  hover(uri: string, words: string): Promise<Hover | null> {
    const position = rangeOf(this.textOf(uri), words).start;
    return this.request("textDocument/hover", { textDocument: { uri }, position });
  }

  /** The first action with such a title at some words or a range, with its edit. */
  async action(uri: string, at: string | Range, title: RegExp): Promise<CodeAction> {
    const range = typeof at === "string" ? rangeOf(this.textOf(uri), at) : at;
    const all = await this.actions(uri, range);
    const action = all.find((one) => title.test(one.title));
    if (action === undefined) throw new Error(`None of ${all.map((one) => one.title).join(", ")}`);
    return this.resolve(action);
  }

  /** The text of an open draft after an action or another edit was applied. */
  textAfter(edit: WorkspaceEdit | undefined, uri: string): string {
    return edited(this.textOf(uri), edit, uri);
  }

  /** Ends the session, once. */
  stop(): Promise<void> {
    this.#stopped ??= this.connection.sendRequest("shutdown").then(this.#end);
    return this.#stopped;
  }
}

/** A request for the workspace's diagnostics that the server keeps open. */
export class WorkspacePull {
  readonly items: WorkspaceDocumentDiagnosticReport[] = [];
  answered = false;
  readonly answer: Promise<WorkspaceDiagnosticReport | undefined>;
  readonly #client: TestClient;
  static #tokens = 0;

  constructor(client: TestClient, previous: Readonly<Record<string, string>>) {
    this.#client = client;
    const partialResultToken = `partial-${WorkspacePull.#tokens++}`;
    client.connection.onProgress(
      new ProgressType<WorkspaceDiagnosticReport>(),
      partialResultToken,
      ({ items }) => {
        this.items.push(...items);
        client.tell();
      },
    );
    const previousResultIds = Object.entries(previous).map(([uri, value]) => ({ uri, value }));
    this.answer = client.connection
      .sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
        previousResultIds,
        partialResultToken,
      })
      .then(
        (report) => {
          this.answered = true;
          this.items.push(...report.items);
          client.tell();
          return report;
        },
        () => undefined,
      );
  }

  /** The messages in a file's latest report; undefined if there is none. */
  messages(uri: string): string[] | undefined {
    const report = this.items.findLast((item) => item.uri === uri && item.kind === "full");
    return report?.kind === "full"
      ? report.items.map(({ message }) => (typeof message === "string" ? message : message.value))
      : undefined;
  }

  /** The severities in a file's latest report; empty if there is none. */
  severities(uri: string): (Diagnostic["severity"] | undefined)[] {
    const report = this.items.findLast((item) => item.uri === uri && item.kind === "full");
    return report?.kind === "full" ? report.items.map(({ severity }) => severity) : [];
  }

  /** How often a file was reported in full. */
  reports(uri: string): number {
    return this.items.filter((item) => item.uri === uri && item.kind === "full").length;
  }

  /** Waits for a report on a file that `wanted` accepts. */
  until(uri: string, wanted: (messages: string[]) => boolean): Promise<string[]> {
    return this.#client.until(() => {
      const messages = this.messages(uri);
      return messages !== undefined && wanted(messages) && messages;
    });
  }

  /** Waits for a report on a file with this many findings. */
  shows(uri: string, count: number): Promise<string[]> {
    return this.until(uri, (messages) => messages.length === count);
  }

  /** The result ids of the latest reports. */
  ids(): Record<string, string> {
    return Object.fromEntries(
      this.items.flatMap(({ uri, resultId }) => (resultId === undefined ? [] : [[uri, resultId]])),
    );
  }
}

/** A draft with one mistake, found by the only rule that is on in these tests. */
export const WRONG = "The stalls open at the the market square at nine.\n";

/** The editor's setting of each rule, at its default. */
export const EVERY_RULE = Object.fromEntries(RULES.map(({ id }) => [id, {}]));

/** The editor's settings with every rule off that a test doesn't mention, so that a new rule breaks none. */
export function oneRule(galley: object): object {
  const off = RULES.map(({ id }) => [id, { severity: "off" }] as const);
  const { rules, ...rest } = galley as { readonly rules?: object };
  return {
    ...rest,
    rules: { ...Object.fromEntries(off), "repeated-word": {}, ...rules },
  };
}

/** Options for a client with these rules on, besides that of `WRONG`. */
export function rulesOn(...ids: readonly string[]): Pick<ClientOptions, "settings"> {
  return { settings: { galley: { rules: Object.fromEntries(ids.map((id) => [id, {}])) } } };
}

/** Something to wait for until it is opened. */
export function newGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    opened,
    open: () => {
      open();
    },
  };
}

/** Starts a server and a client that it has initialized. If the host reads git, the client names it. */
export async function connect(options: ClientOptions = {}): Promise<TestClient> {
  const client = await begin(startedServer(options.place, options.host), options);
  if (options.host?.versions !== undefined) await client.notify(GIT_FOUND, { program: "git" });
  return client;
}

/** A client that initializes a new server. */
export async function begin(
  { connection, end }: Started,
  options: ClientOptions,
): Promise<TestClient> {
  const client = new TestClient(connection, end, options);
  const folders = options.folders ?? [];
  const params: Omit<InitializeParams, "rootUri"> = {
    processId: null,
    capabilities: options.capabilities ?? LIKE_VSCODE,
    workspaceFolders: folders.map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf("/") + 1) })),
    initializationOptions: { settings: oneRule({}), ...options.initializationOptions },
    ...(options.locale === undefined ? {} : { locale: options.locale }),
  };
  client.server = await connection.sendRequest<InitializeResult>("initialize", params);
  await connection.sendNotification("initialized", {});
  return client;
}

/** A text after text edits, all of whose positions are those before any edit. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = lineIndex(text);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      start: offsetAt(lines, text, range.start),
      end: offsetAt(lines, text, range.end),
      newText,
    })),
  );
}

/** The edits of one document in a workspace edit with versions. */
export function documentEdit(edit: WorkspaceEdit | undefined, uri: string): TextDocumentEdit {
  for (const change of edit?.documentChanges ?? []) {
    if ("textDocument" in change && change.textDocument.uri === uri) return change;
  }
  throw new Error(`No edit of ${uri}: ${JSON.stringify(edit)}`);
}

/** A text after its document's edits in a workspace edit. */
export function edited(text: string, edit: WorkspaceEdit | undefined, uri: string): string {
  const plain = documentEdit(edit, uri).edits.filter((one) => "newText" in one);
  return withEdits(text, plain);
}

/** The range of some words of a text. */
export function rangeOf(text: string, words: string): Range {
  const lines = lineIndex(text);
  const at = text.indexOf(words);
  if (at < 0) throw new Error(`“${words}” is not there.`);
  const place = (offset: number): Range["start"] => {
    const line = lines.findLastIndex((start) => start <= offset);
    return { line, character: offset - (lines[line] ?? 0) };
  };
  return { start: place(at), end: place(at + words.length) };
}

/** The error code that a request is answered with; undefined if it succeeds. */
export async function codeOf(
  connection: MessageConnection,
  method: string,
  ...params: readonly unknown[]
): Promise<unknown> {
  try {
    await connection.sendRequest(method, ...params);
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

export interface Started {
  readonly connection: MessageConnection;
  readonly end: () => void;
}

/** A server that has got no message yet. */
export function startedServer(place?: Place, host?: Partial<Host>): Started {
  return place === "built" ? builtServer() : inProcess(testHost(host ?? {}));
}

function connectionOver(from: Readable, to: Writable): MessageConnection {
  return createMessageConnection(new StreamMessageReader(from), new StreamMessageWriter(to));
}

/** A connection to a process over its pipes. What is asked of one that has ended fails. */
export function connectionTo(server: ChildProcess): MessageConnection {
  const { stdin, stdout } = server;
  if (stdin === null || stdout === null) throw new Error("The server has no pipes.");
  const connection = connectionOver(stdout, stdin);
  server.once("close", () => {
    connection.dispose();
  });
  return connection;
}

function inProcess(host: Host): Started {
  const up = new PassThrough();
  const down = new PassThrough();
  const [reader, writer] = [new StreamMessageReader(up), new StreamMessageWriter(down)];
  void startServer((options) => createConnection(reader, writer, options), host);
  const connection = connectionOver(down, up);
  return {
    connection,
    end: () => {
      connection.dispose();
    },
  };
}

export function builtServer(program = BUNDLE): Started & { readonly process: ChildProcess } {
  const server = spawn(process.execPath, [program, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = connectionTo(server);
  return {
    connection,
    process: server,
    end: () => {
      connection.dispose();
      server.kill();
    },
  };
}
