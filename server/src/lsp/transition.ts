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
  isConfig,
  otherNames,
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
import {
  appliedBaseline,
  holdsBack,
  isReady,
  isSameBaseline,
  servedConfig,
  type ServerState,
} from "./state.ts";

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
  /** By folder; under "" are the settings outside all folders. */
  | {
      readonly type: "settings-read";
      readonly editor: ReadonlyMap<string, Config>;
      readonly options: EditorOptions;
    }
  /** The settings were requested again, and differ or may be for other folders; all that depends on them is known. */
  | { readonly type: "settings-loaded"; readonly because: SettingsCause };

/** Why settings are requested again. */
export type SettingsCause = "folders" | "configuration";

type FilesEvent =
  /** Workspace folders were added or removed, by the client's URIs. */
  | {
      readonly type: "folders-changed";
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
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

/** A side effect of an event; `performer` carries it out. */
export type Effect =
  /** Registers for everything the client can report, and begins. */
  | { readonly type: "start" }
  | { readonly type: "stop" }
  /** Watches the workspace folders, and drops the ignore files outside them. */
  | { readonly type: "watch-folders" }
  /** Watches the files that config files extend and that are not in the workspace folders. */
  | { readonly type: "watch-extended" }
  /** Requests the settings again, after the folders or the client's configuration changed. */
  | { readonly type: "load-settings"; readonly because: SettingsCause }
  /** Reads the config files that may apply to an opened document. */
  | { readonly type: "load-configs"; readonly path: string; readonly opening: number }
  /** Searches the workspace folders, and drops the drafts outside them. */
  | { readonly type: "scan" }
  | { readonly type: "compare-all" }
  /** Moves a draft's cross-draft findings by an edit, which produced this document. */
  | { readonly type: "move-findings"; readonly path: string; readonly document: OpenDocument }
  /** Updates the workspace's reports and the comparison after an edit, debounced. */
  | { readonly type: "follow-edit"; readonly path: string }
  /** Drops the cached results of a closed document. */
  | { readonly type: "forget-document"; readonly path: string }
  /** Updates drafts in the index, and compares those that share passages with them. */
  | { readonly type: "compare"; readonly paths: readonly string[] }
  /** Checks in earlier versions of a draft which of its hints are real losses. */
  | { readonly type: "confirm-losses"; readonly path: string }
  /** Dispatches `quiet-over` once nothing needs to be held back any more. */
  | { readonly type: "await-quiet" }
  /** Reports the diagnostics of files that may have changed. */
  | { readonly type: "report"; readonly paths: readonly string[] }
  /** Asks the client to fetch again what it shows about its open documents, if it can. */
  | { readonly type: "refresh" };

/** What an event leads to: the next state, and the effects, in order. */
interface Transition {
  readonly state: ServerState;
  readonly effects: readonly Effect[];
}

/** What follows from an event in a state. Pure; the state is the same object if nothing changes. */
export function transition(before: ServerState, event: Event): Transition {
  const [state, ...effects] = step(before, event);
  return { state, effects: [...effects, ...holdingEffects(before, state)] };
}

function step(state: ServerState, event: Event): [ServerState, ...Effect[]] {
  // Long, as each event has its case.
  const { workspace } = state;
  switch (event.type) {
    case "connected": {
      const { client } = event;
      const withTheirs = {
        ...withFolders(workspace, client.folders),
        isTrusted: client.isTrusted,
      };
      const next = withPages(withTheirs, client.display.docsBase);
      return [{ ...state, phase: "connected", client, workspace: next }];
    }
    case "initialized":
      if (state.phase !== "connected") return [state];
      return [{ ...state, phase: "starting" }, { type: "start" }];
    case "started": {
      if (state.phase === "stopped") return [state];
      const effects = draftsChanged(workspace, []);
      return [
        { ...state, phase: "running" },
        { type: "watch-folders" },
        { type: "scan" },
        ...effects,
      ];
    }
    case "stopped":
      return [{ ...state, phase: "stopped" }, { type: "stop" }];
    case "git-found":
      // A repository can name programs for it to run.
      if (!workspace.isTrusted || event.program === state.git) return [state];
      // Without git, nothing is confirmed any more.
      return [{ ...state, git: event.program }, ...[...workspace.open.keys()].map(confirmed)];
    case "opened": {
      const { path, uri, languageId, version, text } = event;
      const openings = state.openings + 1;
      const document = opened(uri, languageId, version, text);
      const next = {
        ...state,
        // Opening a document discards what was known about it: its language may have changed.
        workspace: withOpen(withClosed(workspace, path), path, document),
        heldBack: heldWithout(state.heldBack, path),
        openings,
        loading: new Map(state.loading).set(path, openings),
      };
      const load: Effect = { type: "load-configs", path, opening: openings };
      return [next, load, ...textChanged(next, path)];
    }
    case "edited": {
      const { path } = event;
      const known = workspace.open.get(path);
      if (known === undefined) return [state];
      const document = edited(known, event.version, event.changes);
      const next = {
        ...state,
        workspace: withOpen(workspace, path, document),
        heldBack: heldBackByEdit(state, event, document),
      };
      return [next, { type: "move-findings", path, document }, ...textChanged(next, path)];
    }
    case "caret-moved":
      return [withHeldBack(state, heldBackByCaret(state, event))];
    case "quiet-over":
      return [withHeldBack(state, heldAt(state.heldBack, event.at))];
    case "saving":
      return [withHeldBack(state, heldWithout(state.heldBack, event.path))];
    case "saved": {
      const { path } = event;
      const next = withWorkspace(state, withSaved(workspace, path));
      const effects = next === state ? [] : draftsChanged(next.workspace, [path]);
      // A client that says why it saves has already done so.
      const held = state.client.sendsWillSave ? state.heldBack : heldWithout(state.heldBack, path);
      return [withHeldBack(next, held), ...effects, ...confirmation(state, path)];
    }
    case "closed": {
      const { path } = event;
      const next = {
        ...state,
        workspace: withClosed(workspace, path),
        loading: without(state.loading, [path]),
        heldBack: heldWithout(state.heldBack, path),
      };
      return [next, { type: "forget-document", path }, ...textChanged(next, path)];
    }
    case "configs-loaded": {
      const { path, opening } = event;
      if (state.loading.get(path) !== opening) return [state];
      const next = { ...state, loading: without(state.loading, [path]) };
      return [next, ...pushed(state, path), ...confirmation(state, path)];
    }
    case "configuration-changed": {
      const next = withPushedSettings(state, event.settings);
      return [next, { type: "load-settings", because: "configuration" }];
    }
    case "settings-read": {
      const isSame =
        JSON.stringify([...event.editor]) === JSON.stringify([...workspace.editor]) &&
        JSON.stringify(event.options) === JSON.stringify(state.options);
      if (isSame) return [state];
      const next = {
        ...state,
        options: event.options,
        heldBack: event.options.quietWhileTyping ? state.heldBack : undefined,
        workspace: withEditor(workspace, event.editor),
      };
      return [next, ...rulesChanged(state, next)];
    }
    case "settings-loaded": {
      // Messages name drafts by their paths in the workspace folder.
      const compared: Effect[] = event.because === "folders" ? [{ type: "compare-all" }] : [];
      // A folder that was inside another may now have different settings.
      return [state, { type: "scan" }, ...compared, ...draftsChanged(workspace, listed(state))];
    }
    case "folders-changed": {
      // By paths: some clients end the URI of a folder in a slash.
      const removed = new Set(event.removed.map((uri) => toPath(toKey(uri))));
      const remaining = workspace.folders
        .filter((folder) => !removed.has(folder))
        .map((folder) => toUri(workspace, folder));
      const next = withWorkspace(state, withFolders(workspace, [...remaining, ...event.added]));
      return [next, { type: "watch-folders" }, { type: "load-settings", because: "folders" }];
    }
    case "files-changed": {
      let next = workspace;
      for (const [path, isDeleted] of event.isDeleted) {
        // It may have been closed meanwhile.
        if (workspace.open.has(path)) next = withDeleted(next, path, isDeleted);
      }
      const paths = [...next.open.keys()].filter(
        (path) => workspace.deleted.has(path) !== next.deleted.has(path),
      );
      const effects = paths.length === 0 ? [] : draftsChanged(next, paths);
      return [withWorkspace(state, next), ...effects];
    }
    case "rules-read": {
      const next = withWorkspace(state, event.workspace);
      return [next, ...rulesChanged(state, next)];
    }
    case "drafts-checked": {
      const next = withStored(workspace, event.drafts);
      // What was another name of the same file may now be a draft of its own.
      const paths = [...event.drafts.keys()];
      const effects = draftsChanged(next, [...paths, ...namesakes(workspace, paths)]);
      return [withWorkspace(state, next), ...effects];
    }
    case "drafts-changed":
      return [state, ...draftsChanged(workspace, event.paths)];
    case "drafts-compared":
      return [state, { type: "report", paths: event.paths }];
  }
}

/** The effects of new settings, config files or baselines. */
function rulesChanged(before: ServerState, after: ServerState): Effect[] {
  const { workspace } = after;
  const isLinked = before.workspace.tree.admissions !== workspace.tree.admissions;
  const rebaselined = rebaselinedDrafts(before, after);
  const open = [...workspace.open.keys()];
  const configs = open.filter((path) => isOtherConfig(before, path, after));
  const effects: Effect[] = isLinked ? [{ type: "watch-extended" }] : [];
  const paths = [...rebaselined, ...configs];
  if (paths.length > 0) effects.push({ type: "report", paths });
  // The comparison also finds drafts renamed since their baseline was written.
  if (rebaselined.length > 0) effects.push({ type: "compare", paths: [] });
  if (before.options.isPaused && !after.options.isPaused) {
    // Losses were not looked up in the meantime.
    effects.push(...open.flatMap((path) => confirmation(after, path)));
  }
  const hasLenses = before.options.codeLens !== after.options.codeLens;
  return hasLenses ? [...effects, { type: "refresh" }] : effects;
}

/** What follows when a paragraph is held back, or no longer is. */
function holdingEffects(
  { heldBack: before }: ServerState,
  { heldBack: after }: ServerState,
): Effect[] {
  if (before === after) return [];
  const shown: Effect[] =
    before === undefined || before.path === after?.path
      ? []
      : [{ type: "report", paths: [before.path] }];
  return after === undefined ? shown : [...shown, { type: "await-quiet" }];
}

/** The effects of changes in drafts or config files. */
function draftsChanged(workspace: Workspace, files: readonly string[]): Effect[] {
  // A change in a config file may affect any open draft.
  const isRules = files.some((path) => isConfig(workspace, path));
  const changed = [...files, ...(isRules ? workspace.open.keys() : [])];
  // If a file loses a name, another of its names may become the draft.
  const paths = [...new Set([...changed, ...namesakes(workspace, changed)])];
  return [
    { type: "report", paths },
    { type: "compare", paths },
  ];
}

function confirmation({ git, workspace }: ServerState, path: string): Effect[] {
  return git !== undefined && workspace.open.has(path) ? [confirmed(path)] : [];
}

function confirmed(path: string): Effect {
  return { type: "confirm-losses", path };
}

function namesakes(workspace: Workspace, paths: Iterable<string>): string[] {
  return [...paths].flatMap((path) => otherNames(workspace, path));
}

/** The effects of opening, editing or closing a document. */
function textChanged(state: ServerState, path: string): Effect[] {
  return [...pushed(state, path), { type: "follow-edit", path }];
}

/** A client that pulls asks for the document itself. Only the workspace's reports must follow. */
function pushed({ client }: ServerState, path: string): Effect[] {
  return client.pulls ? [] : [{ type: "report", paths: [path] }];
}

/** Whether an open config file has different problems because of a file it extends, or may not extend. */
function isOtherConfig(before: ServerState, path: string, after: ServerState): boolean {
  const [known, now] = [before, after].map(({ workspace }) => workspace.tree.nodes.get(path));
  // A document that is being opened is not reported yet.
  return known !== now && !after.loading.has(path);
}

/** The drafts whose baseline changed, or the treatment of what it lists. When a pause begins or ends, all drafts. */
function rebaselinedDrafts(before: ServerState, after: ServerState): string[] {
  const isSame =
    before.workspace.baselines === after.workspace.baselines &&
    before.options.baseline === after.options.baseline &&
    before.options.isPaused === after.options.isPaused;
  // Nothing is reported before the settings are known; then everything is.
  if (isSame || !isReady(after)) return [];
  const { open, stored } = after.workspace;
  return [...new Set([...open.keys(), ...stored.keys()])].filter(
    (path) =>
      before.options.isPaused !== after.options.isPaused ||
      !isSameBaseline(appliedBaseline(before, path), appliedBaseline(after, path)),
  );
}

/** All open documents and config files, to report again when the scope of checking changes. */
function listed({ workspace: { open, configs } }: ServerState): string[] {
  return [...open.keys(), ...configs.keys()];
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
