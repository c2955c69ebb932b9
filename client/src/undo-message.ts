import * as vscode from "vscode";
import type { BaseLanguageClient, Middleware } from "vscode-languageclient";
import { openDraft } from "./documents.ts";
import { editedText, isSameText } from "./edited-text.ts";
import { changedMessage, withoutLinks } from "./words.ts";

/*
 * An action may change a file that the user doesn't see: another draft, or `.galley.json`. A message then says so, and
 * offers to show or undo it.
 */

/** A file before an edit. */
interface Before {
  readonly uri: vscode.Uri;
  /** undefined if the file didn't exist. */
  readonly file: Uint8Array | undefined;
  readonly text: string;
  /** Whether its document has unsaved words. */
  readonly isDirty: boolean;
}

/** A change of a file, with its text afterwards. */
interface Change extends Before {
  readonly after: string;
  readonly range: vscode.Range;
}

/** An edit before or after it is made. */
interface Announced {
  readonly title: string;
  /** What it changes besides the draft it was asked for in; undefined if a file can't be read. */
  readonly changes: readonly Change[] | undefined;
  readonly uris: readonly vscode.Uri[];
}

/** The command that runs after an action that changes another file; it is in no menu. */
const CHANGED = "galley.changedAnotherFile";

/** How many edits may still be announced: menus also resolve actions that are then not chosen. */
const MAX_WAITING = 32;

/** Tells the user about changes in files they don't see. */
export interface UndoMessages {
  /** Attaches the message to actions that change a file other than their own. */
  readonly middleware: Pick<Middleware, "provideCodeActions" | "resolveCodeAction">;
  /** Makes an edit, and shows the message if it changes a file other than `home`. Returns whether it was made. */
  apply(title: string, edit: vscode.WorkspaceEdit, home: vscode.Uri | null): Promise<boolean>;
  /** The same for an edit of one version of a draft, by default of `home`; says so if the draft has changed since. */
  applyCurrent(
    title: string,
    edit: vscode.WorkspaceEdit,
    draft: vscode.TextDocument,
    version: number | null,
    home?: vscode.Uri | null,
  ): Promise<boolean>;
  dispose(): void;
}

/** What commands work with. */
export interface CommandContext {
  /** The current client, which a restart replaces. */
  readonly client: BaseLanguageClient;
  readonly messages: UndoMessages;
}

export function undoMessages(): UndoMessages {
  /** The draft for which each action was offered. */
  const homes = new WeakMap<vscode.CodeAction, vscode.Uri>();
  const waiting = new Map<number, Announced>();
  let number = 0;

  const command = vscode.commands.registerCommand(CHANGED, async (id: unknown) => {
    const announced = typeof id === "number" ? waiting.get(id) : undefined;
    if (announced !== undefined) await show(announced);
  });

  const apply: UndoMessages["apply"] = async (title, edit, home) => {
    const announced = await beforeEdit(title, edit, home);
    if (!(await vscode.workspace.applyEdit(edit))) return false;
    // Not awaited: the message stays until it is answered.
    if (announced !== undefined) void show(announced);
    return true;
  };

  return {
    middleware: {
      provideCodeActions: async (document, range, context, token, next) => {
        const found = await next(document, range, context, token);
        for (const one of found ?? []) {
          if (one instanceof vscode.CodeAction) homes.set(one, document.uri);
        }
        return found;
      },
      resolveCodeAction: async (action, token, next) => {
        const home = homes.get(action);
        const resolved = await next(action, token);
        if (home === undefined || resolved?.edit === undefined) return resolved;
        const announced = await beforeEdit(resolved.title, resolved.edit, home);
        if (announced === undefined) return resolved;
        const id = number++;
        waiting.set(id, announced);
        waiting.delete(id - MAX_WAITING);
        resolved.command = { title: resolved.title, command: CHANGED, arguments: [id] };
        return resolved;
      },
    },
    apply,
    applyCurrent: async (title, edit, draft, version, home = draft.uri) => {
      if (draft.version === version && (await apply(title, edit, home))) return true;
      void vscode.window.showWarningMessage(
        vscode.l10n.t("The draft has changed meanwhile. Try again."),
      );
      return false;
    },
    dispose: () => {
      command.dispose();
    },
  };
}

/** The active file, for an edit that a view may ask for anywhere. */
export function lookedAt(): vscode.Uri | null {
  return vscode.window.activeTextEditor?.document.uri ?? null;
}

/** What an edit will change besides `home`; undefined if nothing. */
async function beforeEdit(
  title: string,
  edit: vscode.WorkspaceEdit,
  home: vscode.Uri | null,
): Promise<Announced | undefined> {
  const others = edit.entries().filter(([uri]) => uri.toString() !== home?.toString());
  if (others.length === 0) return undefined;
  const uris = others.map(([uri]) => uri);
  try {
    const changes = others.map(async ([uri, edits]): Promise<Change> => {
      const before = await read(uri);
      const [first] = edits;
      const start = first?.range.start ?? new vscode.Position(0, 0);
      return {
        ...before,
        after: editedText(before.text, edits),
        range: new vscode.Range(start, start),
      };
    });
    return { title, uris, changes: await Promise.all(changes) };
  } catch {
    return { title, uris, changes: undefined };
  }
}

