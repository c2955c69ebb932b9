import {
  type ContentChange,
  edited,
  getLastEdits,
  opened,
  type OpenDocument,
  toDraft,
} from "../project/document.ts";
import { toKey, toPath } from "../project/places.ts";
import {
  toUri,
  withClosed,
  withDeleted,
  withEditor,
  withFolders,
  withOpen,
  withPages,
  withSaved,
  without,
  type StoredDraft,
  withStored,
  type Workspace,
} from "../project/workspace.ts";
import type { Config } from "../settings/config/config.ts";
import { offsetAt, type Position } from "../text/lines.ts";
import type { Client } from "./client.ts";
import type { EditorOptions } from "./editor-config.ts";
import { type HeldBack, heldAfterEdits, heldAt, heldAtCaret, heldWithout } from "./quiet.ts";
import { servedConfig, type ServerState, holdsBack } from "./state.ts";

/** The events that change the server's state. Drafts and files are named by their paths (`toPath`). */
export type Event =
  /** `initialize`, with the client's capabilities and folders. */
  | { readonly type: "connected"; readonly client: Client }
  /** `initialized`: from here on the server may send requests. */
  | { readonly type: "initialized" }
  /** The editor's settings are known for the first time, and the cache is open. */
  | { readonly type: "started" }
  | { readonly type: "stopped" }
  /** The client has named the program that is git. */
  | { readonly type: "git-found"; readonly program: string | undefined }
  | DocumentEvent
  | SettingsEvent
  | FilesEvent
  | DraftsEvent;

type DocumentEvent =
  | {
      readonly type: "opened";
      readonly path: string;
      readonly uri: string;
      readonly languageId: string;
      readonly version: number;
      readonly text: string;
    }
  | {
      readonly type: "edited";
      readonly path: string;
      readonly version: number;
      readonly changes: readonly ContentChange[];
      /** In milliseconds of the host's clock. */
      readonly at: number;
    }
  /** The cursor is at a position in this version of a document, or not in it. */
  | {
      readonly type: "caret-moved";
      readonly path: string;
      readonly version: number | undefined;
      readonly position: Position | undefined;
    }
  /** There was no edit for a while; see `HeldBack.until`. */
  | { readonly type: "quiet-over"; readonly at: number }
  /** The writer is about to save. Not sent for automatic saves after a pause. */
  | { readonly type: "saving"; readonly path: string }
  | { readonly type: "saved"; readonly path: string }
  | { readonly type: "closed"; readonly path: string }
  /** The config files of an opened document have been read; see `ServerState.loading`. */
  | { readonly type: "configs-loaded"; readonly path: string; readonly opening: number };

type SettingsEvent =
  /** The client's settings may have changed. A client that can't be asked sends them along. */
  | { readonly type: "configuration-changed"; readonly settings: unknown }
  | { readonly type: "settings-requested" }
  /** The answer to the request of this number, by folder; under "" are the settings outside all folders. */
  | {
      readonly type: "settings-read";
      readonly request: number;
      readonly editor: ReadonlyMap<string, Config>;
      readonly options: EditorOptions;
    }
  | { readonly type: "settings-changed" };

