import type { OpenDocument } from "../project/document.ts";
import type { Event } from "./events.ts";
import { isSameConfig, type ServerState } from "./state.ts";

/** A side effect of an event; `performer` carries it out. */
export type Effect =
  /** Registers for notifications of the client. */
  | { readonly type: "register" }
  /** Requests the settings and opens the cache. */
  | { readonly type: "start" }
  | { readonly type: "stop" }
  /** Watches the current workspace folders. */
  | { readonly type: "watch-folders" }
  /** Drops the ignore files outside the workspace folders. */
  | { readonly type: "forget-ignore-files" }
  /** Requests the settings again, after the folders or the client's configuration changed. */
  | { readonly type: "load-settings"; readonly because: "folders" | "configuration" }
  /** Reads the config files that may apply to an opened document. */
  | { readonly type: "load-configs"; readonly path: string; readonly opening: number }
  /** Handles the collected file events, after a short delay in which more are collected. */
  | { readonly type: "take-changed-files" }
  /** Walks folders for drafts. */
  | { readonly type: "scan"; readonly folders: readonly string[] }
  /** Removes drafts on disk that are out of scope. */
  | { readonly type: "drop-out-of-scope" }
  /** Compares all drafts again. */
  | { readonly type: "compare-all" }
  /** Shifts the findings of a draft's comparison by an edit. */
  | { readonly type: "shift-comparison"; readonly path: string; readonly document: OpenDocument }
  /** Publishes a document's diagnostics, for clients that don't pull. */
  | { readonly type: "publish"; readonly path: string }
  /** Updates the workspace's reports and the comparison after an edit, debounced. */
  | { readonly type: "follow-edit"; readonly path: string }
  /** Drops the cached results of a closed document. */
  | { readonly type: "forget-document"; readonly path: string }
  /** Dispatches the event of this name. */
  | { readonly type: "drafts-changed"; readonly paths: readonly string[] }
  /** Updates drafts in the index and compares those that share passages with them. */
  | { readonly type: "compare"; readonly paths: readonly string[] }
  /** Reports the diagnostics of files that may have changed. */
  | { readonly type: "report"; readonly paths: readonly string[] }
  /** Makes the client pull the diagnostics of its open documents again. */
  | { readonly type: "refresh" }
  /** Makes the client ask for code lenses again. */
  | { readonly type: "refresh-code-lenses" };

/** The effects of an event, in order. Pure: a function of the states before and after it. */
export function effectsOf(before: ServerState, event: Event, after: ServerState): Effect[] {
  const { workspace } = after;
  switch (event.type) {
    case "initialized":
      return after === before ? [] : [{ type: "register" }, { type: "start" }];
    case "started":
      if (after === before) return [];
      return [
        { type: "watch-folders" },
        { type: "scan", folders: workspace.folders },
        { type: "drafts-changed", paths: [] },
      ];
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
        { type: "shift-comparison", path: event.path, document },
        ...textChanged(after, event.path),
      ];
    }
    case "saved":
      return after === before ? [] : [{ type: "drafts-changed", paths: [event.path] }];
    case "closed":
      return [{ type: "forget-document", path: event.path }, ...textChanged(after, event.path)];
    case "configuration-changed":
      return [{ type: "load-settings", because: "configuration" }];
    case "settings-read":
      return before.options.codeLens === after.options.codeLens ? [] : refreshLenses(after);
    case "settings-changed":
      return [
        { type: "drop-out-of-scope" },
        { type: "scan", folders: workspace.folders },
        { type: "drafts-changed", paths: listed(after) },
      ];
    case "folders-changed":
      return [
        { type: "forget-ignore-files" },
        { type: "watch-folders" },
        { type: "load-settings", because: "folders" },
      ];
    case "folders-loaded":
      return [
        { type: "drop-out-of-scope" },
        // A folder that was inside another may have different settings now.
        { type: "scan", folders: workspace.folders },
        // Messages name drafts by their path in the workspace folder.
        { type: "compare-all" },
        { type: "drafts-changed", paths: listed(after) },
      ];
    case "files-changed":
      return before.changedFiles === undefined ? [{ type: "take-changed-files" }] : [];
    case "drafts-changed": {
      const reconfigured = reconfiguredDrafts(before, after);
      const paths = [...new Set([...event.paths, ...reconfigured])];
      return [
        ...(reconfigured.length > 0 ? refresh(after) : []),
        { type: "report", paths },
        { type: "compare", paths },
      ];
    }
    case "drafts-compared": {
      const isOpen = event.paths.some((path) => workspace.open.has(path));
      return [{ type: "report", paths: event.paths }, ...(isOpen ? refresh(after) : [])];
    }
    case "connected":
    case "requested":
    case "configs-loaded":
    case "settings-requested":
    case "files-taken":
    case "rules-read":
    case "drafts-judged":
      return [];
  }
}

/** The effects of opening, editing or closing a document. */
function textChanged({ client }: ServerState, path: string): Effect[] {
  // A client that pulls asks for the document itself; only the workspace's reports have to follow.
  const follow: Effect = { type: "follow-edit", path };
  return client.pushes ? [{ type: "publish", path }, follow] : [follow];
}

/** The open drafts whose settings or format changed. */
function reconfiguredDrafts(before: ServerState, after: ServerState): string[] {
  if (before.draftConfigs === after.draftConfigs) return [];
  return [...after.draftConfigs]
    .filter(([path, config]) => !isSameConfig(config, before.draftConfigs.get(path)))
    .map(([path]) => path);
}

/** All open documents and config files: those to report again when the scope of checking changes. */
function listed({ workspace: { open, configs } }: ServerState): string[] {
  return [...open.keys(), ...configs.keys()];
}

function refresh(state: ServerState): Effect[] {
  const { pulls, refreshes } = state.client;
  return [...(pulls && refreshes ? [{ type: "refresh" } as const] : []), ...refreshLenses(state)];
}

function refreshLenses({ client }: ServerState): Effect[] {
  return client.refreshesCodeLens ? [{ type: "refresh-code-lenses" }] : [];
}