async function read(uri: vscode.Uri): Promise<Before> {
  const file = await bytesOf(uri);
  if (file === undefined) return { uri, file, text: "", isDirty: false };
  const document = await vscode.workspace.openTextDocument(uri);
  return { uri, file, text: document.getText(), isDirty: document.isDirty };
}

/** A file's bytes; undefined if it doesn't exist. */
async function bytesOf(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return undefined;
    throw error;
  }
}

async function show(announced: Announced): Promise<void> {
  const { title, uris } = announced;
  const changes = announced.changes && (await withSavedRules(announced.changes));
  const UNDO = vscode.l10n.t("Undo");
  const SHOW = vscode.l10n.t("Show");
  const names = uris.map((uri) => vscode.workspace.asRelativePath(uri)).join(", ");
  const canUndo = changes !== undefined;
  const chosen = await vscode.window.showInformationMessage(
    changedMessage(names, title, uris.some(isUnsaved)),
    ...(canUndo ? [UNDO, SHOW] : [SHOW]),
  );
  const [first] = uris;
  if (chosen === SHOW && first !== undefined) await reveal(first, changes?.[0]?.range);
  if (chosen !== UNDO || changes === undefined) return;
  for (const change of changes) {
    if (await undone(change)) continue;
    const name = vscode.workspace.asRelativePath(change.uri);
    const message = vscode.l10n.t(
      "{0} has changed since, so this could not be undone. Undo it there.",
      name,
    );
    const again = await vscode.window.showWarningMessage(withoutLinks(message), SHOW);
    if (again === SHOW) await reveal(change.uri, change.range);
  }
}

/** Saves config files that had no unsaved changes. Unsaved, they would apply to open drafts only. */
async function withSavedRules(changes: readonly Change[]): Promise<Change[]> {
  return await Promise.all(
    changes.map(async (change) => {
      if (change.isDirty || !change.uri.path.endsWith("/.galley.json")) return change;
      // A newly opened document would stay open for minutes, and apply even after the file is deleted.
      const document = vscode.workspace.textDocuments.find(
        ({ uri }) => uri.toString() === change.uri.toString(),
      );
      if (document === undefined) return change;
      // VS Code may add a final line break, or whatever the settings ask for.
      const isWritten = isSameText(document.getText(), change.after) && (await isSaved(document));
      return isWritten ? { ...change, after: document.getText() } : change;
    }),
  );
}

/** Whether a file's document has unsaved words that VS Code won't save by itself. */
function isUnsaved(uri: vscode.Uri): boolean {
  const savesItself = vscode.workspace.getConfiguration("files", uri).get("autoSave") !== "off";
  const isOpen = ({ uri: open, isDirty }: vscode.TextDocument): boolean =>
    isDirty && open.toString() === uri.toString();
  return !savesItself && vscode.workspace.textDocuments.some(isOpen);
}

async function reveal(uri: vscode.Uri, range: vscode.Range | undefined): Promise<void> {
  await vscode.window.showTextDocument(uri, {
    preview: false,
    ...(range === undefined ? {} : { selection: range }),
  });
}

/** Restores a file, byte for byte if it was saved. Returns false if it has changed since. */
async function undone({ uri, file, text, isDirty, after }: Change): Promise<boolean> {
  const document = await openDraft(uri);
  if (document === undefined || !isSameText(document.getText(), after)) return false;
  // VS Code may not have noticed yet that another program changed it.
  const onDisk = utf8(await bytesOf(uri));
  if (onDisk !== undefined && !isSameText(onDisk, after) && !isSameText(onDisk, text)) return false;
  const edit = new vscode.WorkspaceEdit();
  if (file === undefined) {
    edit.deleteFile(uri, { ignoreIfNotExists: true });
    return await vscode.workspace.applyEdit(edit);
  }
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), text);
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  if (isDirty) return true;
  if (!(await isSaved(document))) return false;
  // Saving may make line endings uniform, or add what the user's settings ask for.
  const now = await vscode.workspace.fs.readFile(uri);
  if (!isSameFile(now, file)) await vscode.workspace.fs.writeFile(uri, file);
  return true;
}

/** Saves a document. VS Code refuses while it is saving it by itself, so this tries again. */
async function isSaved(document: vscode.TextDocument): Promise<boolean> {
  for (let tries = 3; tries > 0; tries--) {
    if ((await document.save()) || !document.isDirty) return true;
  }
  return false;
}

/** The text of a file in UTF-8; undefined if it has another encoding or doesn't exist. */
function utf8(bytes: Uint8Array | undefined): string | undefined {
  try {
    return bytes && new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isSameFile(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