type FilesEvent =
  /** Workspace folders were added or removed, by the client's URIs. */
  | {
      readonly type: "folders-changed";
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  /** The settings of the added folders are known. */
  | { readonly type: "folders-loaded" }
  /** Whether each of these open documents, whose files or folders have changed, has no file any more. */
  | { readonly type: "files-changed"; readonly isDeleted: ReadonlyMap<string, boolean> }
  | { readonly type: "rules-read"; readonly workspace: Workspace };

type DraftsEvent =
  /** Drafts on disk were checked; undefined if there is no draft. */
  | {
      readonly type: "drafts-checked";
      readonly drafts: ReadonlyMap<string, StoredDraft | undefined>;
    }
  /** These drafts or their settings may have changed, or they were deleted. */
  | { readonly type: "drafts-changed"; readonly paths: readonly string[] }
  /** The comparison of these drafts with others has a new result. */
  | { readonly type: "drafts-compared"; readonly paths: readonly string[] };

/** The state after an event. Pure; returns the same object if nothing changes. `toEffects` returns the side effects. */
export function transition(state: ServerState, event: Event): ServerState {
  // Long, as each event has its case.
  const { workspace } = state;
  switch (event.type) {
    case "connected": {
      const { client } = event;
      const withTheirs = {
        ...withFolders(workspace, client.folders),
        isTrusted: client.isTrusted,
      };
      return {
        ...state,
        phase: "connected",
        client,
        workspace: withPages(withTheirs, client.display.docsBase),
      };
    }
    case "initialized":
      return state.phase === "connected" ? { ...state, phase: "starting" } : state;
    case "started":
      return state.phase === "stopped" ? state : { ...state, phase: "running" };
    case "stopped":
      return { ...state, phase: "stopped" };
    case "git-found":
      // A repository can name programs for it to run.
      if (!workspace.isTrusted || event.program === state.git) return state;
      return { ...state, git: event.program };
    case "opened": {
      const { path, uri, languageId, version, text } = event;
      const openings = state.openings + 1;
      const document = opened(uri, languageId, version, text);
      return {
        ...state,
        // Opening a document discards what was known about it: its language may have changed.
        workspace: withOpen(withClosed(workspace, path), path, document),
        heldBack: heldWithout(state.heldBack, path),
        openings,
        loading: new Map(state.loading).set(path, openings),
      };
    }
    case "edited": {
      const document = workspace.open.get(event.path);
      if (document === undefined) return state;
      const after = edited(document, event.version, event.changes);
      return {
        ...state,
        workspace: withOpen(workspace, event.path, after),
        heldBack: heldBackByEdit(state, event, after),
      };
    }
    case "caret-moved":
      return withHeldBack(state, heldBackByCaret(state, event));
    case "quiet-over":
      return withHeldBack(state, heldAt(state.heldBack, event.at));
    case "saving":
      return withHeldBack(state, heldWithout(state.heldBack, event.path));
    case "saved": {
      const next = withWorkspace(state, withSaved(workspace, event.path));
      // A client that says why it saves has already done so.
      return state.client.sendsWillSave ? next : transition(next, { ...event, type: "saving" });
    }
    case "closed":
      return {
        ...state,
        workspace: withClosed(workspace, event.path),
        loading: without(state.loading, [event.path]),
        heldBack: heldWithout(state.heldBack, event.path),
      };
    case "configs-loaded": {
      const { path, opening } = event;
      if (state.loading.get(path) !== opening) return state;
      return { ...state, loading: without(state.loading, [path]) };
    }
    case "configuration-changed":
      return withPushedSettings(state, event.settings);
    case "settings-requested":
      return { ...state, settingsRequests: state.settingsRequests + 1 };
    case "settings-read": {
      // The settings were requested again meanwhile, perhaps for other folders.
      if (event.request !== state.settingsRequests) return state;
      const isSame =
        JSON.stringify([...event.editor]) === JSON.stringify([...workspace.editor]) &&
        JSON.stringify(event.options) === JSON.stringify(state.options);
      if (isSame) return state;
      return {
        ...state,
        options: event.options,
        heldBack: event.options.quietWhileTyping ? state.heldBack : undefined,
        workspace: withEditor(workspace, event.editor),
      };
    }
    case "folders-changed": {
      // By paths: some clients end the URI of a folder in a slash.
      const removed = new Set(event.removed.map((uri) => toPath(toKey(uri))));
      const remaining = workspace.folders
        .filter((folder) => !removed.has(folder))
        .map((folder) => toUri(workspace, folder));
      return withWorkspace(state, withFolders(workspace, [...remaining, ...event.added]));
    }
    case "files-changed": {
      let next = workspace;
      for (const [path, isDeleted] of event.isDeleted) {
        // It may have been closed meanwhile.
        if (workspace.open.has(path)) next = withDeleted(next, path, isDeleted);
      }
      return withWorkspace(state, next);
    }
    case "rules-read":
      return withWorkspace(state, event.workspace);
    case "drafts-checked":
      return withWorkspace(state, withStored(workspace, event.drafts));
    case "drafts-changed":
    case "settings-changed":
    case "folders-loaded":
    case "drafts-compared":
      return state;
  }
}

function withWorkspace(state: ServerState, workspace: Workspace): ServerState {
  return workspace === state.workspace ? state : { ...state, workspace };
}

function withHeldBack(state: ServerState, heldBack: HeldBack | undefined): ServerState {
  return heldBack === state.heldBack ? state : { ...state, heldBack };
}

/** Pushed settings are used only if the client does not answer `workspace/configuration`. */
function withPushedSettings(state: ServerState, settings: unknown): ServerState {
  if (state.client.configures || typeof settings !== "object" || settings === null) return state;
  const galley = (settings as Readonly<Record<string, unknown>>)["galley"] ?? settings;
  return { ...state, client: { ...state.client, settings: galley } };
}

/** What is held back after an edit, which produced `after` of the document. */
function heldBackByEdit(
  state: ServerState,
  { path, changes, at }: Extract<Event, { readonly type: "edited" }>,
  after: OpenDocument,
): HeldBack | undefined {
  if (changes.length === 0) return state.heldBack;
  const edits = getLastEdits(after);
  // If the whole text was replaced, there is no telling where the cursor is.
  if (edits === undefined || !holdsBack(state)) return undefined;
  return heldAfterEdits(state.heldBack, path, edits, at);
}

/** What is held back once the cursor is known to be elsewhere. */
function heldBackByCaret(
  { heldBack, workspace }: ServerState,
  { path, version, position }: Extract<Event, { readonly type: "caret-moved" }>,
): HeldBack | undefined {
  const document = workspace.open.get(path);
  if (position === undefined || document === undefined || path !== heldBack?.path) {
    return heldAtCaret(heldBack, path, position && 0, undefined);
  }
  if (version !== undefined && version !== document.version) return heldBack;
  const format = servedConfig(workspace, path)?.format;
  const draft = format && toDraft(document, format);
  const caret = offsetAt(document.lines, document.text, position);
  return heldAtCaret(heldBack, path, caret, draft);
}
