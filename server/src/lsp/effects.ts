import type { OpenDocument } from "../project/document.ts";
import { isConfig, otherNames, type Workspace } from "../project/workspace.ts";
import type { Event } from "./transition.ts";
import { isReady, isSameBaseline, appliedBaseline, type ServerState } from "./state.ts";

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
  | { readonly type: "load-settings"; readonly because: "folders" | "configuration" }
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

/** The effects of an event, in order. Pure: a function of the states before and after. */
export function toEffects(before: ServerState, event: Event, after: ServerState): Effect[] {
  return [...eventEffects(before, event, after), ...holdingEffects(before, after)];
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

function eventEffects(before: ServerState, event: Event, after: ServerState): Effect[] {
  // Long, as each event has its case.
  const { workspace } = after;
  switch (event.type) {
    case "initialized":
      return after === before ? [] : [{ type: "start" }];
    case "started":
      if (after === before) return [];
      return [{ type: "watch-folders" }, { type: "scan" }, ...draftsChanged(workspace, [])];
    case "stopped":
      return [{ type: "stop" }];
    case "opened":
      return [
        { type: "load-configs", path: event.path, opening: after.openings },
        ...textChanged(after, event.path),
      ];
    case "edited": {
      const document = workspace.open.get(event.path);
      if (document === undefined) return [];
      return [
        { type: "move-findings", path: event.path, document },
        ...textChanged(after, event.path),
      ];
    }
    case "saved":
      return [
        ...(workspace === before.workspace ? [] : draftsChanged(workspace, [event.path])),
        ...confirmation(after, event.path),
      ];
    case "configs-loaded":
      if (before === after) return [];
      return [...pushed(after, event.path), ...confirmation(after, event.path)];
    case "git-found":
      if (after === before) return [];
      // Without git, nothing is confirmed any more.
      return [...workspace.open.keys()].map((path) => ({ type: "confirm-losses", path }));
    case "closed":
      return [{ type: "forget-document", path: event.path }, ...textChanged(after, event.path)];
    case "caret-moved":
    case "saving":
    case "quiet-over":
      return [];
    case "configuration-changed":
      return [{ type: "load-settings", because: "configuration" }];
    case "settings-changed":
      return [{ type: "scan" }, ...draftsChanged(workspace, listed(after))];
    case "folders-changed":
      return [{ type: "watch-folders" }, { type: "load-settings", because: "folders" }];
    case "folders-loaded":
      return [
        // A folder that was inside another may now have different settings.
        { type: "scan" },
        // Messages name drafts by their paths in the workspace folder.
        { type: "compare-all" },
        ...draftsChanged(workspace, listed(after)),
      ];
    case "drafts-changed":
      return draftsChanged(workspace, event.paths);
    case "files-changed": {
      const paths = [...workspace.open.keys()].filter(
        (path) => before.workspace.deleted.has(path) !== workspace.deleted.has(path),
      );
      return paths.length === 0 ? [] : draftsChanged(workspace, paths);
    }
    case "rules-read":
    case "settings-read": {
      const isLinked = before.workspace.tree.admissions !== workspace.tree.admissions;
      const rebaselined = rebaselinedDrafts(before, after);
      const configs = [...workspace.open.keys()].filter((path) =>
        isOtherConfig(before, path, after),
      );
      const effects: Effect[] = isLinked ? [{ type: "watch-extended" }] : [];
      const paths = [...rebaselined, ...configs];
      if (paths.length > 0) effects.push({ type: "report", paths });
      // The comparison also finds drafts renamed since their baseline was written.
      if (rebaselined.length > 0) effects.push({ type: "compare", paths: [] });
      if (before.options.isPaused && !after.options.isPaused) {
        // Losses were not looked up in the meantime.
        effects.push(...[...workspace.open.keys()].flatMap((path) => confirmation(after, path)));
      }
      const hasLenses = before.options.codeLens !== after.options.codeLens;
      return hasLenses ? [...effects, { type: "refresh" }] : effects;
    }
    case "drafts-checked": {
      // What was another name of the same file may now be a draft of its own.
      const paths = [...event.drafts.keys()];
      return draftsChanged(workspace, [...paths, ...namesakes(before.workspace, paths)]);
    }
    case "drafts-compared":
      return [{ type: "report", paths: event.paths }];
    case "connected":
    case "settings-requested":
      return [];
  }
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
  return git !== undefined && workspace.open.has(path) ? [{ type: "confirm-losses", path }] : [];
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
