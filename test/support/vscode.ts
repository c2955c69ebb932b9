import type { TextDocument } from "vscode";
import { editedText, type TextChange } from "../../client/src/edited-text.ts";

/*
 * The part of VS Code that the client needs: `vitest.config.ts` makes it import this file as `vscode`. The test fires
 * events and answers messages; `desk` is what the user sees.
 */

let bundle: Readonly<Record<string, string>> = {};

/** As in VS Code: each placeholder gets its argument, or stays if it has none. */
export const l10n = {
  t: (text: string, ...args: readonly (string | number | boolean)[]): string =>
    (bundle[text] ?? text).replace(/\{(\d+)\}/g, (placeholder, index) =>
      String(args[Number(index)] ?? placeholder),
    ),
};

/** Sets the client's language by its texts; without them English. */
export function speak(texts: Readonly<Record<string, string>> = {}): void {
  bundle = texts;
}

interface Ended {
  dispose(): unknown;
}

export class Disposable {
  static from(...all: readonly Ended[]): Disposable {
    return new Disposable(() => all.map((one) => one.dispose()));
  }
  readonly dispose: () => unknown;
  constructor(dispose: () => unknown) {
    this.dispose = dispose;
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => unknown>();
  readonly event = (listener: (event: T) => unknown): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };
  fire(event: T): void {
    for (const one of [...this.#listeners]) one(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class CancellationTokenSource {
  readonly token = { isCancellationRequested: false };
  cancel(): void {
    this.token.isCancellationRequested = true;
  }
  dispose(): void {
    // It holds nothing.
  }
}

export class Uri {
  static readonly parse = (text: string): Uri => new Uri(text);
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  get path(): string {
    return this.#text.replace(/^[\w-]+:\/\//, "").replace(/\?.*/, "");
  }
  with({ scheme, query }: { readonly scheme: string; readonly query: string }): Uri {
    return new Uri(`${scheme}://${this.path}?${query}`);
  }
  toString(): string {
    return this.#text;
  }
}

export class WorkspaceEdit {
  readonly #edits = new Map<string, readonly TextChange[]>();
  set(uri: Uri, edits: readonly TextChange[]): void {
    this.#edits.set(String(uri), edits);
  }
  get(uri: Uri): readonly TextChange[] {
    return this.#edits.get(String(uri)) ?? [];
  }
  entries(): [Uri, readonly TextChange[]][] {
    return [...this.#edits].map(([uri, edits]) => [new Uri(uri), edits]);
  }
}

export class TreeItem {
  readonly label: string;
  constructor(label: string) {
    this.label = label;
  }
}
export class Range {
  readonly start: unknown;
  readonly end: unknown;
  constructor(start: unknown, end: unknown) {
    this.start = start;
    this.end = end;
  }
}
export const [ThemeIcon, TabInputTextDiff] = [Object, Object];
export const TreeItemCollapsibleState = { Collapsed: 1, Expanded: 2 };
export const ProgressLocation = { Window: 10, Notification: 15 };
export const StatusBarAlignment = { Right: 2 };
export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };
export const QuickPickItemKind = { Separator: -1 };

/** A draft that is open. */
interface Draft {
  readonly uri: Uri;
  text: string;
  version: number;
  isClosed: boolean;
  readonly getText: () => string;
}

/** A message with or without choices; `detail` is that of a modal one. */
export interface Message {
  readonly text: string;
  readonly detail?: string;
  readonly choices: readonly string[];
}

type Run = (...args: readonly unknown[]) => unknown;

/** What users see and do: by default messages are closed, and commands that aren't Galley's succeed. */
class Desk {
  readonly drafts = new Map<string, Draft>();
  readonly commands = new Map<string, Run>();
  /** VS Code's own commands that were executed, with their arguments. */
  readonly executed: (readonly unknown[])[] = [];
  readonly messages: Message[] = [];
  /** The messages in the status bar. */
  readonly said: string[] = [];
  /** The rows of views that got the focus. */
  readonly revealed: unknown[] = [];
  /** The providers of documents that are not files, by scheme. */
  readonly provided = new Map<string, (uri: Uri | undefined) => unknown>();
  activeEditor: unknown;
  /** The text in the status bar, while it is shown. */
  readonly bar = {
    text: "",
    isShown: false,
    show: () => (this.bar.isShown = true),
    hide: () => (this.bar.isShown = false),
    dispose: () => undefined,
  };
  /** Other extensions that are installed, by id. */
  readonly extensions = new Map<string, { readonly activate: () => Promise<unknown> }>();
  isTrusted = true;
  /** Everything that shows progress is cancelled. */
  isCancelled = false;
  readonly #events = new Map<string, EventEmitter<unknown>>();
  answer: (message: Message) => string | undefined | Promise<string | undefined> = () => undefined;

  /** Opens a draft, or changes an open one. */
  write(uri: string, text: string): TextDocument {
    const known = this.drafts.get(uri);
    const draft: Draft = known ?? {
      uri: new Uri(uri),
      text,
      version: 0,
      isClosed: false,
      getText: () => draft.text,
    };
    draft.text = text;
    draft.version++;
    this.drafts.set(uri, draft);
    return draft as unknown as TextDocument;
  }

  close(uri: string): void {
    const draft = this.drafts.get(uri);
    if (draft !== undefined) draft.isClosed = true;
    this.drafts.delete(uri);
  }

  /** An event by name, such as `onDidChangeActiveTextEditor`, to be fired. */
  event(name: string): EventEmitter<unknown> {
    const known = this.#events.get(name) ?? new EventEmitter();
    this.#events.set(name, known);
    return known;
  }
}

export let desk = new Desk();

/** Starts with nothing open. */
export function newDesk(): Desk {
  desk = new Desk();
  return desk;
}

/** Some members of `vscode`, and all its events. */
function withEvents<T extends object>(members: T): T {
  return new Proxy(members, {
    get: (target, name, self): unknown =>
      String(name).startsWith("on")
        ? desk.event(String(name)).event
        : Reflect.get(target, name, self),
  });
}

async function showMessage(
  text: string,
  ...rest: (string | { detail?: string })[]
): Promise<unknown> {
  const choices = rest.filter((one) => typeof one === "string");
  const [{ detail } = {}] = rest.filter((one) => typeof one !== "string");
  const message = { text, choices, ...(detail === undefined ? {} : { detail }) };
  desk.messages.push(message);
  return await desk.answer(message);
}

export const commands = {
  registerCommand: (name: string, run: Run): Disposable => {
    desk.commands.set(name, run);
    return new Disposable(() => desk.commands.delete(name));
  },
  executeCommand: async (name: string, ...args: readonly unknown[]): Promise<unknown> => {
    const run = desk.commands.get(name);
    if (run === undefined) desk.executed.push([name, ...args]);
    return await run?.(...args);
  },
};

export const languages = withEvents({
  match: () => 1,
  createLanguageStatusItem: () => ({ dispose: () => undefined }),
});

export const window = withEvents({
  get activeTextEditor() {
    return desk.activeEditor;
  },
  tabGroups: { all: [], close: () => Promise.resolve() },
  createTreeView: () => ({
    ...{ visible: true, selection: [], onDidChangeVisibility: desk.event("onDidSee").event },
    reveal: (row: unknown) => Promise.resolve(desk.revealed.push(row)),
    dispose: () => undefined,
  }),
  createStatusBarItem: () => desk.bar,
  showInformationMessage: showMessage,
  showWarningMessage: showMessage,
  setStatusBarMessage: (text: string) => desk.said.push(text),
  showQuickPick: (items: readonly { readonly choice?: unknown }[]) =>
    Promise.resolve(items.find(({ choice }) => choice !== undefined)),
  showTextDocument: () => Promise.resolve(),
  withProgress: (_: object, task: Run) => task({}, { isCancellationRequested: desk.isCancelled }),
});

export const extensions = { getExtension: (id: string) => desk.extensions.get(id) };

export const workspace = withEvents({
  get isTrusted() {
    return desk.isTrusted;
  },
  asRelativePath: (uri: Uri) => uri.path.slice(1),
  registerTextDocumentContentProvider: (
    scheme: string,
    provider: { provideTextDocumentContent(uri: Uri): unknown },
  ) => {
    desk.provided.set(scheme, (uri) => uri && provider.provideTextDocumentContent(uri));
    return new Disposable(() => desk.provided.delete(scheme));
  },
  openTextDocument: (uri: Uri) => {
    const draft = desk.drafts.get(String(uri));
    return draft === undefined ? Promise.reject(new Error("gone")) : Promise.resolve(draft);
  },
  applyEdit: (edit: WorkspaceEdit) => {
    for (const [uri, edits] of edit.entries()) {
      const before = desk.drafts.get(String(uri))?.text ?? "";
      desk.write(String(uri), editedText(before, edits));
    }
    return Promise.resolve(true);
  },
});
