/*
 * The extension that the tests put beside Galley, and call over a bridge. The tests are the server, because a browser
 * can't be one. Drafts are named from the last folder of the window; lines and columns count from 1.
 */
import * as vscode from "vscode";

/** Set by the bundler: the tests' address, and whether the tests answer Galley's questions to the user. */
declare const BRIDGE: string;
declare const ANSWERS: boolean;

const { commands, window, workspace } = vscode;

/** A message, a list or a progress bar that waits for the user. */
interface Shown {
  text: string;
  readonly choices: readonly string[];
  /** Chooses one of the items; undefined closes it. */
  choose(choice: string | undefined): void;
}

/** What Galley shows now; empty if the user answers. */
const shown: Shown[] = [];
const showing = new vscode.EventEmitter<Shown>();
/** User settings that were changed, with their earlier values. */
const settings = new Map<string, unknown>();

const tabs = () => window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

const changeSetting = (name: string, value: unknown) =>
  workspace.getConfiguration().update(name, value ?? undefined, vscode.ConfigurationTarget.Global);

/** What tests can call. Arguments and results are sent as JSON. */
export const host = {
  /** All of Galley's entries in Problems, without hints, sorted: `ferry.md:7 repeated-word`. */
  problems: () => {
    // VS Code keeps a document open for minutes after the test that used it.
    const isLeft = (file: vscode.Uri): boolean =>
      workspace.getWorkspaceFolder(file) === undefined &&
      workspace.textDocuments.some(({ uri }) => uri.toString() === file.toString());
    const isListed = ({ source, severity }: vscode.Diagnostic): boolean =>
      source === "galley" && severity !== vscode.DiagnosticSeverity.Hint;
    const rows = vscode.languages.getDiagnostics().flatMap(([file, found]) =>
      (isLeft(file) ? [] : found.filter(isListed)).map(({ code, range }) => {
        const rule = typeof code === "object" ? code.value : code;
        return `${workspace.asRelativePath(file, false)}:${range.start.line + 1} ${String(rule)}`;
      }),
    );
    return rows.sort();
  },

  /** Shows a draft with the cursor at a place. */
  open: async (name: string, line = 1, column = 1) => {
    const at = place(line, column);
    const options = { selection: new vscode.Range(at, at), preview: false };
    await window.showTextDocument(uri(name), options);
  },

  /** Focuses the active draft, at a place or at its cursor. */
  focus: async (line?: number, column = 1) => {
    const [found] = window.visibleTextEditors;
    if (found === undefined) throw new Error("No draft is shown.");
    const { document, viewColumn = vscode.ViewColumn.Active } = found;
    const at = line === undefined ? found.selection.active : place(line, column);
    await window.showTextDocument(document, { selection: new vscode.Range(at, at), viewColumn });
  },

  /** Runs the light bulb's action whose title begins with this. If there is none, returns the titles. */
  fix: async (name: string, line: number, column: number, title?: string) => {
    const at = place(line, column);
    const find = "vscode.executeCodeActionProvider";
    // With their edits, which are requested in a second step.
    const args = [uri(name), new vscode.Range(at, at), undefined, title === undefined ? 0 : 20];
    const offered = await commands.executeCommand<vscode.CodeAction[]>(find, ...args);
    const one = offered.find((action) => title !== undefined && action.title.startsWith(title));
    if (one === undefined) return offered.map((action) => action.title);
    const { edit, command } = one;
    if (edit !== undefined && !(await workspace.applyEdit(edit, { isRefactoring: true }))) {
      throw new Error(`“${one.title}” could not be done.`);
    }
    // It may ask the user, and is done when that is answered.
    if (command !== undefined) host.start(command.command, ...argumentsOf(command));
    if (edit ?? command) return undefined;
    throw new Error(`“${one.title}” does nothing.`);
  },

  /** The titles of the code lenses of the active draft; the command of one of them is run. */
  lenses: async (taken?: string) => {
    const find = "vscode.executeCodeLensProvider";
    const draft = window.activeTextEditor?.document.uri;
    const found = await commands.executeCommand<vscode.CodeLens[]>(find, draft, 9);
    const all = found.flatMap(({ command }) => command ?? []);
    const one = all.find(({ title }) => title === taken);
    if (one !== undefined) host.start(one.command, ...argumentsOf(one));
    return all.map(({ title }) => title);
  },

  /** The words in the editor, and whether they are unsaved. */
  draft: async (name: string) => {
    const document = await workspace.openTextDocument(uri(name));
    return { text: document.getText(), isDirty: document.isDirty };
  },

  save: async (name: string) => {
    const document = await workspace.openTextDocument(uri(name));
    // VS Code may have saved it by itself.
    if (document.isDirty) await document.save();
  },

  /** Replaces some characters from a place in the active draft, and leaves the cursor after them. */
  type: async (line: number, column: number, length: number, words: string) => {
    const active = window.activeTextEditor;
    if (active === undefined) throw new Error("No draft is shown.");
    const range = new vscode.Range(place(line, column), place(line, column + length));
    active.selection = new vscode.Selection(range.end, range.end);
    await active.edit((edit) => {
      edit.replace(range, words);
    });
  },

  /** Galley's findings in all documents of a scheme: `repeated-word 2:5`. */
  found: (scheme: string, name = "") =>
    vscode.languages.getDiagnostics().flatMap(([file, all]) =>
      all.flatMap(({ source, code, range }) => {
        if (source !== "galley" || file.scheme !== scheme || !file.path.endsWith(name)) return [];
        const rule = typeof code === "object" ? code.value : code;
        return [`${String(rule)} ${range.start.line + 1}:${range.start.character + 1}`];
      }),
    ),

  notebook: async (name: string) => {
    const notebook = await workspace.openNotebookDocument(uri(name));
    await window.showNotebookDocument(notebook);
  },

  /** Writes the next commit message to the folder's repository; false if git has not found it yet. */
  commitMessage: async (text: string) => {
    const git = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>("vscode.git");
    const repository = (await git?.activate())?.getAPI(1).getRepository(uri("."));
    if (repository) repository.inputBox.value = text;
    return Boolean(repository);
  },

  /** What Galley's tool answers a language model; undefined if there is none. */
  askTool: async (input: object) => {
    const { lm } = vscode as unknown as { lm: ToolApi };
    if (!lm.tools.some(({ name }) => name === "galley_check")) return undefined;
    const options = { input, toolInvocationToken: undefined };
    // It is listed before it exists.
    const answer = await lm.invokeTool("galley_check", options).catch(() => undefined);
    return answer?.content.map(({ value }) => value).join("");
  },

  /** Starts a command, which may wait for the user. */
  start: (command: string, ...args: unknown[]) => {
    void commands.executeCommand(command, ...args);
  },

  /** Starts to undo the last edit of the draft that is shown, which may ask. An input that has the focus would take it. */
  undo: async () => {
    await commands.executeCommand("workbench.action.focusActiveEditorGroup");
    void commands.executeCommand("undo");
  },

  /** The active draft and the line of its cursor: `ferry.md:7`. */
  active: () => {
    const { document, selection } = window.activeTextEditor ?? {};
    const name = document && workspace.asRelativePath(document.uri, false);
    return name && `${name}:${(selection?.active.line ?? 0) + 1}`;
  },

  tabs,
  groups: () => window.tabGroups.all.length,
  outputs: () => {
    const found = workspace.textDocuments.filter(({ uri: { scheme } }) => scheme === "output");
    return found.map((document) => document.getText()).join("\n");
  },

  /** Waits for a message, a list or a progress bar, and makes a choice; without one it is closed. */
  answer: async (words: string, choice = "") => {
    const one = await said(new RegExp(words));
    const chosen = one.choices.find((label) => choice !== "" && new RegExp(choice).test(label));
    if (choice !== "" && chosen === undefined) {
      throw new Error(`“${one.text}” has no ${choice}, but ${one.choices.join(", ")}`);
    }
    one.choose(chosen);
    return one.choices;
  },

  /** Questions without an answer yet. */
  unanswered: () => shown.map(({ text }) => text),

  /** Changes a user setting for the test. */
  set: async (name: string, value: unknown) => {
    if (!settings.has(name)) {
      settings.set(name, workspace.getConfiguration().inspect(name)?.globalValue);
    }
    await changeSetting(name, value);
  },

  /** Waits for the window's folder: on a busy machine VS Code may open a workspace without it, for good. */
  hasFolder: async () => {
    const end = Date.now() + 10_000;
    while ((workspace.workspaceFolders ?? []).length === 0) {
      if (Date.now() > end) throw new Error("The window has no folder.");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  },

  /** Adds these folders after the window's first. Resolves once external changes in them are noticed. */
  show: async (...paths: string[]) => {
    const added = paths.map((path) => ({ uri: vscode.Uri.file(path) }));
    const { length } = workspace.workspaceFolders ?? [];
    const changed = new Promise((resolve) => workspace.onDidChangeWorkspaceFolders(resolve));
    if (!workspace.updateWorkspaceFolders(1, length - 1, ...added))
      throw new Error("The window kept its folders.");
    await changed;
    for (const folder of added) await isWatched(folder.uri);
  },

  /** Closes everything, and restores the settings. */
  reset: async () => {
    for (const one of [...shown]) one.choose(undefined);
    // A tab that can't be closed must not affect those of the next test.
    for (let left = 20; left > 0 && tabs().length > 0; left--) {
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    for (const [name, before] of settings) await changeSetting(name, before);
    settings.clear();
    await commands.executeCommand("workbench.action.closePanel");
    await commands.executeCommand("notifications.clearAll");
  },
};

interface GitApi {
  getRepository(uri: vscode.Uri): { readonly inputBox: { value: string } } | null;
}

/** From VS Code 1.95 on. */
interface ToolApi {
  readonly tools: readonly { readonly name: string }[];
  invokeTool(
    name: string,
    options: object,
  ): Promise<{ readonly content: readonly { readonly value: string }[] }>;
}

function argumentsOf({ arguments: given = [] }: vscode.Command): unknown[] {
  return given;
}

function place(line: number, column: number): vscode.Position {
  return new vscode.Position(line - 1, column - 1);
}

function uri(name: string): vscode.Uri {
  const folder = workspace.workspaceFolders?.at(-1);
  if (folder === undefined) throw new Error("No folder is open.");
  return vscode.Uri.joinPath(folder.uri, name);
}

function said(words: RegExp): Promise<Shown> {
  const found = shown.find(({ text }) => words.test(text));
  if (found !== undefined) return Promise.resolve(found);
  return new Promise((resolve) => {
    const listening = showing.event((one) => {
      if (!words.test(one.text)) return;
      listening.dispose();
      resolve(one);
    });
  });
}

/** Watching a folder begins some time after it is opened; changes before that are never reported. */
async function isWatched(folder: vscode.Uri): Promise<void> {
  const name = "watched.tmp";
  const watcher = workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
  let isHeard = false;
  const heard = new Promise<void>((resolve) => {
    const hear = (): void => {
      isHeard = true;
      resolve();
    };
    watcher.onDidCreate(hear);
    watcher.onDidChange(hear);
  });
  while (!isHeard) {
    await workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), new Uint8Array());
    await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  watcher.dispose();
}

/** Makes the tests answer Galley's questions: each extension has an API object of its own, and this is Galley's. */
async function answerForUser(): Promise<void> {
  const galley = vscode.extensions.getExtension("galley.galley");
  const { createRequire } = await import("node:module");
  const require = createRequire(`${galley?.extensionPath ?? ""}/dist/client/node.cjs`);
  const asked = (require("vscode") as typeof vscode).window as unknown as Record<string, unknown>;

  const show = (text = "", choices: readonly string[], done: (choice?: string) => void): Shown => {
    const choose = (choice: string | undefined): void => {
      forget(one);
      done(choice);
    };
    const one: Shown = { text, choices, choose };
    shown.push(one);
    showing.fire(one);
    return one;
  };
  const forget = (one: Shown): void => {
    if (shown.includes(one)) shown.splice(shown.indexOf(one), 1);
  };

  for (const kind of ["showInformationMessage", "showWarningMessage", "showErrorMessage"]) {
    asked[kind] = (text: string, ...choices: string[]) =>
      new Promise((resolve) => show(text, choices, resolve));
  }
  asked["showQuickPick"] = (items: vscode.QuickPickItem[], { title }: vscode.QuickPickOptions) =>
    new Promise((resolve) => {
      const labels = items.map(({ label }) => label);
      show(title, labels, (choice) => {
        resolve(items.find(({ label }) => label === choice));
      });
    });
  asked["withProgress"] = async (
    { title = "" }: vscode.ProgressOptions,
    task: Parameters<typeof window.withProgress>[1],
  ) => {
    const cancel = new vscode.CancellationTokenSource();
    const one = show(title, ["Cancel"], () => {
      cancel.cancel();
    });
    const report = ({ message = "" }: { message?: string }): void => {
      one.text = `${title}: ${message}`;
      if (shown.includes(one)) showing.fire(one);
    };
    try {
      return await task({ report }, cancel.token);
    } finally {
      forget(one);
    }
  };
}

export async function activate(): Promise<void> {
  if (ANSWERS) await answerForUser();
  void takeCalls();
}

interface Call {
  readonly id: number;
  readonly name: keyof typeof host;
  readonly args: readonly unknown[];
}

/** Runs one call after another, without waiting for what they wait for. It ends with the tests. */
async function takeCalls(): Promise<never> {
  for (;;) {
    const response = await fetch(`${BRIDGE}/next`);
    void take((await response.json()) as Call);
  }
}

async function take({ id, name, args }: Call): Promise<void> {
  let body: object;
  // JSON has no undefined.
  const given = args.map((one) => one ?? undefined);
  try {
    body = { id, value: await (host[name] as (...args: unknown[]) => unknown)(...given) };
  } catch (error) {
    body = { id, error: error instanceof Error ? String(error.stack) : String(error) };
  }
  await fetch(`${BRIDGE}/done`, { method: "POST", body: JSON.stringify(body) });
}
